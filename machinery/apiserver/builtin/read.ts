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
  wrong?: string
  fatal?: string
}

/** Reads JSON as Go reads it into the struct: types checked, nulls left out, unknown members told apart. */
export function readMessage(message: Message, value: Readonly<Record<string, unknown>>): Read {
  const notes: Notes = { unknown: [] }
  const object = readMembers(message, value, { path: '', fields: [], struct: message.struct, notes })
  const fault = notes.fatal ?? notes.wrong
  return { object, unknown: notes.unknown, ...(fault !== undefined && { fault }) }
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
    return custom.read(value, { fail: why => fail(why, walk), inner })
  }
  const message = messageOf(field.type)
  return isObject(value)
    ? readMembers(message, value, walk)
    : wrong(value, goType({ ...field, list: false, map: false }), walk)
}

/** A type's own decoder starts anew: what is wrong inside is told from there. */
function readInner(message: Message, value: unknown, { notes }: Walk): unknown {
  if (!isObject(value)) return shown(message, {})
  const { object, fault } = readMessage(message, value)
  if (fault !== undefined) notes.fatal ??= fault
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
  if (!scalar.is(value)) return wrong(value, field.go ?? scalar.go, walk, scalar)
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
  if (at < 0) return Math.max(0, plain.length - (plain.length % 4 || 4))
  return plain[at] === '=' && at % 4 > 1 ? at + 1 : at
}

function canonicalBase64(text: string): string {
  return /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]/g, '') : text
}

function goType({ type, go, whole, list, map }: Field): string {
  if (whole) return whole
  const one = go ?? SCALARS[type]?.go ?? `v1.${messageOf(type).struct}`
  return list ? `[]${one}` : map ? `map[string]${one}` : one
}

/** Go's sentence for a value of another type. A number that may not fit is shown. */
function wrong(value: unknown, type: string, walk: Walk, scalar?: Scalar): undefined {
  const number = typeof value === 'number' && scalar !== undefined && scalar.go.startsWith('int')
  const shownValue = number ? `number ${value}` : jsonType(value)
  const field = `${walk.struct}.${walk.fields.join('.')}`
  walk.notes.wrong ??= `json: cannot unmarshal ${shownValue} into Go struct field ${field} of type ${type}`
  return undefined
}

function fail(why: string, { notes }: Walk): void {
  notes.fatal ??= why
}
