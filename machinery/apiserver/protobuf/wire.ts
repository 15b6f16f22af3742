import { ApiFault } from '../../api/fault.ts'

// Protocol Buffers' wire format (https://protobuf.dev/programming-guides/encoding/).

export function malformed(why: string): ApiFault {
  return new ApiFault('BadRequest', `the object provided is not well-formed protobuf: ${why}`)
}

/** The bytes of a field, or its number; eight bytes are a number too, asked for with `double`. */
export type Raw = number | Uint8Array

/** Reads bytes that are not to be trusted: it never passes their end. */
export class WireReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** A number of up to 64 bits, read as Go reads an int64. */
  varint(): number {
    let low = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte()
      low += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return low
    }
    return this.#long(BigInt(low))
  }

  #long(low: bigint): number {
    let value = low
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
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

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw malformed('it ends too early')
    this.#at++
    return byte
  }

  #take(count: number): Uint8Array {
    if (count < 0 || count > this.left) throw malformed('it ends too early')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }
}

const FIRST = 1024

/** Writes from the end to the beginning, so that a length is known when it is written. */
export class WireWriter {
  #bytes = Buffer.allocUnsafe(FIRST)
  #at = FIRST

  get length(): number {
    return this.#bytes.length - this.#at
  }

  finish(): Buffer {
    return this.#bytes.subarray(this.#at)
  }

  byte(value: number): void {
    this.#make(1)
    this.#bytes[--this.#at] = value
  }

  varint(value: number): void {
    if (value >= 0 && value < 0x80) this.byte(value)
    else if (Number.isSafeInteger(value) && value > 0) this.#groups(groupsOf(value))
    else this.#long(BigInt.asUintN(64, BigInt(Math.trunc(value))))
  }

  #long(value: bigint): void {
    const groups: number[] = []
    for (let rest = value; groups.length === 0 || rest > 0n; rest >>= 7n) groups.push(Number(rest & 0x7fn))
    this.#groups(groups)
  }

  #groups(groups: readonly number[]): void {
    this.#make(groups.length)
    this.#at -= groups.length
    groups.forEach((group, at) => {
      this.#bytes[this.#at + at] = at < groups.length - 1 ? group + 0x80 : group
    })
  }

  bytes(value: Uint8Array): void {
    this.#make(value.length)
    this.#at -= value.length
    this.#bytes.set(value, this.#at)
  }

  text(value: string): void {
    const length = Buffer.byteLength(value)
    this.#make(length)
    this.#at -= length
    this.#bytes.write(value, this.#at, 'utf8')
  }

  double(value: number): void {
    this.#make(8)
    this.#at -= 8
    this.#bytes.writeDoubleLE(value, this.#at)
  }

  /** A field's number and wire type, before (that is: after) its value. */
  tag(number: number, wireType: number): void {
    this.varint(number * 8 + wireType)
  }

  /** The head of a field of bytes that were written since the writer was `before` long. */
  head(number: number, before: number): void {
    this.varint(this.length - before)
    this.tag(number, 2)
  }

  #make(count: number): void {
    if (count <= this.#at) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + count + FIRST))
    const at = larger.length - this.length
    larger.set(this.finish(), at)
    this.#bytes = larger
    this.#at = at
  }
}

/** Seven bits each, the lowest first. */
function groupsOf(value: number): number[] {
  const groups: number[] = []
  for (let rest = value; groups.length === 0 || rest > 0; rest = Math.floor(rest / 0x80)) groups.push(rest % 0x80)
  return groups
}
