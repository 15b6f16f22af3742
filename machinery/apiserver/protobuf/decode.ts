import { type Field, type Message, messageOf } from '../builtin/message.ts'
import { shown } from '../builtin/show.ts'
import { set } from '../registry/merge.ts'
import { formOf } from './forms.ts'
import { malformed, type Raw, WireReader } from './wire.ts'

const DEEPEST = 64

/** The JSON of what Go's generated code wrote. Fields that are not known are passed over. */
export function decodeMessage(message: Message, bytes: Uint8Array, depth = 0): Record<string, unknown> {
  return shown(message, fieldsOf(message, bytes, depth))
}

function fieldsOf(message: Message, bytes: Uint8Array, depth: number): Record<string, unknown> {
  if (depth > DEEPEST) throw malformed('messages are nested too deep')
  const given: Record<string, unknown> = {}
  const reader = new WireReader(bytes)
  while (reader.left > 0) {
    const tag = reader.varint()
    const field = message.numbered.get(Math.floor(tag / 8))
    const raw = reader.value(tag % 8)
    if (field) put(given, field, { raw, wireType: tag % 8, depth })
  }
  return given
}

interface Got {
  readonly raw: Raw
  readonly wireType: number
  readonly depth: number
}

function put(given: Record<string, unknown>, field: Field, got: Got): void {
  const { name } = field
  if (field.inline) {
    Object.assign(given, fieldsOf(messageOf(field.type), bytesOf(got), got.depth + 1))
  } else if (field.list) {
    const known = given[name]
    if (Array.isArray(known)) known.push(read(field, got))
    else given[name] = [read(field, got)]
  } else if (field.map) putEntry(given, field, got)
  else set(given, name, read(field, got))
}

function putEntry(given: Record<string, unknown>, field: Field, got: Got): void {
  const entries = (given[field.name] ?? {}) as Record<string, unknown>
  given[field.name] = entries
  let key = ''
  let value: unknown
  const reader = new WireReader(bytesOf(got))
  while (reader.left > 0) {
    const tag = reader.varint()
    const part = { raw: reader.value(tag % 8), wireType: tag % 8, depth: got.depth + 1 }
    if (Math.floor(tag / 8) === 1) key = textOf(part)
    else if (Math.floor(tag / 8) === 2) value = read(field, part)
  }
  set(entries, key, value ?? (field.type === 'string' ? '' : emptyOf(field)))
}

function emptyOf({ type }: Field): unknown {
  return type === 'bytes' ? '' : innerOf(type, new Uint8Array(), 0)
}

function read({ type }: Field, got: Got): unknown {
  switch (type) {
    case 'bool':
      return numberOf(got) !== 0
    case 'int32':
      return numberOf(got) | 0
    case 'int64':
      return numberOf(got)
    case 'double':
      return doubleOf(got)
    case 'string':
      return textOf(got)
    case 'bytes':
      return Buffer.from(bytesOf(got)).toString('base64')
    default:
      return innerOf(type, bytesOf(got), got.depth + 1)
  }
}

function innerOf(type: string, bytes: Uint8Array, depth: number): unknown {
  const form = formOf(type)
  if (form) return form.decode(bytes, (inner, inside) => decodeMessage(messageOf(inner), inside, depth + 1))
  return decodeMessage(messageOf(type), bytes, depth)
}

function bytesOf({ raw, wireType }: Got): Uint8Array {
  if (typeof raw === 'number' || wireType !== 2) throw malformed('a number where there should be bytes')
  return raw
}

function textOf(got: Got): string {
  return Buffer.from(bytesOf(got)).toString('utf8')
}

function numberOf({ raw }: Got): number {
  if (typeof raw !== 'number') throw malformed('bytes where there should be a number')
  return raw
}

function doubleOf({ raw, wireType }: Got): number {
  if (typeof raw === 'number' || wireType !== 1) throw malformed('a double is eight bytes')
  return Buffer.from(raw).readDoubleLE()
}
