import { deepEqual } from '../compare.ts'
import { FunctionFault } from '../fault.ts'
import { any, count, type Functions, fn, type Param, variadic } from '../function.ts'
import type { Limits } from '../limits.ts'
import { byBytes, isList, type List, truth, typeName, type Value } from '../value.ts'
import { textsOf } from './text.ts'

/** A list; nil is none, and Sprig says so. */
const items: Param<List> = { expected: 'list', take: value => (isList(value) ? value : undefined) }

const same = (limits: Limits) => (one: Value, other: Value) => deepEqual(one, other, () => limits.step())

/** A list of this length is paid for before it is made. */
function sized<T extends List>(list: T, limits: Limits): T {
  limits.step(list.length)
  return list
}

/** Functions on lists; each `must...` form is the same, since ours never panics (sprig list.go). */
const LIST_FUNCTIONS: Functions = {
  first: fn([items], ([list]) => list[0] ?? null),
  last: fn([items], ([list]) => list.at(-1) ?? null),
  rest: fn([items], ([list], limits) => sized(list.slice(1), limits)),
  initial: fn([items], ([list], limits) => sized(list.slice(0, -1), limits)),
  append: fn([items, any], ([list, item], limits) => sized([...list, item], limits)),
  push: fn([items, any], ([list, item], limits) => sized([...list, item], limits)),
  prepend: fn([items, any], ([list, item], limits) => sized([item, ...list], limits)),
  reverse: fn([items], ([list], limits) => sized(list.toReversed(), limits)),
  compact: fn([items], ([list], limits) => sized(list.filter(truth), limits)),
  uniq: fn([items], ([list], limits) =>
    list.filter((item, at) => list.findIndex(other => same(limits)(item, other)) === at),
  ),
  without: variadic([items], any, ([list], unwanted, limits) =>
    list.filter(item => !unwanted.some(other => same(limits)(item, other))),
  ),
  has: fn([any, any], ([needle, list], limits) => {
    if (list === null) return false
    if (!isList(list)) throw new FunctionFault('template/type', `Cannot find has on type ${typeName(list)}`)
    return list.some(item => same(limits)(needle, item))
  }),
  slice: variadic([items], count, ([list], [from = 0, to = list.length]) => {
    if (from < 0 || to > list.length || from > to)
      throw new FunctionFault('template/function', `slice bounds out of range [${from}:${to}]`)
    return list.slice(from, to)
  }),
  chunk: fn([count, items], ([size, list], limits) => {
    limits.step(list.length)
    if (size <= 0) throw new FunctionFault('template/function', 'a chunk holds at least one')
    return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
  }),
}

export const LISTS: Functions = {
  ...LIST_FUNCTIONS,
  ...Object.fromEntries(
    Object.entries(LIST_FUNCTIONS).map(([name, each]) => [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, each]),
  ),
  list: variadic([], any, (_, values) => values),
  tuple: variadic([], any, (_, values) => values),
  concat: variadic([], items, (_, lists, limits) => sized(lists.flat(1), limits)),
  sortAlpha: fn([any], ([value], limits) => textsOf(value, limits).sort(byBytes)),
}
