import type { Clock } from './clock.ts'

/** A burst, then a steady rate. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** A token bucket that is never refused: whoever takes a token is told how long to wait for it. */
export class Bucket {
  readonly #clock: Clock
  readonly #rate: Rate
  #tokens: number
  #at: number

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock
    this.#rate = rate
    this.#tokens = rate.burst
    this.#at = clock.now()
  }

  /** Takes a token now, if there is one. */
  allows(): boolean {
    this.#fill()
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }

  /** Takes a token, if need be one of those to come, and returns the milliseconds until it is there. */
  reserve(): number {
    this.#fill()
    this.#tokens--
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#rate.perSecond) * 1000)
  }

  #fill(): void {
    const now = this.#clock.now()
    // A clock that is set back takes nothing away.
    const passed = Math.max(0, now - this.#at) / 1000
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + passed * this.#rate.perSecond)
    this.#at = now
  }
}
