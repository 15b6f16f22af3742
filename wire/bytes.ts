import { WireFault } from './fault.ts'

/** Reads big-endian fields one after another and refuses, by name, to pass the end. */
export class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** Offset of the next byte. */
  get at(): number {
    return this.#at
  }

  /** Bytes not yet read. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1))
  }

  u16(): number {
    return this.#view.getUint16(this.#step(2))
  }

  u32(): number {
    return this.#view.getUint32(this.#step(4))
  }

  u16le(): number {
    return this.#view.getUint16(this.#step(2), true)
  }

  u32le(): number {
    return this.#view.getUint32(this.#step(4), true)
  }

  /** The next `length` bytes, as a view on the same memory. */
  take(length: number): Uint8Array {
    const start = this.#step(length)
    return this.#bytes.subarray(start, start + length)
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.left)
  }

  /** Throws when bytes are left over: a format that ends early has not been understood. */
  end(): void {
    if (this.left > 0) throw new WireFault('wire/left-over', `${this.left} bytes are left over`, { at: this.#at })
  }

  #step(length: number): number {
    if (length > this.left) {
      throw new WireFault('wire/truncated', `${length} bytes wanted where ${this.left} are left`, { at: this.#at })
    }
    const start = this.#at
    this.#at += length
    return start
  }
}

/** Gathers big-endian fields into one array that grows as needed. */
export class Writer {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  u8(value: number): this {
    return this.bytes([value & 0xff])
  }

  u16(value: number): this {
    return this.bytes([(value >>> 8) & 0xff, value & 0xff])
  }

  u32(value: number): this {
    return this.u16(value >>> 16).u16(value & 0xffff)
  }

  u16le(value: number): this {
    return this.bytes([value & 0xff, (value >>> 8) & 0xff])
  }

  u32le(value: number): this {
    return this.u16le(value & 0xffff).u16le(value >>> 16)
  }

  bytes(bytes: ArrayLike<number>): this {
    const end = this.#length + bytes.length
    if (end > this.#bytes.length) this.#grow(end)
    this.#bytes.set(bytes, this.#length)
    this.#length = end
    return this
  }

  /** `bytes` cut or padded with zeros to exactly `length`. */
  padded(bytes: Uint8Array, length: number): this {
    return this.bytes(bytes.subarray(0, length)).bytes(new Uint8Array(Math.max(0, length - bytes.length)))
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

/** One array of several; undefined parts count as empty. */
export function join(...parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const writer = new Writer()
  for (const part of parts) if (part) writer.bytes(part)
  return writer.done()
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: false })

export const utf8 = {
  encode: (text: string): Uint8Array => encoder.encode(text),
  /** Invalid sequences become U+FFFD: what a peer sent is shown, never thrown over. */
  decode: (bytes: Uint8Array): string => decoder.decode(bytes),
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Reads hexadecimal digits; anything after `#` on a line and white space are skipped, so that fixtures can carry notes. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/#.*$/gm, '').replace(/\s+/g, '')
  if (!/^([0-9a-f]{2})*$/i.test(digits)) throw new WireFault('wire/invalid', 'not an even row of hexadecimal digits')
  return Uint8Array.from(digits.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
}
