import { goDuration, isDateTime } from '../schema/time.ts'
import type { Checked, Fault } from './checker.ts'
import { patternFault } from './library/strings.ts'
import type { Expr, Item } from './syntax.ts'
import { DYN, type Type, textOf } from './type.ts'

type Judge = (text: string) => boolean

const TEXTS: Readonly<Record<string, Judge>> = {
  duration: text => goDuration(text) !== undefined,
  timestamp: isDateTime,
  matches: text => patternFault(text) === undefined,
}

/**
 * What is wrong with what stands in an expression: durations, times and patterns that are none, and lists and maps of
 * several types, which only `format` may be given (cel-go `cel/validator.go`).
 */
export function literalFaults({ expr, types }: Checked): Fault[] {
  const faults: Fault[] = []
  const see = (one: Expr, free: boolean): void => {
    if (one.is === 'call') faults.push(...textFaults(one))
    if (!free && one.is === 'list') faults.push(...mixedFaults(one.items, types))
    if (!free && one.is === 'map') faults.push(...mixedFaults(one.entries, types))
    for (const inner of insideOf(one)) see(inner, free || (one.is === 'call' && one.name === 'format'))
  }
  see(expr, false)
  return faults
}

function textFaults(call: Extract<Expr, { is: 'call' }>): Fault[] {
  const judge = Object.hasOwn(TEXTS, call.name) ? TEXTS[call.name] : undefined
  const arg = call.args.at(-1)
  if (!judge || arg?.is !== 'literal' || typeof arg.value !== 'string' || judge(arg.value)) return []
  return [{ why: `invalid ${call.name} argument`, at: arg.at }]
}

function mixedFaults(items: readonly Item[], types: Checked['types']): Fault[] {
  const typeOf = ({ value, optional }: Item): Type => {
    const type = types.get(value.id) ?? DYN
    return optional ? (type.of[0] ?? type) : type
  }
  const [first, ...others] = items
  const wanted = first && typeOf(first)
  const odd = wanted && others.find(item => !isLike(wanted, typeOf(item)))
  return odd && wanted
    ? [{ why: `expected type '${textOf(wanted)}' but found '${textOf(typeOf(odd))}'`, at: odd.value.at }]
    : []
}

/** The same type, wherever both say which one. */
function isLike(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn') return a.kind === b.kind
  return a.kind === b.kind && a.name === b.name && a.of.every((of, at) => isLikeInside(of, b.of[at] ?? DYN))
}

function isLikeInside(a: Type, b: Type): boolean {
  return a.kind === 'dyn' || b.kind === 'dyn' || isLike(a, b)
}

function insideOf(expr: Expr): readonly Expr[] {
  switch (expr.is) {
    case 'select':
      return [expr.of]
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args
    case 'list':
      return expr.items.map(({ value }) => value)
    case 'map':
      return expr.entries.flatMap(({ key, value }) => [key, value])
    case 'loop':
      return [expr.range, expr.start, expr.goesOn, expr.step, expr.result]
  }
  return []
}
