import type { Clock } from '../../machinery/host/clock.ts'

interface Bucket {
  tokens: number
  at: number
}

const MOST_KEYS = 4096

/** Token buckets, one a key: a burst, then a steady rate. Keys beyond the bound push out the oldest. */
export class Limit {
  readonly #clock: Clock
  readonly #burst: number
  readonly #perSecond: number
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock, { burst, perSecond }: { readonly burst: number; readonly perSecond: number }) {
    this.#clock = clock
    this.#burst = burst
    this.#perSecond = perSecond
  }

  /** Whether one more is within the limit; it is counted when it is. */
  allows(key: string): boolean {
    const now = this.#clock.now()
    const bucket = this.#buckets.get(key) ?? this.#open(key, now)
    const filled = Math.min(this.#burst, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond)
    bucket.at = now
    bucket.tokens = filled >= 1 ? filled - 1 : filled
    return filled >= 1
  }

  #open(key: string, now: number): Bucket {
    const bucket = { tokens: this.#burst, at: now }
    this.#buckets.set(key, bucket)
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size > MOST_KEYS && !oldest.done) this.#buckets.delete(oldest.value)
    return bucket
  }
}
