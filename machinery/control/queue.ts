import type { Clock } from '../host/clock.ts'

/** How long a key that failed waits: doubled each time, from `first` to `most` milliseconds. */
export interface Backoff {
  readonly first: number
  readonly most: number
}

const DEFAULT_BACKOFF: Backoff = { first: 50, most: 30_000 }

/**
 * A work queue as in client-go: a key that is added twice before it is taken is handed out once; a key that is added
 * while it is worked on is handed out again afterwards, never to two workers at a time.
 */
export class WorkQueue {
  readonly #clock: Clock
  readonly #backoff: Backoff
  readonly #ready = new Set<string>()
  readonly #working = new Set<string>()
  readonly #again = new Set<string>()
  readonly #failures = new Map<string, number>()
  readonly #timers = new Map<string, { at: number; stop: AbortController }>()
  #waiter: ((key: string | undefined) => void) | undefined
  #closed = false

  constructor(clock: Clock, backoff: Backoff = DEFAULT_BACKOFF) {
    this.#clock = clock
    this.#backoff = backoff
  }

  add(key: string): void {
    if (this.#closed) return
    this.#dropTimer(key)
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

  /** Adds the key later, the longer the more often it failed in a row. Returns the wait in milliseconds. */
  addFailed(key: string): number {
    const failures = this.#failures.get(key) ?? 0
    this.#failures.set(key, failures + 1)
    const wait = Math.min(this.#backoff.first * 2 ** failures, this.#backoff.most)
    this.addAfter(key, wait)
    return wait
  }

  /** The key went well: its next failure is its first. */
  forget(key: string): void {
    this.#failures.delete(key)
  }

  /** The next key to work on; undefined once the queue is closed. One caller at a time. */
  take(): Promise<string | undefined> {
    return new Promise(resolve => {
      this.#waiter = resolve
      this.#handOut()
    })
  }

  /** Says that the work on a key taken is over. */
  done(key: string): void {
    this.#working.delete(key)
    if (this.#again.delete(key)) this.add(key)
  }

  close(): void {
    this.#closed = true
    for (const key of [...this.#timers.keys()]) this.#dropTimer(key)
    this.#waiter?.(undefined)
    this.#waiter = undefined
  }

  #dropTimer(key: string): void {
    this.#timers.get(key)?.stop.abort()
    this.#timers.delete(key)
  }

  #handOut(): void {
    const waiter = this.#waiter
    if (!waiter) return
    if (this.#closed) {
      this.#waiter = undefined
      waiter(undefined)
      return
    }
    const [key] = this.#ready
    if (key === undefined) return
    this.#waiter = undefined
    this.#ready.delete(key)
    this.#working.add(key)
    waiter(key)
  }
}
