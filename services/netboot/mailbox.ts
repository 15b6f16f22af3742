import type { Clock } from '../../machinery/host/clock.ts'

const MOST = 64

/** What has come in for one transfer and is not yet read. A flood drops what is too much, as a network would. */
export class Mailbox<T> {
  readonly #clock: Clock
  readonly #items: T[] = []
  #arrived: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Ends the wait that is under way, with nothing. */
  wake(): void {
    this.#arrived()
  }

  put(item: T): void {
    if (this.#items.length < MOST) this.#items.push(item)
    this.#arrived()
  }

  /** The next item, or undefined when the time is over. */
  async take(milliseconds: number): Promise<T | undefined> {
    if (this.#items.length === 0) {
      const stop = new AbortController()
      const arrival = new Promise<void>(resolve => {
        this.#arrived = resolve
      })
      const over = this.#clock.wait(milliseconds, stop.signal).catch(() => undefined) // aborted: something has arrived
      await Promise.race([arrival, over])
      stop.abort()
    }
    return this.#items.shift()
  }
}
