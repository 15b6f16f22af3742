import { StoreFault } from '../store/fault.ts'

// The POSIX ustar format (IEEE Std 1003.1, pax, "ustar Interchange Format"): plain files with short names are all we need.

export interface TarEntry {
  readonly name: string
  readonly bytes: number
  /** Seconds since 1970. */
  readonly time: number
}

export const BLOCK = 512
const FIELD = { name: 0, mode: 100, uid: 108, gid: 116, size: 124, time: 136, sum: 148, type: 156, magic: 257 }
const LONGEST = 100

/** What comes before an entry's bytes. */
export function tarHeader({ name, bytes, time }: TarEntry): Uint8Array {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`
  if (Buffer.byteLength(name) > LONGEST)
    throw new StoreFault('store/backup', `the name ${name} is too long for a backup`)
  block.write(name, FIELD.name)
  block.write(octal(0o600, 7), FIELD.mode)
  block.write(octal(0, 7), FIELD.uid)
  block.write(octal(0, 7), FIELD.gid)
  block.write(octal(bytes, 11), FIELD.size)
  block.write(octal(Math.floor(time), 11), FIELD.time)
  block.write('0', FIELD.type)
  block.write('ustar\x0000', FIELD.magic, 'latin1')
  block.write(`${octal(sumOf(block), 6)} `, FIELD.sum)
  return block
}

/** What comes after an entry's bytes: up to the next block. */
export function tarPadding(bytes: number): Uint8Array {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
}

export const TAR_END: Uint8Array = Buffer.alloc(2 * BLOCK)

/** Reads a header; undefined at the end of the archive. */
export function readTarHeader(block: Uint8Array): TarEntry | undefined {
  const bytes = Buffer.from(block)
  if (bytes.length === BLOCK && bytes.every(byte => byte === 0)) return undefined
  const field = (at: number, length: number) => bytes.toString('latin1', at, at + length).replace(/[\0 ].*$/s, '')
  const sum = field(FIELD.sum, 8)
  if (bytes.length < BLOCK || Number.parseInt(sum, 8) !== sumOf(bytes) || field(FIELD.magic, 5) !== 'ustar') {
    throw new StoreFault('store/backup', 'a header cannot be read; it is not a backup, or it was damaged')
  }
  const name = bytes.toString('utf8', 0, LONGEST).replace(/\0.*$/s, '')
  return { name, bytes: Number.parseInt(field(FIELD.size, 12), 8), time: Number.parseInt(field(FIELD.time, 12), 8) }
}

/** The sum of all bytes, those of the sum itself taken as blanks. */
function sumOf(block: Uint8Array): number {
  return block.reduce((sum, byte, at) => sum + (at >= FIELD.sum && at < FIELD.sum + 8 ? 32 : byte), 0)
}
