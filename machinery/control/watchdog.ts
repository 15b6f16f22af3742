import type { Clock } from '../host/clock.ts'
import { ControlFault } from './fault.ts'

/** Aborts its signal when nothing is heard for a while, or when the outer one is aborted. */
export class Watchdog implements Disposable {
  readonly #clock: Clock
  readonly #longest: number
  readonly #outer: AbortSignal
  readonly #barked = new AbortController()
  readonly #resting = new AbortController()
  readonly signal: AbortSignal
  #heard = 0

  constructor(clock: Clock, longest: number, outer: AbortSignal) {
    this.#clock = clock
    this.#longest = longest
    this.#outer = outer
    this.signal = AbortSignal.any([outer, this.#barked.signal])
    void this.#watch()
  }

  heard(): void {
    this.#heard++
  }

  /** From now on silence is no trouble. */
  rest(): void {
    this.#resting.abort()
  }

  /** Throws unless it was called off from outside: the stream ended before all was told. */
  complain(): void {
    if (this.#outer.aborted) return
    if (!this.#barked.signal.aborted) throw new ControlFault('control/cut', 'the stream ended before all was told')
    throw new ControlFault('control/silence', `nothing was heard for ${this.#longest / 1000} s`)
  }

  [Symbol.dispose](): void {
    this.rest()
  }

  async #watch(): Promise<void> {
    const over = AbortSignal.any([this.#outer, this.#resting.signal])
    for (let known = -1; known !== this.#heard; ) {
      known = this.#heard
      // Called off: nobody listens to the bark then.
      await this.#clock.wait(this.#longest, over).catch(() => undefined)
      if (over.aborted) return
    }
    this.#barked.abort()
  }
}
