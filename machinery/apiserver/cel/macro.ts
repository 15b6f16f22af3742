import { CelFault } from './fault.ts'
import type { Maker } from './maker.ts'
import type { Expr } from './syntax.ts'

export interface PlainCall {
  readonly name: string
  readonly args: readonly Expr[]
  readonly at: number
}

export interface MemberCall extends PlainCall {
  readonly target: Expr
}

/** `has(x.y)`; any other call stays one. */
export function expandPlain(maker: Maker, { name, args, at }: PlainCall): Expr {
  const [of] = args
  if (name !== 'has' || args.length !== 1 || !of) return maker.call(name, args, at)
  if (of.is !== 'select' || of.test) throw new CelFault('cel/syntax', 'invalid argument to has() macro', of.at)
  return maker.has(of.of, of.field, at)
}

/** The macros of lists, maps and optionals (cel-go `parser/macro.go`, `ext/comprehensions.go`, `cel/library.go`). */
export function expandMember(maker: Maker, call: MemberCall): Expr {
  const macro = MACROS[`${call.name}/${call.args.length}`]
  if (!macro) return maker.member(call.target, { name: call.name, args: call.args }, call.at)
  return macro(new Expansion(maker, call))
}

/** What the macros are made of. */
class Expansion {
  readonly maker: Maker
  readonly call: MemberCall

  constructor(maker: Maker, call: MemberCall) {
    this.maker = maker
    this.call = call
  }

  arg(index: number): Expr {
    const arg = this.call.args.at(index)
    if (!arg) throw new CelFault('cel/syntax', 'an argument is missing', this.call.at)
    return arg
  }

  variable(index: number, why = 'argument must be a simple name'): string {
    const arg = this.arg(index)
    if (arg.is !== 'name') throw new CelFault('cel/syntax', why, arg.at)
    return arg.name
  }

  of(name: string, ...args: readonly Expr[]): Expr {
    return this.maker.call(name, args, this.call.at)
  }

  literal(value: boolean | bigint): Expr {
    return this.maker.literal(value, this.call.at)
  }

  get sum(): Expr {
    return this.maker.accumulator(this.call.at)
  }

  get empty(): Expr {
    return this.maker.list([], this.call.at)
  }

  pushed(value: Expr): Expr {
    return this.of('_+_', this.sum, this.maker.list([{ value, optional: false }], this.call.at))
  }

  /** A step that is taken only for what passes the filter. */
  when(filter: Expr | undefined, step: Expr): Expr {
    return filter ? this.of('_?_:_', filter, step, this.sum) : step
  }

  loop(variables: number, parts: Parts): Expr {
    const { start, step, goesOn = this.literal(true), result = this.sum } = parts
    const first = this.variable(0)
    const second = variables > 1 ? { second: this.variable(1) } : {}
    return this.maker.loop(
      { range: this.call.target, name: first, ...second, start, goesOn, step, result },
      this.call.at,
    )
  }
}

interface Parts {
  readonly start: Expr
  readonly step: Expr
  readonly goesOn?: Expr
  readonly result?: Expr
}

type Macro = (expansion: Expansion) => Expr

function all(variables: number): Macro {
  return x => {
    const goesOn = x.of('@not_strictly_false', x.sum)
    return x.loop(variables, { start: x.literal(true), goesOn, step: x.of('_&&_', x.sum, x.arg(-1)) })
  }
}

function exists(variables: number): Macro {
  return x => {
    const goesOn = x.of('@not_strictly_false', x.of('!_', x.sum))
    return x.loop(variables, { start: x.literal(false), goesOn, step: x.of('_||_', x.sum, x.arg(-1)) })
  }
}

function existsOne(variables: number): Macro {
  return x => {
    const step = x.when(x.arg(-1), x.of('_+_', x.sum, x.literal(1n)))
    return x.loop(variables, { start: x.literal(0n), step, result: x.of('_==_', x.sum, x.literal(1n)) })
  }
}

/** `map`, `filter` and `transformList`: what is pushed, perhaps only where a filter says so. */
function collected(variables: number, filtered: boolean): Macro {
  return x => {
    const filter = filtered ? x.arg(-2) : undefined
    return x.loop(variables, { start: x.empty, step: x.when(filter, x.pushed(x.arg(-1))) })
  }
}

function filter(x: Expansion): Expr {
  return x.loop(1, { start: x.empty, step: x.when(x.arg(-1), x.pushed(x.arg(0))) })
}

function transformMap(filtered: boolean): Macro {
  return x => {
    const step = x.of('cel.@mapInsert', x.sum, x.arg(0), x.arg(-1))
    const start = x.maker.map([], x.call.at)
    return x.loop(2, { start, step: x.when(filtered ? x.arg(-2) : undefined, step) })
  }
}

/** `optMap` and `optFlatMap`: the value of an optional under a name, where it has one. */
function optional(flat: boolean): Macro {
  return x => {
    const { maker, call } = x
    const name = x.variable(0, 'variable name must be a simple identifier')
    const value = maker.member(call.target, { name: 'value', args: [] }, call.at)
    const bound = maker.loop(
      {
        range: x.empty,
        name: '#unused',
        accumulator: name,
        start: value,
        goesOn: x.literal(false),
        step: maker.name(name, call.at),
        result: x.arg(1),
      },
      call.at,
    )
    const some = flat ? bound : x.of('optional.of', bound)
    const has = maker.member(call.target, { name: 'hasValue', args: [] }, call.at)
    return x.of('_?_:_', has, some, x.of('optional.none'))
  }
}

const MACROS: Readonly<Record<string, Macro>> = {
  'all/2': all(1),
  'exists/2': exists(1),
  'exists_one/2': existsOne(1),
  'existsOne/2': existsOne(1),
  'map/2': collected(1, false),
  'map/3': collected(1, true),
  'filter/2': filter,
  'all/3': all(2),
  'exists/3': exists(2),
  'existsOne/3': existsOne(2),
  'exists_one/3': existsOne(2),
  'transformList/3': collected(2, false),
  'transformList/4': collected(2, true),
  'transformMap/3': transformMap(false),
  'transformMap/4': transformMap(true),
  'optMap/2': optional(false),
  'optFlatMap/2': optional(true),
}
