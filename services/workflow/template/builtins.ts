import { utf8 } from '../../../wire/bytes.ts'
import { equal, order } from './compare.ts'
import { escapeHtml, escapeJs, escapeQuery } from './escape.ts'
import { FunctionFault } from './fault.ts'
import { any, count, type Functions, fn, text, variadic } from './function.ts'
import type { Limits } from './limits.ts'
import { print } from './print.ts'
import { printf } from './printf.ts'
import { isDict, isList, truth, typeName, type Value } from './value.ts'

/** The functions that Go's text/template brings along (text/template/funcs.go). */
export const BUILTINS: Functions = {
  // The executor asks `and` and `or` for their arguments one by one; these two only say that they are there.
  and: variadic([any], any, ([first]) => first),
  or: variadic([any], any, ([first]) => first),
  not: fn([any], ([value]) => !truth(value)),
  eq: variadic([any], any, ([first], others) => equal(first, others)),
  ne: fn([any, any], ([one, other]) => !equal(one, [other])),
  lt: fn([any, any], ([one, other]) => order(one, other) < 0),
  le: fn([any, any], ([one, other]) => order(one, other) <= 0),
  gt: fn([any, any], ([one, other]) => order(one, other) > 0),
  ge: fn([any, any], ([one, other]) => order(one, other) >= 0),
  len: fn([any], ([value]) => BigInt(length(value))),
  index: variadic([any], any, ([value], keys) => keys.reduce<Value>(element, value)),
  slice: variadic([any], count, ([value], bounds) => slice(value, bounds)),
  print: variadic([], any, (_, values, limits) => sprint(values, limits)),
  println: variadic([], any, (_, values, limits) => `${values.map(value => print(value, limits)).join(' ')}\n`),
  printf: variadic([text], any, ([format], values, limits) => printf(format, values, limits)),
  html: variadic([], any, (_, values, limits) => escapeHtml(plain(values, limits))),
  js: variadic([], any, (_, values, limits) => escapeJs(plain(values, limits))),
  urlquery: variadic([], any, (_, values, limits) => escapeQuery(plain(values, limits))),
  call: variadic([any], any, ([callee]) => {
    throw new FunctionFault(
      'template/type',
      callee === null ? 'call of nil' : `non-function of type ${typeName(callee)}`,
    )
  }),
}

/** Go's fmt.Sprint: a space between two neighbours neither of which is a text. */
function sprint(values: readonly Value[], limits: Limits): string {
  return values
    .map((value, at) => {
      const spaced = at > 0 && typeof value !== 'string' && typeof values[at - 1] !== 'string'
      return `${spaced ? ' ' : ''}${print(value, limits)}`
    })
    .join('')
}

/** What the escapers see: one text as it is, anything else printed. */
function plain(values: readonly Value[], limits: Limits): string {
  return sprint(values, limits)
}

function length(value: Value): number {
  if (typeof value === 'string') return utf8.encode(value).length
  if (isList(value)) return value.length
  if (isDict(value)) return value.size
  throw new FunctionFault('template/type', value === null ? 'len of nil pointer' : `len of type ${typeName(value)}`)
}

function element(value: Value, key: Value): Value {
  if (isDict(value)) {
    if (typeof key !== 'string')
      throw new FunctionFault('template/type', `value has type ${typeName(key)}; should be string`)
    return value.get(key) ?? null
  }
  if (!isList(value) && typeof value !== 'string') {
    throw new FunctionFault(
      'template/type',
      value === null ? 'index of untyped nil' : `can't index item of type ${typeName(value)}`,
    )
  }
  const at = count.take(key)
  if (at === undefined) throw new FunctionFault('template/type', `cannot index slice/array with type ${typeName(key)}`)
  const items: readonly Value[] = typeof value === 'string' ? Array.from(utf8.encode(value), BigInt) : value
  if (at < 0 || at >= items.length) throw new FunctionFault('template/function', `index out of range: ${at}`)
  return items[at] ?? null
}

function slice(value: Value, bounds: readonly number[]): Value {
  if (bounds.length > 3) throw new FunctionFault('template/arguments', `too many slice indexes: ${bounds.length}`)
  if (!isList(value) && typeof value !== 'string') {
    throw new FunctionFault(
      'template/type',
      value === null ? 'slice of untyped nil' : `can't slice item of type ${typeName(value)}`,
    )
  }
  const items = typeof value === 'string' ? utf8.encode(value) : value
  const [from = 0, to = items.length] = bounds
  for (const bound of bounds) {
    if (bound < 0 || bound > items.length) throw new FunctionFault('template/function', `index out of range: ${bound}`)
  }
  if (from > to) throw new FunctionFault('template/function', `invalid slice index: ${from} > ${to}`)
  return items instanceof Uint8Array ? utf8.decode(items.slice(from, to)) : items.slice(from, to)
}
