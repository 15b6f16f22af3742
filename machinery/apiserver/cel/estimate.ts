import type { Checked } from './checker.ts'
import { estimateCall, type Node } from './estimate-call.ts'
import { ANY, exactly, NOTHING, ONE, plus, type Range, times } from './size.ts'
import { ACCUMULATOR, type Call, type Comprehension, type Expr } from './syntax.ts'
import { DYN, type Type } from './type.ts'
import { runes } from './value.ts'

/**
 * What an expression costs at least and at most, from what the schema says of its values (cel-go `checker/cost.go`,
 * k8s.io/apiserver `pkg/cel/library/cost.go`). Rules of a CustomResourceDefinition are accepted by it, so it has to
 * count alike.
 */
export function estimate(checked: Checked, self: Type): Range {
  return new Estimator(checked, self).cost(checked.expr)
}

type Path = readonly string[]

class Estimator {
  readonly #checked: Checked
  readonly #self: Type
  readonly #paths = new Map<number, Path>()
  readonly #sizes = new Map<number, Range>()
  readonly #ranges = new Map<string, Expr[]>()

  constructor(checked: Checked, self: Type) {
    this.#checked = checked
    this.#self = self
  }

  cost(expr: Expr): Range {
    switch (expr.is) {
      case 'name':
        this.#paths.set(expr.id, this.#pathOfName(expr.name))
        return ONE
      case 'select':
        return this.#select(expr)
      case 'call':
        return this.#call(expr)
      case 'list':
        return plus(...expr.items.map(({ value }) => this.cost(value)), exactly(10))
      case 'map':
        return plus(...expr.entries.flatMap(({ key, value }) => [this.cost(key), this.cost(value)]), exactly(30))
      case 'loop':
        return this.#loop(expr)
    }
    return NOTHING
  }

  #type(expr: Expr): Type {
    return this.#checked.types.get(expr.id) ?? DYN
  }

  #pathOf(expr: Expr): Path {
    return this.#paths.get(expr.id) ?? []
  }

  #pathOfName(name: string): Path {
    const range = this.#ranges.get(name)?.at(-1)
    if (!range) return [name]
    const { kind } = this.#type(range)
    return kind === 'list'
      ? [...this.#pathOf(range), '@items']
      : kind === 'map'
        ? [...this.#pathOf(range), '@keys']
        : []
  }

  #select(expr: Extract<Expr, { is: 'select' }>): Range {
    const of = this.cost(expr.of)
    if (expr.test) return of
    this.#paths.set(expr.id, [...this.#pathOf(expr.of), expr.field])
    const { kind } = this.#type(expr.of)
    return ['map', 'object', 'param'].includes(kind) ? plus(of, ONE) : of
  }

  #call(expr: Call & Expr): Range {
    const costs = expr.args.map(arg => this.cost(arg))
    const found = this.#checked.calls.get(expr.id)
    const { name = expr.name, method = false } = found ?? {}
    const target = method && expr.target ? expr.target : undefined
    const ofTarget = target ? this.cost(target) : NOTHING
    const nodes = [...(target ? [target] : []), ...expr.args].map(arg => this.#node(arg))
    const [first = NOTHING, second = NOTHING, third = NOTHING] = costs
    if (name === '_&&_' || name === '_||_') return { least: first.least, most: plus(first, second).most }
    if (name === '_?_:_') {
      this.#sizes.set(expr.id, unionOf(nodes[1], nodes[2]))
      return plus(first, { least: Math.min(second.least, third.least), most: Math.max(second.most, third.most) })
    }
    const { cost, size } = estimateCall({ name, method, nodes, overloads: found?.overloads ?? [] })
    if (size) this.#sizes.set(expr.id, size)
    if (name === '_[_]') this.#index(expr)
    return plus(ofTarget, ...costs, cost)
  }

  #index({ id, args: [of] }: Call & Expr): void {
    if (!of) return
    const { kind } = this.#type(of)
    if (kind === 'list') this.#paths.set(id, [...this.#pathOf(of), '@items'])
    if (kind === 'map') this.#paths.set(id, [...this.#pathOf(of), '@values'])
  }

  #loop(expr: Comprehension & Expr): Range {
    const before = plus(this.cost(expr.range), this.cost(expr.start))
    const hidden = this.#ranges.get(expr.name) ?? []
    this.#ranges.set(expr.name, [...hidden, expr.range])
    const each = plus(this.cost(expr.goesOn), this.cost(expr.step))
    this.#ranges.set(expr.name, hidden)
    const after = this.cost(expr.result)
    const count = this.#node(expr.range).size
    this.#sizes.set(expr.id, count)
    return plus(before, after, times(count, each))
  }

  #node(expr: Expr): Node {
    const type = this.#type(expr)
    const path = this.#pathOf(expr)
    const own = path[0] === ACCUMULATOR ? [] : path
    const known = this.#sizes.get(expr.id) ?? writtenSize(expr) ?? this.#declaredSize(own)
    const size = known ?? (isScalar(type) ? ONE : ANY)
    const items = type.of[0] && (this.#declaredSize([...own, '@items'], own.length > 0) ?? ANY)
    return { type, size, ...(items && { items }), ...(expr.is === 'literal' && { literal: expr.value }) }
  }

  /** What the schema says of the size of values at a path from `self`. */
  #declaredSize(path: Path, known = path.length > 0): Range | undefined {
    if (!known) return undefined
    let type: Type | undefined = this.#self
    for (const step of path.slice(1)) {
      if (step === '@items') type = type?.kind === 'list' ? type.of[0] : type?.of[1]
      else if (step === '@values') type = type?.of.at(-1)
      else if (step === '@keys') type = type?.kind === 'map' ? type.of[0] : undefined
      else type = type?.fields?.get(step)
    }
    return type && { least: 0, most: type.most ?? 0 }
  }
}

function unionOf(a: Node | undefined, b: Node | undefined): Range {
  const [x, y] = [a?.size ?? ANY, b?.size ?? ANY]
  return { least: Math.min(x.least, y.least), most: Math.max(x.most, y.most) }
}

function writtenSize(expr: Expr): Range | undefined {
  if (expr.is === 'list') return exactly(expr.items.length)
  if (expr.is === 'map') return exactly(expr.entries.length)
  if (expr.is !== 'literal') return undefined
  if (typeof expr.value === 'string') return exactly(runes(expr.value))
  return exactly(expr.value instanceof Uint8Array ? expr.value.length : 1)
}

function isScalar({ kind }: Type): boolean {
  return ['bool', 'double', 'duration', 'int', 'timestamp', 'uint'].includes(kind)
}
