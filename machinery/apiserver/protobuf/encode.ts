import { type Field, type Message, messageOf } from '../builtin/message.ts'
import { isObject } from '../registry/served.ts'
import { formOf } from './forms.ts'
import type { WireWriter } from './wire.ts'

type Members = Readonly<Record<string, unknown>>

/** Writes JSON as Go's generated code writes the struct: fields by number, maps by key, zeros where there is no pointer. */
export function encodeMessage(writer: WireWriter, message: Message, value: unknown): void {
  const members: Members = isObject(value) ? value : {}
  for (const field of message.backwards) {
    if (field.inline) encodeInside(writer, field, members)
    else encodeField(writer, field, members[field.name])
  }
}

type Numbered = Field & { readonly number: number }

function encodeInside(writer: WireWriter, { type, number }: Numbered, value: unknown): void {
  const before = writer.length
  encodeMessage(writer, messageOf(type), value)
  writer.head(number, before)
}

function encodeField(writer: WireWriter, field: Numbered, value: unknown): void {
  if (field.list) {
    if (Array.isArray(value)) for (let at = value.length - 1; at >= 0; at--) encodeValue(writer, field, value[at])
  } else if (field.map) encodeMap(writer, field, value)
  else if (value !== undefined && value !== null) encodeValue(writer, field, value)
  else if (!field.pointer && field.type !== 'bytes') encodeValue(writer, field, undefined)
}

function encodeMap(writer: WireWriter, field: Numbered, value: unknown): void {
  if (!isObject(value)) return
  for (const key of Object.keys(value).sort(byBytes).reverse()) {
    const before = writer.length
    const member = value[key]
    // A nil slice has no value at all.
    if (field.type !== 'bytes' || member !== null) encodeValue(writer, { ...field, number: 2 }, member)
    const afterValue = writer.length
    writer.text(key)
    writer.head(1, afterValue)
    writer.head(field.number, before)
  }
}

/** Go sorts by bytes; JavaScript by UTF-16, which differs beyond the basic plane. */
function byBytes(a: string, b: string): number {
  return /^[\0-\ud7ff]*$/.test(a + b) ? (a < b ? -1 : 1) : Buffer.compare(Buffer.from(a), Buffer.from(b))
}

function encodeValue(writer: WireWriter, { type, number }: Numbered, value: unknown): void {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined
  if (scalar) {
    scalar.write(writer, value)
    writer.tag(number, scalar.wireType)
  } else {
    const before = writer.length
    encodeBytes(writer, type, value)
    writer.head(number, before)
  }
}

interface Scalar {
  readonly wireType: number
  readonly write: (writer: WireWriter, value: unknown) => void
}

const integer: Scalar = { wireType: 0, write: (writer, value) => writer.varint(Number(value ?? 0)) }
const SCALARS: Readonly<Record<string, Scalar>> = {
  bool: { wireType: 0, write: (writer, value) => writer.byte(value === true ? 1 : 0) },
  int32: integer,
  int64: integer,
  double: { wireType: 1, write: (writer, value) => writer.double(Number(value ?? 0)) },
}

function encodeBytes(writer: WireWriter, type: string, value: unknown): void {
  if (type === 'string') writer.text(String(value ?? ''))
  else if (type === 'bytes') writer.bytes(Buffer.from(String(value ?? ''), 'base64'))
  else encodeInner(writer, type, value)
}

function encodeInner(writer: WireWriter, type: string, value: unknown): void {
  const form = formOf(type)
  if (form) form.encode(writer, value, inner => encodeMessage(writer, messageOf(inner.type), inner.value))
  else encodeMessage(writer, messageOf(type), value)
}
