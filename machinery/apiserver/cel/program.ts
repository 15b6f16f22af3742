import { type Checked, isTypeName } from './checker.ts'
import { callCost } from './cost.ts'
import { CelFault } from './fault.ts'
import { isOf, type Overload } from './function.ts'
import { searchFor } from './library/strings.ts'
import {
  ACCUMULATOR,
  type Call,
  type Comprehension,
  type Entry,
  type Expr,
  type Item,
  qualified,
  type Select,
} from './syntax.ts'
import { DYN } from './type.ts'
import { Dictionary, Failure, foundOr, isMapping, List, Optional, optionally, TypeValue, type Value } from './value.ts'

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

/** Makes a checked expression ready to be evaluated many times. */
export function planned({ expr, calls }: Checked): Step {
  return new Planner(calls).step(expr)
}

class Planner {
  readonly #calls: Checked['calls']

  constructor(calls: Checked['calls']) {
    this.#calls = calls
  }

  step(expr: Expr): Step {
    switch (expr.is) {
      case 'literal':
        return () => expr.value
      case 'name':
        return this.#name(expr.name)
      case 'select':
        return this.#select(expr)
      case 'call':
        return this.#call(expr)
      case 'list':
        return this.#list(expr.items)
      case 'map':
        return this.#map(expr.entries)
      case 'loop':
        return this.#loop(expr)
      case 'struct':
        return () => new Failure(`unknown type: ${expr.name}`)
    }
  }

  #name(name: string): Step {
    if (isTypeName(name)) return () => new TypeValue(name)
    return frame => {
      frame.pay(1)
      return frame.get(name)
    }
  }

  /** A branch of a choice, or an index, that only names something: the place where it stands pays for that. */
  #named(expr: Expr): Step {
    const step = this.step(expr)
    if (expr.is !== 'name' && !(expr.is === 'select' && !expr.test)) return step
    return frame => {
      const value = step(frame)
      frame.cost -= 1
      return value
    }
  }

  #select(expr: Select & Expr): Step {
    const path = qualified(expr)
    if (path !== undefined && isTypeName(path)) return () => new TypeValue(path)
    const { field } = expr
    const of = this.step(expr.of)
    if (expr.test) return frame => has(of(frame), field)
    return frame => {
      const target = of(frame)
      frame.pay(1)
      return selected(target, field)
    }
  }

  #call(expr: Call & Expr): Step {
    const { name, args } = expr
    const [first, second, third] = args
    if (first && second && third && name === '_?_:_') {
      return choice(this.step(first), this.#named(second), this.#named(third))
    }
    if (first && second && name === '_&&_') return either(this.step(first), this.step(second), false)
    if (first && second && name === '_||_') return either(this.step(first), this.step(second), true)
    if (first && second && name === '_+_' && isAccumulator(first)) return grown(this.step(second), this.step(first))
    if (first && second?.is === 'literal' && name === '_?._')
      return optionalField(this.step(first), String(second.value))
    if (first && name === '@not_strictly_false') return notFalse(this.step(first))
    return this.#function(expr)
  }

  #function(expr: Call & Expr): Step {
    const { name, method, overloads } = this.#calls.get(expr.id) ?? { name: expr.name, method: false, overloads: [] }
    const inputs = method && expr.target ? [expr.target, ...expr.args] : expr.args
    const steps = inputs.map((arg, at) => (name === '_[_]' && at === 1 ? this.#named(arg) : this.step(arg)))
    const known = prepared({ name, overloads, free: name === '@in' && isConstant(inputs[1]) }, inputs[1])
    const made = call(known, steps)
    return CONVERSIONS.has(name) && inputs[0]?.is === 'literal' ? folded(made) : made
  }

  #list(items: readonly Item[]): Step {
    const steps = items.map(({ value, optional }) => ({ value: this.step(value), optional }))
    const constant = items.every(({ value, optional }) => isConstant(value) && !optional)
    return frame => {
      if (!constant) frame.pay(10)
      const values: Value[] = []
      for (const { value, optional } of steps) {
        const item = value(frame)
        if (item instanceof Failure) return item
        if (!optional) values.push(item)
        else if (!(item instanceof Optional))
          return new Failure('cannot initialize optional list element from non-optional value')
        else if (item.value !== undefined) values.push(item.value)
      }
      return new List(values)
    }
  }

  #map(entries: readonly Entry[]): Step {
    const steps = entries.map(entry => ({ ...entry, key: this.step(entry.key), value: this.step(entry.value) }))
    const constant = entries.every(({ key, value, optional }) => isConstant(key) && isConstant(value) && !optional)
    return frame => {
      if (!constant) frame.pay(30)
      const made: [Value, Value][] = []
      for (const { key, value, optional } of steps) {
        const [name, member] = [key(frame), value(frame)]
        if (name instanceof Failure) return name
        if (member instanceof Failure) return member
        if (!isKey(name)) return new Failure('unsupported key type')
        if (!optional) made.push([name, member])
        else if (!(member instanceof Optional))
          return new Failure('cannot initialize optional entry from non-optional value')
        else if (member.value !== undefined) made.push([name, member.value])
      }
      return new Dictionary(made)
    }
  }

  #loop(expr: Comprehension): Step {
    const [range, start, goesOn] = [this.step(expr.range), this.step(expr.start), this.step(expr.goesOn)]
    const [step, result] = [this.step(expr.step), this.step(expr.result)]
    const { name, second, accumulator } = expr
    return frame => {
      const over = range(frame)
      if (over instanceof Failure) return over
      const pairs = pairsOf(over, second !== undefined)
      if (!pairs) return new Failure(`got '${typeof over}', expected iterable type`)
      const outer = frame.set(accumulator, start(frame))
      const hidden = [frame.set(name, undefined), second === undefined ? undefined : frame.set(second, undefined)]
      for (const [first, other] of pairs) {
        frame.set(name, first)
        if (second !== undefined) frame.set(second, other)
        frame.pay(0)
        if (goesOn(frame) === false) break
        frame.set(accumulator, step(frame))
      }
      frame.set(name, hidden[0])
      if (second !== undefined) frame.set(second, hidden[1])
      const value = result(frame)
      frame.set(accumulator, outer)
      return value
    }
  }
}

function isAccumulator(expr: Expr | undefined): boolean {
  return expr?.is === 'name' && expr.name === ACCUMULATOR
}

/** Written out in the expression: made once, at no cost. */
function isConstant(expr: Expr | undefined): boolean {
  if (expr?.is === 'list') return expr.items.every(({ value, optional }) => !optional && isConstant(value))
  if (expr?.is !== 'map') return expr?.is === 'literal'
  return expr.entries.every(({ key, value, optional }) => !optional && isConstant(key) && isConstant(value))
}

const CONVERSIONS = new Set([
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
function folded(step: Step): Step {
  const value = step(new Frame({}, Number.MAX_SAFE_INTEGER))
  if (value instanceof Failure) throw new CelFault('cel/program', value.why)
  return () => value
}

function isKey(value: Value): boolean {
  return (
    ['string', 'boolean', 'bigint'].includes(typeof value) ||
    (typeof value === 'object' && value !== null && 'value' in value)
  )
}

function pairsOf(value: Value, two: boolean): Iterable<readonly [Value, Value]> | undefined {
  if (value instanceof List) {
    return value.items.map((item, at) => (two ? ([BigInt(at), item] as const) : ([item, null] as const)))
  }
  if (typeof value !== 'object' || value === null || !isMapping(value)) return undefined
  return value.keys().map(key => [key, value.find(key) ?? null] as const)
}

function has(target: Value, field: string): Value {
  if (target instanceof Failure) return target
  if (target instanceof Optional) return target.value === undefined ? false : has(target.value, field)
  if (typeof target === 'object' && target !== null && isMapping(target)) return target.find(field) !== undefined
  return new Failure('no such overload')
}

function selected(target: Value, field: string): Value {
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

function optionalField(of: Step, field: string): Step {
  return frame => {
    const target = of(frame)
    frame.pay(1)
    if (target instanceof Failure) return target
    return selected(target instanceof Optional ? target : new Optional(target), field)
  }
}

/** `&&` and `||`: a side that decides alone is right even if the other one fails. */
function either(left: Step, right: Step, decides: boolean): Step {
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

function notFalse(of: Step): Step {
  return frame => {
    const value = of(frame)
    frame.pay(1)
    return value !== false
  }
}

function choice(condition: Step, yes: Step, no: Step): Step {
  return frame => {
    const holds = condition(frame)
    if (typeof holds === 'boolean') return holds ? yes(frame) : no(frame)
    return holds instanceof Failure ? holds : new Failure('no such overload')
  }
}

/** What macros collect grows in place: nobody else can see it before it is whole. */
function grown(more: Step, sum: Step): Step {
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
function prepared(callee: Callee, pattern: Expr | undefined): Callee {
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

function call({ name, overloads, free }: Callee, steps: readonly Step[]): Step {
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
