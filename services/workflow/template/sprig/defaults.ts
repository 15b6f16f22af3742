import { deepEqual } from '../compare.ts'
import { FunctionFault } from '../fault.ts'
import { any, type Functions, flag, fn, text, variadic } from '../function.ts'
import { isDict, isList, Struct, truth, typeName, type Value } from '../value.ts'

/** What Sprig takes for a missing value: nil, zero, empty; a struct is never one. */
const empty = (value: Value): boolean => !truth(value)

/** Sprig's defaults, choices and questions about types (sprig defaults.go, reflect.go). */
export const DEFAULTS: Functions = {
  default: variadic([any], any, ([fallback], [given]) => (given === undefined || empty(given) ? fallback : given)),
  empty: fn([any], ([value]) => empty(value)),
  coalesce: variadic([], any, (_, values) => values.find(value => !empty(value)) ?? null),
  all: variadic([], any, (_, values) => !values.some(empty)),
  any: variadic([], any, (_, values) => values.some(value => !empty(value))),
  ternary: fn([any, any, flag], ([yes, no, which]) => (which ? yes : no)),
  fail: fn([text], ([sentence]) => {
    throw new FunctionFault('template/function', sentence)
  }),
  typeOf: fn([any], ([value]) => (value === null ? '<nil>' : typeName(value))),
  typeIs: fn([text, any], ([name, value]) => name === (value === null ? '<nil>' : typeName(value))),
  typeIsLike: fn([text, any], ([name, value]) => name.replace(/^\*/, '') === typeName(value)),
  kindOf: fn([any], ([value]) => kind(value)),
  kindIs: fn([text, any], ([name, value]) => name === kind(value)),
  deepEqual: fn([any, any], ([one, other], limits) => deepEqual(one, other, () => limits.step())),
}

function kind(value: Value): string {
  if (value === null) return 'invalid'
  if (isList(value)) return 'slice'
  if (isDict(value)) return 'map'
  return value instanceof Struct ? 'struct' : typeName(value)
}
