import { join, type Reader, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'

/** Options as they lie in the packet: code to bytes, in their order. What they mean is asked for later, one field at a time. */
export type Options = ReadonlyMap<number, Uint8Array>

const PAD = 0 // RFC 2132 §3.1
const END = 255 // RFC 2132 §3.2

/** Reads options up to their end mark; parts of a value split over several options (RFC 3396) are joined. */
export function decodeOptions(reader: Reader, options = new Map<number, Uint8Array>()): Map<number, Uint8Array> {
  while (reader.left > 0) {
    const code = reader.u8()
    if (code === PAD) continue
    if (code === END) return options
    options.set(code, join(options.get(code), reader.take(reader.u8())))
  }
  throw new WireFault('wire/no-end', 'the options stop before their end mark', { at: reader.at })
}

/** Writes options in the order of the map, long values split (RFC 3396), with the end mark. */
export function encodeOptions(options: Options): Uint8Array {
  const writer = new Writer()
  for (const [code, value] of options) writeOption(writer, code, value)
  return writer.u8(END).done()
}

function writeOption(writer: Writer, code: number, value: Uint8Array): void {
  for (let at = 0; at === 0 || at < value.length; at += 255) {
    const part = value.subarray(at, at + 255)
    writer.u8(code).u8(part.length).bytes(part)
  }
}

/** Sub-options of options 43, 82 and 175: the same shape, an end mark allowed but not needed. */
export function decodeSubOptions(reader: Reader): Options {
  const options = new Map<number, Uint8Array>()
  while (reader.left > 0) {
    const code = reader.u8()
    if (code === PAD) continue
    if (code === END) break
    options.set(code, join(options.get(code), reader.take(reader.u8())))
  }
  return options
}

export function encodeSubOptions(options: Options): Uint8Array {
  const writer = new Writer()
  for (const [code, value] of options) writeOption(writer, code, value)
  return writer.done()
}
