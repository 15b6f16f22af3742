import { join, utf8, Writer } from '../../../wire/bytes.ts'

const MARK = '#BOOTCONFIG\n'
const ALIGNMENT = 4

/** A boot configuration as the kernel reads it from the end of an initial RAM disk (Linux admin-guide/bootconfig). */
export function bootconfig(text: string): Uint8Array {
  const bytes = join(utf8.encode(text), Uint8Array.of(0))
  const size = Math.ceil(bytes.length / ALIGNMENT) * ALIGNMENT
  const sum = bytes.reduce((sum, byte) => (sum + byte) >>> 0, 0)
  return new Writer().padded(bytes, size).u32le(size).u32le(sum).bytes(utf8.encode(MARK)).done()
}
