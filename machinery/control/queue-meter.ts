import type { Clock } from '../host/clock.ts'

/** Figures of one queue (client-go `util/workqueue/metrics.go`); times in seconds. */
export interface QueueMetrics {
  readonly depth: number
  readonly adds: number
  readonly retries: number
  /** Keys that were worked on, how long they had waited and how long the work took, all together. */
  readonly done: number
  readonly queueSeconds: number
  readonly workSeconds: number
  /** Of the work that is going on. */
  readonly unfinishedSeconds: number
  readonly longestSeconds: number
}

/** Measures what a queue does. */
export class QueueMeter {
  readonly #clock: Clock
  readonly #added = new Map<string, number>()
  readonly #begun = new Map<string, number>()
  #adds = 0
  #retries = 0
  #done = 0
  #queued = 0
  #worked = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  added(key: string): void {
    this.#adds++
    this.#added.set(key, this.#clock.now())
  }

  retried(): void {
    this.#retries++
  }

  begun(key: string): void {
    const now = this.#clock.now()
    this.#queued += now - (this.#added.get(key) ?? now)
    this.#added.delete(key)
    this.#begun.set(key, now)
  }

  ended(key: string): void {
    const now = this.#clock.now()
    this.#worked += now - (this.#begun.get(key) ?? now)
    if (this.#begun.delete(key)) this.#done++
  }

  metrics(depth: number): QueueMetrics {
    const now = this.#clock.now()
    const running = [...this.#begun.values()].map(begun => (now - begun) / 1000)
    return {
      depth,
      adds: this.#adds,
      retries: this.#retries,
      done: this.#done,
      queueSeconds: this.#queued / 1000,
      workSeconds: this.#worked / 1000,
      unfinishedSeconds: running.reduce((sum, one) => sum + one, 0),
      longestSeconds: Math.max(0, ...running),
    }
  }
}
