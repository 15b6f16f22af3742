import { type Checked, isTypeName } from './checker.ts'
import type { Step } from './frame.ts'
import {
  CONVERSIONS,
  call,
  choice,
  either,
  folded,
  grown,
  has,
  isAccumulator,
  isConstant,
  isKey,
  notFalse,
  optionalField,
  pairsOf,
  prepared,
  selected,
} from './step.ts'
import { type Call, type Comprehension, type Entry, type Expr, type Item, qualified, type Select } from './syntax.ts'
import { Dictionary, Failure, List, Optional, TypeValue, type Value } from './value.ts'

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
