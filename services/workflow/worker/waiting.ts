import type { Host } from '../../../machinery/host/host.ts'
import { Backoff } from './backoff.ts'

const AGAIN = 60_000

/** One wait of the worker: it says what it waits for when that changes, and once a minute, and how long it took. */
export class Waiting {
  readonly #host: Host
  readonly #backoff: Backoff
  readonly #since: number
  #said: string | undefined
  #saidAt = 0

  constructor(host: Host) {
    this.#host = host
    this.#backoff = new Backoff(host.random)
    this.#since = host.clock.now()
  }

  /** Says why, and resolves when it is time for another try. */
  async because(sentence: string, reason: string, signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#host
    const words = `${sentence} ${reason}`
    if (words !== this.#said || clock.now() - this.#saidAt >= AGAIN) {
      log.info(sentence, { reason, seconds: Math.round((clock.now() - this.#since) / 1000) })
      this.#said = words
      this.#saidAt = clock.now()
    }
    await clock.wait(this.#backoff.next(), signal)
  }

  /** The other side is there and well: the next wait is a short one. */
  reset(): void {
    this.#backoff.reset()
  }
}
