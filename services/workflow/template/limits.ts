import { FunctionFault } from './fault.ts'

/** What one rendering may use, so that no template can hang the house or eat its memory. */
export interface LimitOptions {
  /** Nodes executed, functions called, elements touched. */
  readonly steps: number
  /** Characters of the rendered text, and of any single text on the way. */
  readonly output: number
}

/** Upstream stops at 256 KiB of output too. */
export const DEFAULT_LIMITS: LimitOptions = { steps: 1_000_000, output: 256 * 1024 }

/** Counts down while one template is rendered. */
export class Limits {
  readonly output: number
  #steps: number

  constructor({ steps, output }: LimitOptions = DEFAULT_LIMITS) {
    this.#steps = steps
    this.output = output
  }

  /** Pays for work that is about to be done. */
  step(count = 1): void {
    this.#steps -= count
    if (this.#steps < 0) throw new FunctionFault('template/steps', 'the template runs too long: its steps are used up')
  }

  /** Refuses a text that would become too long, before it is made. */
  room(length: number): void {
    this.step(1 + Math.floor(length / 64))
    if (!(length <= this.output)) {
      throw new FunctionFault('template/output', `a text longer than ${this.output} characters is not made`)
    }
  }
}
