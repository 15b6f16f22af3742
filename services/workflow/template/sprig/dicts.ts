import { FunctionFault } from '../fault.ts'
import { any, dict, type Functions, fn, text, variadic } from '../function.ts'
import type { Limits } from '../limits.ts'
import { print } from '../print.ts'
import { type Dict, isDict, isList, sortedKeys, truth, type Value } from '../value.ts'

/** Sprig's functions on maps (sprig dict.go). Where Go's order is by chance, ours is the sorted one. */
export const DICTS: Functions = {
  dict: variadic([], any, (_, pairs, limits) => {
    const made: Dict = new Map()
    for (let at = 0; at < pairs.length; at += 2) made.set(print(pairs[at] ?? null, limits), pairs[at + 1] ?? '')
    return made
  }),
  get: fn([dict, text], ([map, key]) => map.get(key) ?? ''),
  set: fn([dict, text, any], ([map, key, value]) => map.set(key, value)),
  unset: fn([dict, text], ([map, key]) => {
    map.delete(key)
    return map
  }),
  hasKey: fn([dict, text], ([map, key]) => map.has(key)),
  keys: variadic([], dict, (_, maps, limits) => {
    limits.step(maps.reduce((sum, map) => sum + map.size, 0))
    return maps.flatMap(sortedKeys)
  }),
  values: fn([dict], ([map]) => sortedKeys(map).map(key => map.get(key) ?? null)),
  pluck: variadic([text], dict, ([key], maps) => maps.flatMap(map => (map.has(key) ? [map.get(key) ?? null] : []))),
  pick: variadic([dict], text, ([map], keys) => new Map([...map].filter(([key]) => keys.includes(key)))),
  omit: variadic([dict], text, ([map], keys) => new Map([...map].filter(([key]) => !keys.includes(key)))),
  merge: variadic([dict], dict, ([target], sources, limits) => merged(target, sources, { limits, overwrite: false })),
  mustMerge: variadic([dict], dict, ([target], sources, limits) =>
    merged(target, sources, { limits, overwrite: false }),
  ),
  mergeOverwrite: variadic([dict], dict, ([target], sources, limits) =>
    merged(target, sources, { limits, overwrite: true }),
  ),
  mustMergeOverwrite: variadic([dict], dict, ([target], sources, limits) =>
    merged(target, sources, { limits, overwrite: true }),
  ),
  deepCopy: fn([any], ([value], limits) => copied(value, limits)),
  mustDeepCopy: fn([any], ([value], limits) => copied(value, limits)),
  dig: variadic([any, any, any], any, (first, more) => dig([...first, ...more])),
}

interface Merging {
  readonly limits: Limits
  readonly overwrite: boolean
}

/** Fills what is empty in the target, or with `overwrite` all that the sources have something for; maps are merged deeply. */
function merged(target: Dict, sources: readonly Dict[], how: Merging, depth = 0): Dict {
  if (depth > DEPTH_MOST) throw new FunctionFault('template/type', 'a value contains itself')
  for (const source of sources) {
    for (const [key, value] of source) {
      how.limits.step()
      const there = target.get(key) ?? null
      if (isDict(there) && isDict(value)) merged(there, [value], how, depth + 1)
      else if (how.overwrite ? truth(value) || !target.has(key) : !truth(there)) target.set(key, value)
    }
  }
  return target
}

const DEPTH_MOST = 200

function copied(value: Value, limits: Limits, depth = 0): Value {
  limits.step()
  if (depth > DEPTH_MOST) throw new FunctionFault('template/type', 'a value contains itself')
  if (isList(value)) return value.map(item => copied(item, limits, depth + 1))
  if (isDict(value)) return new Map([...value].map(([key, item]) => [key, copied(item, limits, depth + 1)]))
  return value
}

/** Keys, what to give when one of them is missing, and the map. */
function dig(args: readonly Value[]): Value {
  const fallback = args.at(-2) ?? null
  let value = args.at(-1) ?? null
  for (const key of args.slice(0, -2)) {
    if (!isDict(value) || typeof key !== 'string') {
      throw new FunctionFault(
        'template/type',
        isList(value) ? 'dig does not look into lists' : 'dig wants maps and texts as keys',
      )
    }
    const next = value.get(key)
    if (next === undefined) return fallback
    value = next
  }
  return value
}
