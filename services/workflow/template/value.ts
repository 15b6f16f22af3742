import { FunctionFault } from './fault.ts'

/**
 * The values of the template language. Go's integers are `bigint` and its floats `number`, so that they stay apart; nil is
 * `null`; a map is a `Map` (functions may change it, as Sprig's `set` does); a struct has fields but no keys.
 */
export type Value = null | boolean | string | bigint | number | List | Dict | Struct
export interface List extends ReadonlyArray<Value> {}
export interface Dict extends Map<string, Value> {}

/** A Go struct: its fields are there or the template is wrong, whatever `missingkey` says. */
export class Struct {
  readonly type: string
  readonly fields: ReadonlyMap<string, Value>
  /** The same as its JSON form would be, for toYaml and toJson. */
  readonly json: Dict

  constructor(type: string, fields: ReadonlyMap<string, Value>, json: Dict) {
    this.type = type
    this.fields = fields
    this.json = json
  }
}

export const isList = (value: Value): value is List => Array.isArray(value)
export const isDict = (value: Value): value is Dict => value instanceof Map

/** The name Go has for a value's type, for errors and `kindOf`. */
export function typeName(value: Value): string {
  if (value === null) return 'nil'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'number') return 'float64'
  if (isList(value)) return '[]interface {}'
  return isDict(value) ? 'map[string]interface {}' : value.type
}

/** Whether a value counts as true: not nil, zero or empty (Go: text/template IsTrue). */
export function truth(value: Value): boolean {
  if (value === null) return false
  if (isList(value)) return value.length > 0
  if (isDict(value)) return value.size > 0
  if (value instanceof Struct) return true
  return typeof value === 'bigint' ? value !== 0n : Boolean(value) || Number.isNaN(value)
}

/** Keys in the order in which Go ranges over and prints a map: by their UTF-8 bytes. */
export function sortedKeys(dict: ReadonlyMap<string, Value>): readonly string[] {
  return [...dict.keys()].sort(byBytes)
}

/** Order of two texts by their UTF-8 bytes, which is the order of their code points. */
export function byBytes(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  let at = 0
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at++
  if (at >= length) return one.length - other.length
  const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)]
  // UTF-16 sorts surrogates below U+E000 to U+FFFF; UTF-8 sorts them above.
  const surrogates = [a, b].map(unit => unit >= 0xd800 && unit < 0xe000)
  return surrogates[0] === surrogates[1] ? a - b : surrogates[0] ? 1 : -1
}

/** JSON as a value: whole numbers become integers, as Kubernetes' converter has them. */
export function fromJson(json: unknown): Value {
  if (json === undefined || json === null) return null
  if (typeof json === 'string' || typeof json === 'boolean' || typeof json === 'bigint') return json
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (Array.isArray(json)) return json.map(fromJson)
  if (typeof json !== 'object') throw new FunctionFault('template/type', `a ${typeof json} is no data of a template`)
  return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]))
}

/** Anything nested deeper refers to itself, or may as well. */
const DEPTH_MOST = 200

/** A value as JSON data; `pay` is told of each element. */
export function toJson(value: Value, pay: () => void, depth = 0): unknown {
  pay()
  if (depth > DEPTH_MOST) throw new FunctionFault('template/type', 'a value contains itself')
  if (value instanceof Struct) return toJson(value.json, pay, depth)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (isList(value)) return value.map(item => toJson(item, pay, depth + 1))
  if (!isDict(value)) return value
  return Object.fromEntries(
    sortedKeys(value).map(key => [key, toJson(value.get(key) ?? null, pay, depth + 1)] as const),
  )
}
