import { ACCUMULATOR, type Comprehension, type Entry, type Expr, type Item } from './syntax.ts'
import type { Literal } from './value.ts'

/** Makes the nodes of one expression, each with a number of its own. */
export class Maker {
  #made = 0

  literal(value: Literal, at: number): Expr {
    return { is: 'literal', value, ...this.#place(at) }
  }

  name(name: string, at: number): Expr {
    return { is: 'name', name, ...this.#place(at) }
  }

  accumulator(at: number): Expr {
    return this.name(ACCUMULATOR, at)
  }

  select(of: Expr, field: string, at: number): Expr {
    return { is: 'select', of, field, test: false, ...this.#place(at) }
  }

  has(of: Expr, field: string, at: number): Expr {
    return { is: 'select', of, field, test: true, ...this.#place(at) }
  }

  call(name: string, args: readonly Expr[], at: number): Expr {
    return { is: 'call', name, args, ...this.#place(at) }
  }

  member(target: Expr, call: { readonly name: string; readonly args: readonly Expr[] }, at: number): Expr {
    return { is: 'call', target, ...call, ...this.#place(at) }
  }

  list(items: readonly Item[], at: number): Expr {
    return { is: 'list', items, ...this.#place(at) }
  }

  map(entries: readonly Entry[], at: number): Expr {
    return { is: 'map', entries, ...this.#place(at) }
  }

  struct(name: string, fields: readonly string[], at: number): Expr {
    return { is: 'struct', name, fields, ...this.#place(at) }
  }

  loop(parts: Omit<Comprehension, 'is' | 'accumulator'> & { readonly accumulator?: string }, at: number): Expr {
    return { is: 'loop', accumulator: ACCUMULATOR, ...parts, ...this.#place(at) }
  }

  #place(at: number): { readonly at: number; readonly id: number } {
    this.#made += 1
    return { at, id: this.#made }
  }
}
