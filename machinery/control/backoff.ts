import type { Clock } from '../host/clock.ts'
import type { Host } from '../host/host.ts'

/** How waits grow, in milliseconds: from `first`, doubled each time, to `most`, each up to `jitter` times as much longer. */
export interface BackoffTimes {
  readonly first: number
  readonly most: number
  /** Share of the wait that chance adds, so that many clients of a server that comes back do not come at once. */
  readonly jitter: number
  /** Whoever had no need to wait for this long begins anew. */
  readonly forgetAfter: number
}

/** As client-go's reflector waits (client-go `tools/cache/reflector.go`). */
export const REFLECTOR_TIMES: BackoffTimes = { first: 800, most: 30_000, jitter: 1, forgetAfter: 120_000 }

/** Waits that grow while trouble lasts. */
export class Backoff {
  readonly #host: Pick<Host, 'clock' | 'random'>
  readonly #times: BackoffTimes
  #next: number
  #last = Number.NEGATIVE_INFINITY

  constructor(host: Pick<Host, 'clock' | 'random'>, times: BackoffTimes) {
    this.#host = host
    this.#times = times
    this.#next = times.first
  }

  /** The wait that is due now, in milliseconds. */
  next(): number {
    const { first, most, jitter, forgetAfter } = this.#times
    const now = this.#clock.now()
    if (now - this.#last > forgetAfter) this.#next = first
    const wait = this.#next
    this.#next = Math.min(wait * 2, most)
    this.#last = now + wait
    return Math.round(wait * (1 + jitter * this.#host.random()))
  }

  get #clock(): Clock {
    return this.#host.clock
  }
}
