import { isDeepStrictEqual } from 'node:util'
import { ApiFault } from '../../api/fault.ts'
import { goValue } from '../apply/govalue.ts'
import { isObject } from './served.ts'
import { mistyped, noMergeKey, unknownPatchType, unmergeable } from './strategic-fault.ts'

type Members = Readonly<Record<string, unknown>>
type Items = readonly unknown[]

/** How a list is merged. */
export interface Merging {
  /** Whether it is merged at all, or replaced. */
  readonly merges: boolean
  /** The member that tells its items apart; empty for plain values. */
  readonly mergeKey: string
  readonly mergeItem: (original: Members, patch: Members) => Members
}

const DIRECTIVE = '$patch'

/** What stands in a patch for something new has no directives; what has one itself is not there at all. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter(item => item !== undefined)
  if (!isObject(value)) return value
  if (DIRECTIVE in value) return undefined
  const kept = Object.entries(value).map(([key, member]) => [key, withoutDirectives(member)] as const)
  return Object.fromEntries(kept.filter(([, member]) => member !== undefined))
}

/** The list with the items of the patch in it, which stand in the order of the patch. */
export function mergeLists(merging: Merging, original: Items, patch: Items): Items {
  if (original.length === 0 && patch.length === 0) return original
  if (!hasMaps(original, patch)) {
    const merged = [...new Set([...original, ...patch])]
    return arranged(merging, { merged, order: patch, live: original })
  }
  if (merging.mergeKey === '') throw unmergeable('cannot merge lists without merge key for struct')
  const { kept, given } = withSpecialItems(merging.mergeKey, original, patch)
  const merged = mergeItems(merging, kept, given)
  requireNamed(merging.mergeKey, merged)
  return arranged(merging, { merged, order: given, live: kept })
}

/** Whether the items are objects; they must all be of one type. */
function hasMaps(...lists: readonly Items[]): boolean {
  const types = new Set(lists.flat().map(item => (Array.isArray(item) ? 'slice' : isObject(item) ? 'map' : 'scalar')))
  if (types.has('slice')) throw new ApiFault('Invalid', 'lists of lists are not supported')
  if (types.size > 1) throw unmergeable('list element types are not identical')
  if (types.size === 0) throw unmergeable('no elements in any of the given slices')
  return types.has('map')
}

/** Does what items of the patch say of the whole list: to be replaced, or to lose some. */
function withSpecialItems(mergeKey: string, original: Items, patch: Items): { kept: Items; given: Items } {
  let kept = original
  let replaced = false
  const given: unknown[] = []
  for (const item of patch) {
    if (!isObject(item) || !(DIRECTIVE in item)) given.push(item)
    else if (item[DIRECTIVE] === 'delete') {
      if (!(mergeKey in item)) throw noMergeKey(item, mergeKey)
      kept = kept.filter(other => !isObject(other) || other[mergeKey] !== item[mergeKey])
    } else if (item[DIRECTIVE] === 'replace') replaced = true
    else if (item[DIRECTIVE] === 'merge') throw unmergeable('merging lists cannot yet be specified in the patch')
    else throw unknownPatchType(item[DIRECTIVE], item)
  }
  return replaced ? { kept: given, given: [] } : { kept, given }
}

function mergeItems({ mergeKey, mergeItem }: Merging, original: Items, patch: Items): Items {
  const merged = [...original]
  for (const item of patch) {
    const given = mapOf(item)
    if (!(mergeKey in given)) throw noMergeKey(given, mergeKey)
    const at = merged.findIndex(other => isObject(other) && other[mergeKey] === given[mergeKey])
    if (at < 0) merged.push(item)
    else merged[at] = mergeItem(mapOf(merged[at]), given)
  }
  return merged
}

function mapOf(item: unknown): Members {
  if (isObject(item)) return item
  throw mistyped('map', item)
}

function requireNamed(mergeKey: string, items: Items): void {
  if (mergeKey === '') return
  for (const item of items) if (!(mergeKey in mapOf(item))) throw noMergeKey(item, mergeKey)
}

interface Ordering {
  readonly live: Items | undefined
  readonly given: Items | undefined
  /** Items, or their merge keys alone, as they are to stand. */
  readonly order: Items
}

/** The merged list, or that of both that is there, in the order that the patch asks for. */
export function orderedBy(merging: Merging, { live, given, order }: Ordering): Items {
  requireOrder(merging.mergeKey, given ?? [], order)
  const merged = bothOf(merging, live, given)
  requireNamed(merging.mergeKey, merged)
  return arranged(merging, { merged, order, live: stoodIn(merging, live ?? [], given ?? []) })
}

/** Where an item was taken away, the real server takes those that are new for old ones, as far as there was room. */
function stoodIn(merging: Merging, live: Items, patch: Items): Items {
  if (!merging.merges || !hasMaps(live, patch)) return live
  const { kept, given } = withSpecialItems(merging.mergeKey, live, patch)
  return kept.length < live.length ? mergeItems(merging, kept, given).slice(0, live.length) : live
}

function bothOf(merging: Merging, live: Items | undefined, given: Items | undefined): Items {
  if (!given) return live ?? []
  if (live && merging.merges) return mergeLists(merging, live, given)
  if (live) return given
  return given.map(withoutDirectives).filter(item => item !== undefined)
}

/** Items of the patch must stand in it as they are to stand then. */
function requireOrder(mergeKey: string, patch: Items, order: Items): void {
  if (order.length === 0 || patch.length === 0) return
  const stays = mergeKey === '' ? patch : patch.filter(item => mapOf(item)[DIRECTIVE] !== 'delete')
  let at = 0
  for (let next = 0; at < stays.length && next < order.length; ) {
    const item = stays[at]
    if (isObject(item) && DIRECTIVE in item) at++
    else if (sameItem(mergeKey, item, order[next++])) at++
  }
  if (at === stays.length) return
  const said = `The order in patch list:\n${goValue(patch)}\n doesn't match $setElementOrder list:\n${goValue(order)}\n`
  throw unmergeable(said)
}

function sameItem(mergeKey: string, a: unknown, b: unknown): boolean {
  if (mergeKey === '') return isDeepStrictEqual(a, b)
  const [left, right] = [mapOf(a), mapOf(b)]
  for (const item of [left, right]) if (!(mergeKey in item)) throw noMergeKey(item, mergeKey)
  return left[mergeKey] === right[mergeKey]
}

/** Items that an order names stand as it says; all others stand among them as they stood. */
function arranged({ mergeKey }: Merging, { merged, order, live }: { merged: Items; order: Items; live: Items }): Items {
  const keyOf = (item: unknown) => (mergeKey === '' || !isObject(item) ? item : item[mergeKey])
  const places = new Map(order.map((item, at) => [keyOf(item), at]))
  const stood = new Map(live.map((item, at) => [keyOf(item), at]))
  const by = (map: ReadonlyMap<unknown, number>) => (a: unknown, b: unknown) =>
    (map.get(keyOf(a)) ?? 0) - (map.get(keyOf(b)) ?? 0)
  const named = merged.filter(item => places.has(keyOf(item))).sort(by(places))
  const others = merged.filter(item => !places.has(keyOf(item))).sort(by(stood))
  return interleaved(others, named, item => stood.get(keyOf(item)))
}

function interleaved(others: Items, named: Items, stood: (item: unknown) => number | undefined): Items {
  const all: unknown[] = []
  let next = 0
  for (const item of named) {
    const place = stood(item)
    while (next < others.length && place !== undefined && (stood(others[next]) ?? place) < place)
      all.push(others[next++])
    all.push(item)
  }
  return [...all, ...others.slice(next)]
}

/** Takes plain values from a list. */
export function fromList(list: Items, gone: Items): Items {
  if (list.length > 0 || gone.length > 0) hasMaps(list, gone)
  return list.filter(item => !gone.includes(item))
}
