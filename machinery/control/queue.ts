import { Bucket, type Rate } from '../host/bucket.ts'
import type { Clock } from '../host/clock.ts'
import { QueueMeter, type QueueMetrics } from './queue-meter.ts'

/** How long a key that failed waits: doubled each time, from `first` to `most` milliseconds. */
export interface QueuePace {
  readonly first: number
  readonly most: number
  /** How often keys that failed may come back, all of them together. */
  readonly overall: Rate
}

/** The overall rate is client-go's (`util/workqueue` DefaultControllerRateLimiter). */
const DEFAULT_PACE: QueuePace = { first: 50, most: 30_000, overall: { burst: 100, perSecond: 10 } }

/**
 * A work queue as in client-go: a key that is added twice before it is taken is handed out once; a key that is added
 * while it is worked on is handed out again afterwards, never to two workers at a time.
 */
export class WorkQueue {
  readonly #clock: Clock
  readonly #pace: QueuePace
  readonly #overall: Bucket
  readonly #meter: QueueMeter
  readonly #ready = new Set<string>()
  readonly #working = new Set<string>()
  readonly #again = new Set<string>()
  readonly #failures = new Map<string, number>()
  readonly #timers = new Map<string, { at: number; stop: AbortController }>()
  readonly #drained: (() => void)[] = []
  #waiter: ((key: string | undefined) => void) | undefined
  #closed = false

  constructor(clock: Clock, pace: Partial<QueuePace> = {}) {
    this.#clock = clock
    this.#pace = { ...DEFAULT_PACE, ...pace }
    this.#overall = new Bucket(clock, this.#pace.overall)
    this.#meter = new QueueMeter(clock)
  }

  /** What happened so far, in the terms of client-go's workqueue metrics. */
  get metrics(): QueueMetrics {
    return this.#meter.metrics(this.#ready.size)
  }

  add(key: string): void {
    if (this.#closed) return
    this.#dropTimer(key)
    if (!this.#ready.has(key) && !this.#again.has(key)) this.#meter.added(key)
    if (this.#working.has(key)) this.#again.add(key)
    else this.#ready.add(key)
    this.#handOut()
  }

  /** Adds the key after `milliseconds`, unless it is due sooner already. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#closed) return
    const at = this.#clock.now() + milliseconds
    const pending = this.#timers.get(key)
    if (pending && pending.at <= at) return
    this.#dropTimer(key)
    const stop = new AbortController()
    this.#timers.set(key, { at, stop })
    this.#clock.wait(milliseconds, stop.signal).then(
      () => this.add(key),
      () => undefined, // called off: something sooner took its place, or the queue was closed
    )
  }

  /** Adds the key later, the longer the more often it failed in a row, or the more keys fail. Returns the wait. */
  addFailed(key: string): number {
    const failures = this.#failures.get(key) ?? 0
    this.#failures.set(key, failures + 1)
    const own = Math.min(this.#pace.first * 2 ** failures, this.#pace.most)
    const wait = Math.max(own, this.#overall.reserve())
    this.#meter.retried()
    this.addAfter(key, wait)
    return wait
  }

  /** The key went well: its next failure is its first. */
  forget(key: string): void {
    this.#failures.delete(key)
  }

  /** The next key to work on; undefined once the queue is closed and, if it drains, empty. One caller at a time. */
  take(): Promise<string | undefined> {
    return new Promise(resolve => {
      this.#waiter = resolve
      this.#handOut()
    })
  }

  /** Says that the work on a key taken is over. */
  done(key: string): void {
    this.#working.delete(key)
    this.#meter.ended(key)
    if (this.#again.delete(key) && !this.#closed) {
      this.#ready.add(key)
      this.#handOut()
    }
    this.#tellDrained()
  }

  /** Takes nothing more, calls off what waits, and hands out nothing more. */
  close(): void {
    this.#ready.clear()
    void this.drain()
  }

  /** Takes nothing more, calls off what waits for a time, and resolves when what is ready and what is worked on is done. */
  drain(): Promise<void> {
    this.#closed = true
    for (const key of [...this.#timers.keys()]) this.#dropTimer(key)
    this.#handOut()
    return new Promise(resolve => {
      this.#drained.push(resolve)
      this.#tellDrained()
    })
  }

  #tellDrained(): void {
    if (!this.#closed || this.#ready.size > 0 || this.#working.size > 0) return
    for (const tell of this.#drained.splice(0)) tell()
  }

  #dropTimer(key: string): void {
    this.#timers.get(key)?.stop.abort()
    this.#timers.delete(key)
  }

  #handOut(): void {
    const waiter = this.#waiter
    if (!waiter) return
    const [key] = this.#ready
    if (key === undefined && !this.#closed) return
    this.#waiter = undefined
    if (key !== undefined) {
      this.#ready.delete(key)
      this.#working.add(key)
      this.#meter.begun(key)
    }
    waiter(key)
  }
}
