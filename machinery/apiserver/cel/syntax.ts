import type { Literal } from './value.ts'

/** An expression as CEL's grammar has it, macros already expanded. `at` is where messages point to. */
export type Expr = { readonly at: number; readonly id: number } & (
  | { readonly is: 'literal'; readonly value: Literal }
  | { readonly is: 'name'; readonly name: string }
  | Select
  | Call
  | { readonly is: 'list'; readonly items: readonly Item[] }
  | { readonly is: 'map'; readonly entries: readonly Entry[] }
  | { readonly is: 'struct'; readonly name: string; readonly fields: readonly string[] }
  | Comprehension
)

export interface Select {
  readonly is: 'select'
  readonly of: Expr
  readonly field: string
  /** `has(of.field)` */
  readonly test: boolean
}

export interface Call {
  readonly is: 'call'
  readonly name: string
  /** What stands before the dot of `target.name(args)`. */
  readonly target?: Expr
  readonly args: readonly Expr[]
}

export interface Item {
  readonly value: Expr
  /** `[?value]`: left out where the optional has no value. */
  readonly optional: boolean
}

export interface Entry extends Item {
  readonly key: Expr
}

/** What the macros of lists and maps become. */
export interface Comprehension {
  readonly is: 'loop'
  readonly range: Expr
  readonly name: string
  readonly second?: string
  readonly accumulator: string
  readonly start: Expr
  readonly goesOn: Expr
  readonly step: Expr
  readonly result: Expr
}

/** The name that macros accumulate under; no identifier can be it. */
export const ACCUMULATOR = '__result__'

/** `a.b.c`, if the expression is nothing but that. */
export function qualified(expr: Expr): string | undefined {
  if (expr.is === 'name') return expr.name
  if (expr.is !== 'select' || expr.test) return undefined
  const of = qualified(expr.of)
  return of === undefined ? undefined : `${of}.${expr.field}`
}
