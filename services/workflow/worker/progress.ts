import type { Progress } from '../../../machinery/api/tink/event.ts'
import { RpcFault } from '../../../machinery/api/tink/fault.ts'
import type { Clock } from '../../../machinery/host/clock.ts'

const INTERVAL = 1_000

/** Forwards the newest progress at most once a second; what is outdated, or lost, is never sent again. */
export class ProgressForwarder {
  readonly #send: (progress: Progress) => Promise<void>
  readonly #clock: Clock
  readonly #signal: AbortSignal
  #newest: Progress | undefined
  #sending: Promise<void> | undefined

  constructor(clock: Clock, signal: AbortSignal, send: (progress: Progress) => Promise<void>) {
    this.#clock = clock
    this.#signal = signal
    this.#send = send
  }

  update(progress: Progress): void {
    this.#newest = progress
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined
    })
  }

  /** Sends what is left now, once. */
  async flush(): Promise<void> {
    const last = this.#newest
    this.#newest = undefined
    if (last) await this.#try(last)
  }

  async #drain(): Promise<void> {
    for (let next = this.#take(); next; next = this.#take()) {
      await this.#try(next)
      try {
        await this.#clock.wait(INTERVAL, this.#signal)
      } catch (error) {
        if (this.#signal.aborted) return
        throw error
      }
    }
  }

  #take(): Progress | undefined {
    const next = this.#newest
    this.#newest = undefined
    return next
  }

  async #try(progress: Progress): Promise<void> {
    try {
      await this.#send(progress)
    } catch (error) {
      if (!(error instanceof RpcFault)) throw error // an unreachable server is said by the reports, not here
    }
  }
}
