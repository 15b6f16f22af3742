import { Reader, utf8, Writer } from './bytes.ts'
import { WireFault } from './fault.ts'
import { type Ipv4, ipv4Bytes, ipv4From } from './ipv4.ts'

/** What some bytes mean, both ways. `decode` reads all of them or throws a WireFault. */
export interface Codec<T> {
  decode(bytes: Uint8Array): T
  encode(value: T): Uint8Array
}

export const raw: Codec<Uint8Array> = { decode: bytes => bytes, encode: bytes => bytes }

/** Text; zeros at its end are padding (RFC 2132 §2 allows them). */
export const text: Codec<string> = {
  decode: bytes => utf8.decode(bytes).replace(/\0+$/, ''),
  encode: utf8.encode,
}

export const u8: Codec<number> = number(1)
export const u16: Codec<number> = number(2)
export const u32: Codec<number> = number(4)

function number(width: 1 | 2 | 4): Codec<number> {
  return {
    decode: bytes => {
      const reader = new Reader(exactly(width, bytes))
      return width === 1 ? reader.u8() : width === 2 ? reader.u16() : reader.u32()
    },
    encode: value => {
      const writer = new Writer()
      return (width === 1 ? writer.u8(value) : width === 2 ? writer.u16(value) : writer.u32(value)).done()
    },
  }
}

export const ipv4: Codec<Ipv4> = {
  decode: bytes => ipv4From(bytes) ?? refuse(4, bytes),
  encode: ipv4Bytes,
}

/** Several values of the same width after one another, at least one. */
export function listOf<T>(item: Codec<T>, width: number): Codec<readonly T[]> {
  return {
    decode: bytes => {
      if (bytes.length === 0 || bytes.length % width !== 0) refuse(width, bytes)
      const reader = new Reader(bytes)
      const items: T[] = []
      while (reader.left > 0) items.push(item.decode(reader.take(width)))
      return items
    },
    encode: items => items.reduce((writer, value) => writer.bytes(item.encode(value)), new Writer()).done(),
  }
}

/** One byte that stands for a name; other numbers are unsupported, and named. */
export function oneOf<const N extends Readonly<Record<number, string>>>(names: N): Codec<N[keyof N]> {
  const numbers = new Map(Object.entries(names).map(([byte, name]) => [name, Number(byte)]))
  return {
    decode: bytes => {
      const byte = u8.decode(bytes)
      const name = names[byte as keyof N]
      if (name === undefined) throw new WireFault('wire/unsupported', `unknown (${byte})`, { value: byte })
      return name
    },
    encode: name => Uint8Array.of(numbers.get(name as string) ?? 0),
  }
}

function exactly(width: number, bytes: Uint8Array): Uint8Array {
  return bytes.length === width ? bytes : refuse(width, bytes)
}

function refuse(width: number, bytes: Uint8Array): never {
  throw new WireFault('wire/invalid', `${bytes.length} bytes where ${width} (or a multiple) are due`)
}
