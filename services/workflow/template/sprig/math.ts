import { INT64 } from '../constant.ts'
import { FunctionFault } from '../fault.ts'
import { any, count, type Functions, fn, variadic } from '../function.ts'
import type { Limits } from '../limits.ts'
import type { Value } from '../value.ts'

/** Sprig's arithmetic (sprig numeric.go): whatever comes is made an int64, or 0. */
export const MATH: Functions = {
  add: variadic([], any, (_, values) => wrap(values.reduce<bigint>((sum, value) => sum + int64(value), 0n))),
  add1: fn([any], ([value]) => wrap(int64(value) + 1n)),
  sub: fn([any, any], ([one, other]) => wrap(int64(one) - int64(other))),
  mul: variadic([any], any, ([first], values) =>
    values.reduce<bigint>((product, value) => wrap(product * int64(value)), int64(first)),
  ),
  div: fn([any, any], ([one, other]) => int64(one) / divisor(other)),
  mod: fn([any, any], ([one, other]) => int64(one) % divisor(other)),
  max: variadic([any], any, ([first], values) => most(first, values, (one, other) => one > other)),
  biggest: variadic([any], any, ([first], values) => most(first, values, (one, other) => one > other)),
  min: variadic([any], any, ([first], values) => most(first, values, (one, other) => one < other)),
  addf: variadic([], any, (_, values) => values.reduce<number>((sum, value) => sum + float64(value), 0)),
  add1f: fn([any], ([value]) => float64(value) + 1),
  subf: variadic([any], any, ([first], values) =>
    values.reduce<number>((rest, value) => rest - float64(value), float64(first)),
  ),
  mulf: variadic([any], any, ([first], values) =>
    values.reduce<number>((product, value) => product * float64(value), float64(first)),
  ),
  divf: variadic([any], any, ([first], values) =>
    values.reduce<number>((rest, value) => rest / float64(value), float64(first)),
  ),
  maxf: variadic([any], any, ([first], values) => Math.max(float64(first), ...values.map(float64))),
  minf: variadic([any], any, ([first], values) => Math.min(float64(first), ...values.map(float64))),
  ceil: fn([any], ([value]) => Math.ceil(float64(value))),
  floor: fn([any], ([value]) => Math.floor(float64(value))),
  round: variadic([any, count], any, ([value, places]) => round(float64(value), places)),
  int: fn([any], ([value]) => int64(value)),
  int64: fn([any], ([value]) => int64(value)),
  float64: fn([any], ([value]) => float64(value)),
  atoi: fn([any], ([value]) => (typeof value === 'string' && /^[+-]?[0-9]+$/.test(value) ? fit(BigInt(value)) : 0n)),
  until: fn([count], ([to], limits) => steps({ from: 0, to, by: to < 0 ? -1 : 1 }, limits)),
  untilStep: fn([count, count, count], ([from, to, by], limits) => steps({ from, to, by }, limits)),
  seq: variadic([], count, (_, numbers, limits) => steps(sequence(numbers), limits).join(' ')),
}

function sequence(numbers: readonly number[]): Steps {
  const [one = 0, two, three] = numbers
  if (numbers.length === 1) return one < 1 ? { from: 1, to: one - 1, by: -1 } : { from: 1, to: one + 1, by: 1 }
  if (three === undefined && two !== undefined) {
    return two < one ? { from: one, to: two - 1, by: -1 } : { from: one, to: two + 1, by: 1 }
  }
  if (numbers.length !== 3 || two === undefined || three === undefined) return { from: 0, to: 0, by: 1 }
  return { from: one, to: three + Math.sign(two), by: two }
}

interface Steps {
  readonly from: number
  readonly to: number
  readonly by: number
}

function steps({ from, to, by }: Steps, limits: Limits): bigint[] {
  const length = Math.ceil((to - from) / by)
  if (!(length > 0) || !Number.isFinite(length)) return []
  limits.step(length)
  return Array.from({ length }, (_, at) => BigInt(from + at * by))
}

export function int64(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return Number.isFinite(value) ? fit(BigInt(Math.trunc(value))) : 0n
  if (typeof value !== 'string' || !/^[+-]?(0[xX][0-9a-fA-F]+|[0-9]+)(\.0*)?$/.test(value)) return 0n
  const digits = value.replace(/\.0*$/, '').replace(/^[+-]/, '')
  // A leading zero means octal, as in Go; digits that are not octal make it no number.
  if (/^0[0-9]/.test(digits) && /[89]/.test(digits)) return 0n
  const size = BigInt(/^0[0-9]/.test(digits) ? `0o${digits.slice(1)}` : digits)
  return fit(value.startsWith('-') ? -size : size)
}

function float64(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return Number.isFinite(Number(value)) ? Number(value) : 0
  return Number(int64(value))
}

const fit = (value: bigint): bigint => (value < INT64.least || value > INT64.most ? 0n : value)
const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)

function divisor(value: Value): bigint {
  const by = int64(value)
  if (by === 0n) throw new FunctionFault('template/function', 'runtime error: integer divide by zero')
  return by
}

function most(first: Value, values: readonly Value[], better: (one: bigint, other: bigint) => boolean): bigint {
  return values.map(int64).reduce((best, value) => (better(value, best) ? value : best), int64(first))
}

/** Half away from zero, as Sprig has it. */
function round(value: number, places: number): number {
  const scale = 10 ** Math.min(Math.max(places, -15), 15)
  return (Math.sign(value) * Math.round(Math.abs(value) * scale)) / scale
}
