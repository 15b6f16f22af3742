import { ApiFault } from '../../api/fault.ts'
import { set } from '../registry/merge.ts'

// Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding/), reading only, driven by tables.

/** What a field holds. A message is a table of its own; `map` is from text to the given type. */
export type Type = 'string' | 'bool' | 'int' | 'bytes' | 'time' | { readonly message: Message } | { readonly map: Type }

export interface Field {
  readonly name: string
  readonly type: Type
  readonly list?: boolean
}

/** Fields by their numbers. */
export type Message = Readonly<Record<number, Field>>

const DEEPEST = 32

export function decodeMessage(message: Message, bytes: Uint8Array, depth = 0): Record<string, unknown> {
  if (depth > DEEPEST) throw malformed('messages are nested too deep')
  const object: Record<string, unknown> = {}
  const reader = new Wire(bytes)
  while (reader.left > 0) {
    const tag = reader.varint()
    const field = message[Math.floor(tag / 8)]
    const raw = reader.value(tag % 8)
    if (field) put(object, field, read(field.type, raw, depth))
  }
  return object
}

/** Empty text, zero and empty messages are how Go writes what is not there. */
function put(object: Record<string, unknown>, { name, type, list }: Field, value: unknown): void {
  if (list) {
    const known = object[name]
    set(object, name, Array.isArray(known) ? [...known, value] : [value])
  } else if (typeof type === 'object' && 'map' in type) {
    const entry = value as { key?: string; value?: unknown }
    const entries = (object[name] ?? {}) as Record<string, unknown>
    set(entries, entry.key ?? '', entry.value ?? '')
    set(object, name, entries)
  } else if (value !== '' && value !== 0 && value !== undefined && !isEmpty(value)) set(object, name, value)
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

type Raw = number | Uint8Array

function read(type: Type, raw: Raw, depth: number): unknown {
  if (type === 'bool') return raw !== 0
  if (type === 'int') return typeof raw === 'number' ? raw : 0
  if (typeof raw === 'number') throw malformed('a number where there should be bytes')
  if (type === 'string') return Buffer.from(raw).toString('utf8')
  if (type === 'bytes') return Buffer.from(raw).toString('base64')
  if (type === 'time') return timeOf(decodeMessage(TIME, raw, depth + 1))
  if ('message' in type) return decodeMessage(type.message, raw, depth + 1)
  return decodeMessage({ 1: { name: 'key', type: 'string' }, 2: { name: 'value', type: type.map } }, raw, depth + 1)
}

const TIME: Message = { 1: { name: 'seconds', type: 'int' }, 2: { name: 'nanos', type: 'int' } }

function timeOf({ seconds }: Record<string, unknown>): string | undefined {
  if (typeof seconds !== 'number' || Math.abs(seconds) > 8.64e12) return undefined
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`
}

export function malformed(why: string): ApiFault {
  return new ApiFault('BadRequest', `the object provided is not well-formed protobuf: ${why}`)
}

class Wire {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  varint(): number {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#take(1)[0] ?? 0
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return Number(BigInt.asIntN(64, value))
    }
    throw malformed('a number is too long')
  }

  value(wireType: number): Raw {
    switch (wireType) {
      case 0:
        return this.varint()
      case 1:
        return this.#take(8)
      case 2:
        return this.#take(this.varint())
      case 5:
        return this.#take(4)
      default:
        throw malformed(`unknown wire type ${wireType}`)
    }
  }

  #take(count: number): Uint8Array {
    if (count < 0 || count > this.left) throw malformed('it ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }
}
