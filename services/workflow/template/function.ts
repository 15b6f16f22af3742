import { FunctionFault } from './fault.ts'
import type { Limits } from './limits.ts'
import { type Dict, isDict, isList, type List, typeName, type Value } from './value.ts'

/** What a parameter takes: `take` gives undefined for a value that Go would not pass either. */
export interface Param<T> {
  readonly expected: string
  readonly take: (value: Value) => T | undefined
}

type Taken<P extends readonly Param<unknown>[]> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never }

/** A function of the template language, its arguments checked before it is called. */
export interface TemplateFunction {
  readonly least: number
  readonly most: number
  readonly call: (args: readonly Value[], limits: Limits) => Value
}

export type Functions = Readonly<Record<string, TemplateFunction>>

export const any: Param<Value> = { expected: 'any value', take: value => value }
export const text: Param<string> = {
  expected: 'string',
  take: value => (typeof value === 'string' ? value : undefined),
}
/** Constants such as `3.0` are whole numbers to Go too. */
export const whole: Param<bigint> = {
  expected: 'int',
  take: value => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
    return typeof value === 'bigint' ? value : undefined
  },
}
/** An integer for counts and positions; the clamp keeps huge ones huge. */
export const count: Param<number> = {
  expected: 'int',
  take: value => {
    const integer = whole.take(value)
    return integer === undefined ? undefined : Number(integer)
  },
}
export const flag: Param<boolean> = {
  expected: 'bool',
  take: value => (typeof value === 'boolean' ? value : undefined),
}
export const list: Param<List> = { expected: 'list', take: value => (isList(value) ? value : undefined) }
export const dict: Param<Dict> = {
  expected: 'map[string]interface {}',
  take: value => (isDict(value) ? value : undefined),
}

/** A function with exactly these parameters. */
export function fn<const P extends readonly Param<unknown>[]>(
  params: P,
  body: (args: Taken<P>, limits: Limits) => Value,
): TemplateFunction {
  return {
    least: params.length,
    most: params.length,
    call: (args, limits) =>
      body(params.map((param, at) => taken(param, args[at] ?? null)) as unknown as Taken<P>, limits),
  }
}

/** A function with these parameters, and any number of values after them. */
export function variadic<const P extends readonly Param<unknown>[], R>(
  params: P,
  rest: Param<R>,
  body: (args: Taken<P>, more: readonly R[], limits: Limits) => Value,
): TemplateFunction {
  return {
    least: params.length,
    most: Number.POSITIVE_INFINITY,
    call: (args, limits) => {
      const first = params.map((param, at) => taken(param, args[at] ?? null)) as unknown as Taken<P>
      const more = args.slice(params.length).map(value => taken(rest, value))
      return body(first, more, limits)
    },
  }
}

function taken<T>(param: Param<T>, value: Value): T {
  const given = param.take(value)
  if (given !== undefined) return given
  const sentence =
    value === null
      ? `invalid value; expected ${param.expected}`
      : `wrong type for value; expected ${param.expected}; got ${typeName(value)}`
  throw new FunctionFault('template/arguments', sentence)
}

/** Calls a function; what it refuses names it. */
export function callFunction(
  name: string,
  definition: TemplateFunction,
  args: readonly Value[],
  limits: Limits,
): Value {
  const { least, most } = definition
  if (args.length < least || args.length > most) {
    const want = least === most ? `${least}` : `at least ${least}`
    throw new FunctionFault('template/arguments', `wrong number of args for ${name}: want ${want} got ${args.length}`, {
      function: name,
    })
  }
  try {
    const result = definition.call(args, limits)
    if (typeof result === 'string') limits.room(result.length)
    return result
  } catch (fault) {
    if (!(fault instanceof FunctionFault) || fault.facts.function !== undefined) throw fault
    throw new FunctionFault(fault.code, `error calling ${name}: ${fault.message}`, { function: name }, fault)
  }
}
