const FIRST = 500
const FACTOR = 1.5
const LONGEST = 5_000

/** How long to wait before the next try: longer each time, and never the same on a thousand machines at once. */
export class Backoff {
  readonly #random: () => number
  #pause = FIRST

  constructor(random: () => number) {
    this.#random = random
  }

  /** Milliseconds, between half and one and a half of a pause that grows to five seconds. */
  next(): number {
    const pause = this.#pause * (0.5 + this.#random())
    this.#pause = Math.min(this.#pause * FACTOR, LONGEST)
    return pause
  }

  reset(): void {
    this.#pause = FIRST
  }
}
