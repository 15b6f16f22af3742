import { ApiFault } from '../../api/fault.ts'
import type { Change } from './change.ts'

export interface WindowLimits {
  readonly changes: number
  readonly bytes: number
}

export const WINDOW_LIMITS: WindowLimits = { changes: 10_000, bytes: 64 * 1024 * 1024 }

/** The newest changes in memory, so that a watcher can go on from where it was. Bounded by count and by bytes. */
export class Window {
  readonly #limits: WindowLimits
  #changes: Change[] = []
  #bytes = 0
  /** The newest revision that is no longer here. */
  #forgotten: number

  constructor(limits: WindowLimits, forgotten: number) {
    this.#limits = limits
    this.#forgotten = forgotten
  }

  /** A watch may go on from this revision or any later one. */
  get oldest(): number {
    return this.#forgotten
  }

  add(change: Change): void {
    this.#changes.push(change)
    this.#bytes += change.json.length
    // Cut by a tenth, so that cutting costs little a change.
    if (this.#changes.length > this.#limits.changes * 1.1 || this.#bytes > this.#limits.bytes * 1.1) this.#cut()
  }

  #cut(): void {
    let drop = 0
    while (
      this.#changes.length - drop > 1 &&
      (this.#changes.length - drop > this.#limits.changes || this.#bytes > this.#limits.bytes)
    ) {
      this.#bytes -= this.#changes[drop]?.json.length ?? 0
      drop++
    }
    this.#forgotten = this.#changes[drop - 1]?.revision ?? this.#forgotten
    this.#changes = this.#changes.slice(drop)
  }

  /** Changes after the revision; refuses with `Expired` when some of them are forgotten. */
  since(revision: number): readonly Change[] {
    if (revision < this.#forgotten) {
      throw new ApiFault('Expired', `too old resource version: ${revision} (${this.#forgotten})`)
    }
    let low = 0
    let high = this.#changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#changes[middle]?.revision ?? 0) > revision) high = middle
      else low = middle + 1
    }
    return this.#changes.slice(low)
  }
}
