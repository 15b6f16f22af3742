import { callCost } from './cost.ts'
import { CelFault } from './fault.ts'
import { Frame, type Step } from './frame.ts'
import { isOf, type Overload } from './function.ts'
import { searchFor } from './library/strings.ts'
import { ACCUMULATOR, type Expr } from './syntax.ts'
import { DYN } from './type.ts'
import { Failure, foundOr, isMapping, List, Optional, optionally, type Value } from './value.ts'

export function isAccumulator(expr: Expr | undefined): boolean {
  return expr?.is === 'name' && expr.name === ACCUMULATOR
}

/** Written out in the expression: made once, at no cost. */
export function isConstant(expr: Expr | undefined): boolean {
  if (expr?.is === 'list') return expr.items.every(({ value, optional }) => !optional && isConstant(value))
  if (expr?.is !== 'map') return expr?.is === 'literal'
  return expr.entries.every(({ key, value, optional }) => !optional && isConstant(key) && isConstant(value))
}

export const CONVERSIONS = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'dyn',
  'int',
  'string',
  'timestamp',
  'type',
  'uint',
])

/** A literal is converted when the expression is made: one that cannot be is a mistake in it. */
export function folded(step: Step): Step {
  const value = step(new Frame({}, Number.MAX_SAFE_INTEGER))
  if (value instanceof Failure) throw new CelFault('cel/program', value.why)
  return () => value
}

export function isKey(value: Value): boolean {
  return (
    ['string', 'boolean', 'bigint'].includes(typeof value) ||
    (typeof value === 'object' && value !== null && 'value' in value)
  )
}

export function pairsOf(value: Value, two: boolean): Iterable<readonly [Value, Value]> | undefined {
  if (value instanceof List) {
    return value.items.map((item, at) => (two ? ([BigInt(at), item] as const) : ([item, null] as const)))
  }
  if (typeof value !== 'object' || value === null || !isMapping(value)) return undefined
  return value.keys().map(key => [key, value.find(key) ?? null] as const)
}

export function has(target: Value, field: string): Value {
  if (target instanceof Failure) return target
  if (target instanceof Optional) return target.value === undefined ? false : has(target.value, field)
  if (typeof target === 'object' && target !== null && isMapping(target)) return target.find(field) !== undefined
  return new Failure('no such overload')
}

export function selected(target: Value, field: string): Value {
  if (target instanceof Failure) return target
  if (target instanceof Optional) {
    if (target.value === undefined) return target
    const found = selected(target.value, field)
    return optionally(found)
  }
  if (typeof target === 'object' && target !== null && isMapping(target)) {
    return foundOr(target.find(field), `no such key: ${field}`)
  }
  return new Failure('no such overload')
}

export function optionalField(of: Step, field: string): Step {
  return frame => {
    const target = of(frame)
    frame.pay(1)
    if (target instanceof Failure) return target
    return selected(target instanceof Optional ? target : new Optional(target), field)
  }
}

/** `&&` and `||`: a side that decides alone is right even if the other one fails. */
export function either(left: Step, right: Step, decides: boolean): Step {
  return frame => {
    const first = left(frame)
    if (first === decides) return decides
    const second = right(frame)
    if (second === decides) return decides
    const wrong = [first, second].find(value => typeof value !== 'boolean')
    if (wrong === undefined) return !decides
    return wrong instanceof Failure ? wrong : new Failure('no such overload')
  }
}

export function notFalse(of: Step): Step {
  return frame => {
    const value = of(frame)
    frame.pay(1)
    return value !== false
  }
}

export function choice(condition: Step, yes: Step, no: Step): Step {
  return frame => {
    const holds = condition(frame)
    if (typeof holds === 'boolean') return holds ? yes(frame) : no(frame)
    return holds instanceof Failure ? holds : new Failure('no such overload')
  }
}

/** What macros collect grows in place: nobody else can see it before it is whole. */
export function grown(more: Step, sum: Step): Step {
  return frame => {
    const [so, next] = [sum(frame), more(frame)]
    if (so instanceof Failure) return so
    if (next instanceof Failure) return next
    frame.pay(1)
    if (typeof so === 'bigint' && typeof next === 'bigint') return so + next
    if (!(so instanceof List) || !(next instanceof List)) return new Failure('no such overload')
    const own = so.items as Value[] // made by the macro's own empty list
    own.push(...next.items)
    return so
  }
}

interface Callee {
  readonly name: string
  readonly overloads: readonly Overload[]
  readonly free: boolean
}

/** A pattern that stands in the expression is made ready with it. */
export function prepared(callee: Callee, pattern: Expr | undefined): Callee {
  if (pattern?.is !== 'literal' || typeof pattern.value !== 'string') return callee
  const search = searchFor(callee.name, pattern.value)
  if (search instanceof Failure) throw new CelFault('cel/program', search.why)
  if (!search) return callee
  const run = search as unknown as Overload['run'] // its overloads have texts for arguments
  return { ...callee, overloads: callee.overloads.map(overload => ({ ...overload, run })) }
}

/** An index may be any whole number, if its type was not known before. */
function accepts({ args }: Overload, given: readonly Value[]): boolean {
  return given.every((value, at) => isOf(value, args[at] ?? DYN))
}

export function call({ name, overloads, free }: Callee, steps: readonly Step[]): Step {
  return frame => {
    const args = steps.map(step => step(frame))
    const failed = args.find(arg => arg instanceof Failure)
    if (failed) {
      frame.pay(1)
      return failed
    }
    const overload =
      overloads.find(one => accepts(one, args)) ??
      (name === '_[_]' ? overloads.find(one => accepts(one, args.slice(0, 1))) : undefined)
    const result = overload ? overload.run(...args) : new Failure('no such overload')
    if (!free) frame.pay(callCost(name, args, result))
    return result
  }
}
