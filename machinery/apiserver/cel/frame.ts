import { CelFault } from './fault.ts'
import { foundOr, type Value } from './value.ts'

/** Values of variables, and what evaluation has cost so far. */
export class Frame {
  readonly #values: Map<string, Value>
  readonly limit: number
  cost = 0

  constructor(values: Readonly<Record<string, Value>>, limit: number) {
    this.#values = new Map(Object.entries(values))
    this.limit = limit
  }

  get(name: string): Value {
    return foundOr(this.#values.get(name), `no such attribute(s): ${name}`)
  }

  set(name: string, value: Value | undefined): Value | undefined {
    const before = this.#values.get(name)
    if (value === undefined) this.#values.delete(name)
    else this.#values.set(name, value)
    return before
  }

  pay(cost: number): void {
    this.cost += cost
    if (this.cost > this.limit) throw new CelFault('cel/cost', 'operation cancelled: actual cost limit exceeded')
  }
}

export type Step = (frame: Frame) => Value
