import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'
import { customOf, jsonType } from './custom.ts'
import { type Field, type Message, messageOf } from './message.ts'
import { shown } from './show.ts'

/** What Go's decoder makes of JSON. */
export interface Read {
  /** As Go would write it again. */
  readonly object: Record<string, unknown>
  /** Paths of members that no field is there for. */
  readonly unknown: readonly string[]
  /** Why it cannot be read, in Go's words. */
  readonly fault?: string
}

interface Walk {
  /** With indexes and keys: for unknown fields. */
  readonly path: string
  /** Names of fields only: for type errors. */
  readonly fields: readonly string[]
  /** The innermost Go struct. */
  readonly struct: string
  readonly notes: Notes
}

interface Notes {
  readonly unknown: string[]
  /** Go keeps the first wrong type and reads on, but a type's own decoder ends it. */
  wrong?: WrongType
  fatal?: WrongType | string
}

/** A value of another type than that of its field. */
interface WrongType {
  readonly shown: string
  readonly type: string
  /** The Go struct and its fields down to the value. */
  readonly field: string
}

/** Reads JSON as Go reads it into the struct: types checked, nulls left out, unknown members told apart. */
export function readMessage(message: Message, value: Readonly<Record<string, unknown>>): Read {
  const notes: Notes = { unknown: [] }
  const object = readMembers(message, value, { path: '', fields: [], struct: message.struct, notes })
  const fault = notes.fatal ?? notes.wrong
  return { object, unknown: notes.unknown, ...(fault !== undefined && { fault: sentence(fault) }) }
}

function sentence(fault: WrongType | string): string {
  if (typeof fault === 'string') return fault
  return `json: cannot unmarshal ${fault.shown} into Go struct field ${fault.field} of type ${fault.type}`
}

function readMembers(message: Message, value: Readonly<Record<string, unknown>>, walk: Walk): Record<string, unknown> {
  const given: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    const field = message.named.get(key)
    const path = walk.path ? `${walk.path}.${key}` : key
    if (!field) walk.notes.unknown.push(path)
    else if (member !== null) {
      const inside = { ...walk, path, fields: [...walk.fields, key], struct: message.struct }
      set(given, key, readField(field, member, inside))
    }
  }
  return shown(message, given)
}

function readField(field: Field, value: unknown, walk: Walk): unknown {
  if (field.list) return readList(field, value, walk)
  if (field.map) return readMap(field, value, walk)
  return readValue(field, value, walk)
}

function readList(field: Field, value: unknown, walk: Walk): unknown {
  if (!Array.isArray(value)) return wrong(value, goType(field), walk)
  return value.map((item, at) => readItem(field, item, { ...walk, path: `${walk.path}[${at}]` }))
}

function readMap(field: Field, value: unknown, walk: Walk): unknown {
  if (!isObject(value)) return wrong(value, goType(field), walk)
  const entries: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) {
    set(entries, key, readItem(field, value[key], { ...walk, path: `${walk.path}.${key}` }))
  }
  return entries
}

/** In lists and maps a null is the zero of the type. */
function readItem(field: Field, value: unknown, walk: Walk): unknown {
  if (value !== null && value !== undefined) return readValue(field, value, walk)
  const custom = customOf(field.type)
  if (custom) return custom.zero
  if (SCALARS[field.type]) return field.type === 'bytes' ? null : SCALARS[field.type]?.zero
  return shown(messageOf(field.type), {})
}

function readValue(field: Field, value: unknown, walk: Walk): unknown {
  const scalar = SCALARS[field.type]
  if (scalar) return readScalar(field, value, { scalar, walk })
  const custom = customOf(field.type)
  if (custom) {
    const inner = (message: Message, inside: unknown) => readInner(message, inside, walk)
    const mistaken = (other: unknown, type: string) => {
      walk.notes.fatal ??= wrongType(other, type, walk)
    }
    return custom.read(value, { fail: why => fail(why, walk), wrong: mistaken, inner })
  }
  const message = messageOf(field.type)
  return isObject(value)
    ? readMembers(message, value, walk)
    : wrong(value, goType({ ...field, list: false, map: false }), walk)
}

/** A type's own decoder starts anew; a wrong type inside is told of the field that holds it all. */
function readInner(message: Message, value: unknown, walk: Walk): unknown {
  if (!isObject(value)) return shown(message, {})
  const notes: Notes = { unknown: [] }
  const object = readMembers(message, value, { path: '', fields: [], struct: message.struct, notes })
  const fault = notes.fatal ?? notes.wrong
  if (fault !== undefined) {
    walk.notes.fatal ??= typeof fault === 'string' ? fault : { ...fault, field: fieldOf(walk) }
  }
  return object
}

interface Scalar {
  readonly is: (value: unknown) => boolean
  readonly zero: unknown
  readonly go: string
}

const MOST_INT32 = 0x7fffffff
const isText = (value: unknown) => typeof value === 'string'

const SCALARS: Readonly<Record<string, Scalar | undefined>> = {
  string: { is: isText, zero: '', go: 'string' },
  bool: { is: value => typeof value === 'boolean', zero: false, go: 'bool' },
  int32: {
    is: value => Number.isInteger(value) && Number(value) <= MOST_INT32 && Number(value) >= -MOST_INT32 - 1,
    zero: 0,
    go: 'int32',
  },
  int64: { is: value => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 63, zero: 0, go: 'int64' },
  double: { is: value => typeof value === 'number', zero: 0, go: 'float64' },
  bytes: { is: isText, zero: '', go: '[]uint8' },
}

function readScalar(field: Field, value: unknown, { scalar, walk }: { scalar: Scalar; walk: Walk }): unknown {
  if (!scalar.is(value)) return wrong(value, field.go ?? scalar.go, walk)
  if (field.type !== 'bytes') return value
  const bad = badBase64(String(value))
  if (bad === undefined) return canonicalBase64(String(value))
  fail(`illegal base64 data at input byte ${bad}`, walk)
  return ''
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Where Go's decoder stops; line breaks do not count. */
function badBase64(text: string): number | undefined {
  if (BASE64.test(text)) return undefined
  const plain = text.replaceAll(/[\r\n]/g, '')
  if (BASE64.test(plain)) return undefined
  const at = plain.search(/[^A-Za-z0-9+/]/)
  if (at < 0) return plain.length - (plain.length % 4)
  if (plain[at] !== '=' || at % 4 < 2) return at
  if (at % 4 === 3 || at + 1 === plain.length) return at + 1
  return plain[at + 1] === '=' ? at + 2 : at
}

function canonicalBase64(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]/g, '') : text
}

function goType({ type, go, whole, list, map }: Field): string {
  if (whole) return whole
  const one = go ?? SCALARS[type]?.go ?? `v1.${messageOf(type).struct}`
  return list ? `[]${one}` : map ? `map[string]${one}` : one
}

function wrong(value: unknown, type: string, walk: Walk): undefined {
  walk.notes.wrong ??= wrongType(value, type, walk)
  return undefined
}

/** A number that may not fit is shown. */
function wrongType(value: unknown, type: string, walk: Walk): WrongType {
  const number = typeof value === 'number' && (type === 'int32' || type === 'int64')
  return { shown: number ? `number ${value}` : jsonType(value), type, field: fieldOf(walk) }
}

function fieldOf({ struct, fields }: Walk): string {
  return `${struct}.${fields.join('.')}`
}

function fail(why: string, { notes }: Walk): void {
  notes.fatal ??= why
}
