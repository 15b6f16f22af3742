import { ApiFault } from '../../api/fault.ts'

const MOST_WAITING = 50_000 // a watcher further behind has to list again
const BATCH = 256 * 1024 // bytes, about, that a watcher is handed at once

/** What waits for one watcher, in order. */
export class Feed<T> {
  readonly #sizeOf: (one: T) => number
  #waiting: T[] = []
  #wake: (() => void) | undefined
  #finished = false
  #ended = false
  #overrun = false

  constructor(sizeOf: (one: T) => number) {
    this.#sizeOf = sizeOf
  }

  get ended(): boolean {
    return this.#ended
  }

  /** What is there at first is not bounded: a list would have been as long. */
  offerFirst(one: T): void {
    this.#waiting.push(one)
  }

  offer(one: T | undefined): void {
    if (one === undefined || this.#ended || this.#finished) return
    if (this.#waiting.length >= MOST_WAITING) {
      this.#overrun = true
      this.#waiting = []
      this.end()
      return
    }
    this.#waiting.push(one)
    this.#wake?.()
  }

  /** Ends when all that waits was told. */
  finish(): void {
    this.#finished = true
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  /** All that waits, or as much as is good to take at once; undefined when there will be no more. */
  async next(): Promise<readonly T[] | undefined> {
    while (this.#waiting.length === 0 && !this.#ended && !this.#finished) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
    if (this.#overrun) throw new ApiFault('Expired', 'the watch fell too far behind; list again')
    return this.#ended || this.#waiting.length === 0 ? undefined : this.#take()
  }

  #take(): readonly T[] {
    let bytes = 0
    const rest = this.#waiting.findIndex(one => {
      bytes += this.#sizeOf(one)
      return bytes > BATCH
    })
    return this.#waiting.splice(0, rest < 0 ? this.#waiting.length : Math.max(rest, 1)) // one that is larger goes alone
  }
}
