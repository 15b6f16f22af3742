import { ActionFault } from '../fault.ts'
import type { Target } from './target.ts'

/** What is kept back, and what is wiped at both ends of the disk: partition tables, file system and RAID signatures. */
const EDGE = 1024 * 1024
const SECTOR = 512
const ZEROS = Buffer.alloc(EDGE)

/**
 * Writes an image in order, except for its first piece: that is written last of all, so that a disk on which something
 * went wrong has no partition table and is neither booted nor taken for installed.
 */
export class ImageWriter {
  readonly #target: Target
  readonly #head = Buffer.alloc(EDGE)
  #pieces = [Buffer.allocUnsafe(EDGE), Buffer.allocUnsafe(EDGE)] as const
  #filled = 0
  #length = 0
  #writing: Promise<void> = Promise.resolve()
  /** How many bytes before the current piece are zeros that are still to be made. */
  #zeros = 0

  constructor(target: Target) {
    this.#target = target
  }

  /** Bytes of the image so far. */
  get length(): number {
    return this.#length
  }

  /** Wipes what the disk held: its beginning, and its end, where GPT keeps a copy. */
  async begin(): Promise<void> {
    const { size } = this.#target
    await this.#target.zero(0, Math.min(EDGE, size))
    await this.#target.zero(Math.max(EDGE, size - EDGE), size)
    await this.#target.sync()
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.#length + bytes.length > this.#target.size) {
      throw new ActionFault(
        'action/device',
        `the image does not fit on ${this.#target.path} (${this.#target.size} bytes)`,
      )
    }
    for (let rest = bytes; rest.length > 0; ) rest = await this.#take(rest)
  }

  /** Writes what is left and waits for the medium. The disk is not usable before `commit`. */
  async flush(): Promise<void> {
    await this.#flushPiece()
    await this.#writing
    if (this.#length === 0) throw new ActionFault('action/truncated', 'the image is empty')
    if (this.#length % SECTOR !== 0) {
      const sentence = `the image has ${this.#length} bytes, which is no whole number of sectors: it is cut off, or no disk image`
      throw new ActionFault('action/truncated', sentence)
    }
    await this.#target.sync()
  }

  /** Puts the first piece in its place: from here on the disk is what the image says. */
  async commit(): Promise<void> {
    await this.#target.write(this.#head.subarray(0, Math.min(EDGE, this.#length)), 0)
    await this.#target.sync()
  }

  async #take(bytes: Buffer): Promise<Buffer> {
    if (this.#length < EDGE) {
      const taken = bytes.copy(this.#head, this.#length)
      this.#length += taken
      return bytes.subarray(taken)
    }
    const taken = bytes.copy(this.#pieces[0], this.#filled)
    this.#filled += taken
    this.#length += taken
    if (this.#filled === EDGE) await this.#flushPiece()
    return bytes.subarray(taken)
  }

  /** Hands the full piece to the disk and goes on with the other: one is filled while one is written. */
  async #flushPiece(): Promise<void> {
    const piece = this.#pieces[0].subarray(0, this.#filled)
    if (piece.length === EDGE && piece.equals(ZEROS)) {
      this.#zeros += EDGE
    } else {
      await this.#writing
      const at = this.#length - piece.length
      this.#writing = this.#writeAfterZeros(piece, at)
      this.#writing.catch(() => undefined) // it is awaited before the next piece
      this.#pieces = [this.#pieces[1], this.#pieces[0]]
    }
    this.#filled = 0
  }

  /** The disk is not known to hold zeros where the image has them: they are made, all of a row at once. */
  async #writeAfterZeros(piece: Buffer, at: number): Promise<void> {
    const zeros = this.#zeros
    this.#zeros = 0
    await this.#target.zero(at - zeros, at)
    await this.#target.write(piece, at)
  }
}
