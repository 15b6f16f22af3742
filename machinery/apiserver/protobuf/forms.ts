import { NAMES } from '../builtin/custom.ts'
import { moment, momentText } from '../builtin/moment.ts'
import { isObject } from '../registry/served.ts'
import { malformed, type Raw, WireReader, type WireWriter } from './wire.ts'

// Types whose JSON is not the JSON of their messages: a time is text, but in protobuf it is two numbers.

export interface Form {
  readonly encode: (writer: WireWriter, value: unknown, inner: (of: { type: string; value: unknown }) => void) => void
  readonly decode: (bytes: Uint8Array, inner: (type: string, bytes: Uint8Array) => unknown) => unknown
}

export function formOf(type: string): Form | undefined {
  return Object.hasOwn(FORMS, type) ? FORMS[type] : undefined
}

type Fields = ReadonlyMap<number, readonly Raw[]>

function fields(bytes: Uint8Array): Fields {
  const found = new Map<number, Raw[]>()
  const reader = new WireReader(bytes)
  while (reader.left > 0) {
    const tag = reader.varint()
    const number = Math.floor(tag / 8)
    const known = found.get(number)
    const value = reader.value(tag % 8)
    if (known) known.push(value)
    else found.set(number, [value])
  }
  return found
}

function integer(found: Fields, number: number): number {
  const value = found.get(number)?.at(-1) ?? 0
  if (typeof value !== 'number') throw malformed('bytes where there should be a number')
  return value
}

function bytes(found: Fields, number: number): Uint8Array | undefined {
  const value = found.get(number)?.at(-1)
  if (typeof value === 'number') throw malformed('a number where there should be bytes')
  return value
}

const textOf = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('utf8')

function timeForm(precise: 'seconds' | 'micros'): Form {
  return {
    encode(writer, value) {
      const at = typeof value === 'string' ? moment(value, precise) : undefined
      if (!at || 'fault' in at) return
      writer.varint(precise === 'micros' ? at.micros * 1000 : 0)
      writer.tag(2, 0)
      writer.varint(at.seconds)
      writer.tag(1, 0)
    },
    decode(given) {
      if (given.length === 0) return null
      const found = fields(given)
      const micros = precise === 'micros' ? Math.floor(integer(found, 2) / 1000) : 0
      if (micros < 0 || micros > 999_999) throw malformed('a time has too many nanoseconds')
      return momentText({ seconds: integer(found, 1), micros }, precise)
    },
  }
}

/** JSON as it is, in one field. */
const rawForm: Form = {
  encode(writer, value) {
    if (value === undefined || value === null) return
    const before = writer.length
    writer.text(JSON.stringify(value))
    writer.head(1, before)
  },
  decode(given) {
    const raw = bytes(fields(given), 1)
    if (!raw || raw.length === 0) return null
    try {
      return JSON.parse(textOf(raw))
    } catch (error) {
      throw malformed(error instanceof Error ? error.message : String(error))
    }
  },
}

const stringsForm: Form = {
  encode: (writer, value) => writeStrings(writer, 1, value),
  decode: given => (fields(given).get(1) ?? []).map(one => textOf(typeof one === 'number' ? undefined : one)),
}

function writeStrings(writer: WireWriter, number: number, value: unknown): void {
  if (!Array.isArray(value)) return
  for (const text of value.toReversed()) {
    const before = writer.length
    writer.text(String(text))
    writer.head(number, before)
  }
}

function writeSchema(writer: WireWriter, value: unknown, inner: Parameters<Form['encode']>[2]): void {
  const before = writer.length
  inner({ type: NAMES.schema, value })
  writer.head(1, before)
}

const FORMS: Readonly<Record<string, Form>> = {
  [NAMES.time]: timeForm('seconds'),
  [NAMES.microTime]: timeForm('micros'),
  [NAMES.raw]: rawForm,
  [NAMES.fields]: rawForm,
  [NAMES.json]: rawForm,
  [NAMES.verbs]: stringsForm,
  [NAMES.tokenExtra]: stringsForm,
  [NAMES.accessExtra]: stringsForm,
  [NAMES.quantity]: {
    encode(writer, value) {
      const before = writer.length
      writer.text(String(value ?? '0'))
      writer.head(1, before)
    },
    decode: given => textOf(bytes(fields(given), 1)) || '0',
  },
  [NAMES.intOrString]: {
    encode(writer, value) {
      const before = writer.length
      writer.text(typeof value === 'string' ? value : '')
      writer.head(3, before)
      writer.varint(typeof value === 'number' ? value : 0)
      writer.tag(2, 0)
      writer.varint(typeof value === 'string' ? 1 : 0)
      writer.tag(1, 0)
    },
    decode(given) {
      const found = fields(given)
      return integer(found, 1) === 1 ? textOf(bytes(found, 3)) : integer(found, 2) | 0
    },
  },
  [NAMES.schemaOrBool]: {
    encode(writer, value, inner) {
      const before = writer.length
      if (isObject(value)) {
        inner({ type: NAMES.schema, value })
        writer.head(2, before)
      }
      writer.byte(isObject(value) || value === true ? 1 : 0)
      writer.tag(1, 0)
    },
    decode(given, inner) {
      const found = fields(given)
      const schema = bytes(found, 2)
      return schema ? inner(NAMES.schema, schema) : integer(found, 1) !== 0
    },
  },
  [NAMES.schemaOrArray]: {
    encode(writer, value, inner) {
      if (isObject(value)) return writeSchema(writer, value, inner)
      if (!Array.isArray(value)) return
      for (const one of value.toReversed()) {
        const before = writer.length
        inner({ type: NAMES.schema, value: one })
        writer.head(2, before)
      }
    },
    decode(given, inner) {
      const found = fields(given)
      const many = found.get(2)
      if (many) return many.map(one => inner(NAMES.schema, typeof one === 'number' ? new Uint8Array() : one))
      const schema = bytes(found, 1)
      return schema ? inner(NAMES.schema, schema) : null
    },
  },
  [NAMES.schemaOrStrings]: {
    encode(writer, value, inner) {
      if (isObject(value)) return writeSchema(writer, value, inner)
      writeStrings(writer, 2, value)
    },
    decode(given, inner) {
      const found = fields(given)
      const many = found.get(2)
      if (many) return many.map(one => textOf(typeof one === 'number' ? undefined : one))
      const schema = bytes(found, 1)
      return schema ? inner(NAMES.schema, schema) : null
    },
  },
}
