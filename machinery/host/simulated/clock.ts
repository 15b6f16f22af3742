import type { Clock } from '../clock.ts'

type Sleeper = { readonly at: number; readonly wake: () => void }

/** A clock that stands still until it is told to move; waits end in the order of their times. */
export class SimulatedClock implements Clock {
  #now: number
  #sleepers: Sleeper[] = []

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper: Sleeper = { at: this.#now + milliseconds, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter(other => other !== sleeper)
        reject(signal.reason)
      })
    })
  }

  /** How many waits are pending. */
  get waiting(): number {
    return this.#sleepers.length
  }

  /** Moves time on, waking everyone due on the way, and lets what they start run before the next one wakes. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#now = Math.max(this.#now, next.at)
      this.#sleepers = this.#sleepers.filter(sleeper => sleeper !== next)
      next.wake()
      await settle()
    }
    this.#now = end
    await settle()
  }

  #due(end: number): Sleeper | undefined {
    return this.#sleepers.filter(sleeper => sleeper.at <= end).sort((a, b) => a.at - b.at)[0]
  }
}

/** Lets promises that are ready run to their next wait. */
function settle(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
