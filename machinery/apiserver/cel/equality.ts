import { isDeepStrictEqual } from 'node:util'
import {
  Dictionary,
  Duration,
  isMapping,
  isOpaque,
  type Keyed,
  keyText,
  List,
  type Mapping,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  type Value,
} from './value.ts'

/** Numbers are compared by what they are worth, whatever their types; values of different types are not equal. */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return true
  if (isNumber(a)) return isNumber(b) && compareNumbers(a, b) === 0
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return false
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0
  if (a instanceof List) return b instanceof List && sameItems(a, b)
  if (a instanceof Timestamp) return b instanceof Timestamp && a.nanos === b.nanos
  if (a instanceof Duration) return b instanceof Duration && a.nanos === b.nanos
  if (a instanceof TypeValue) return b instanceof TypeValue && a.name === b.name
  if (a instanceof Optional) return b instanceof Optional && sameOptional(a, b)
  if (isMapping(a)) return isMapping(b) && sameEntries(a, b)
  return isOpaque(a) && a.equals(b)
}

export type Numeric = bigint | number | Uint

export function isNumber(value: Value): value is Numeric {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof Uint
}

/** Below, at or above zero; not a number when one of them is none. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const mixed = (typeof a === 'number') !== (typeof b === 'number')
  const [left, right] = [a, b].map(one => {
    const value = one instanceof Uint ? one.value : one
    return mixed ? Number(value) : value // as Go does it, which loses digits
  }) as [bigint, bigint] | [number, number]
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.NaN
  return left < right ? -1 : left > right ? 1 : 0
}

function sameOptional({ value: a }: Optional, { value: b }: Optional): boolean {
  return a === undefined || b === undefined ? a === b : equals(a, b)
}

/** A set, and a list told apart by keys, have no order. */
function sameItems(a: List, b: List): boolean {
  if (a.items.length !== b.items.length) return false
  const { keyed } = a
  if (!keyed) return a.items.every((item, at) => equals(item, b.items[at] ?? null))
  const own = new Map(a.items.map(item => [itemKey(item, keyed), item]))
  return b.items.every(item => {
    const mine = own.get(itemKey(item, keyed))
    return mine !== undefined && equals(mine, item)
  })
}

export function itemKey(item: Value, { keys }: Keyed): string {
  if (!keys) return isNumber(item) || typeof item === 'string' ? keyText(item) : JSON.stringify(plain(item))
  if (!isMapping(item)) return ''
  return JSON.stringify(keys.map(key => keyText(item.find(key) ?? null)))
}

function plain(value: Value): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof List) return value.items.map(plain)
  if (isMapping(value))
    return Object.fromEntries(value.keys().map(key => [keyText(key), plain(value.find(key) ?? null)]))
  return value
}

function sameEntries(a: Mapping, b: Mapping): boolean {
  if (a.size !== b.size || !isDeepStrictEqual(a.unknown, b.unknown)) return false
  return a.keys().every(key => {
    const [mine, other] = [a.find(key), b.find(key)]
    return mine !== undefined && other !== undefined && equals(mine, other)
  })
}

/** `x + y` of lists: a set is joined with what is new to it; in a list with keys, later items replace earlier ones. */
export function joined(a: List, b: List): List {
  const { keyed } = a
  if (!keyed) return new List([...a.items, ...b.items])
  const items = new Map(a.items.map(item => [itemKey(item, keyed), item]))
  for (const item of b.items) {
    const key = itemKey(item, keyed)
    if (keyed.keys || !items.has(key)) items.set(key, item)
  }
  return new List([...items.values()], keyed)
}

/** The entries of a map in a map of its own. */
export function copied(map: Mapping): Dictionary {
  return new Dictionary(map.keys().map(key => [key, map.find(key) ?? null]))
}

/** Below, at or above zero; nothing where the two have no order. */
export function compare(a: Value, b: Value): number | undefined {
  if (isNumber(a)) return isNumber(b) ? compareNumbers(a, b) : undefined
  if (typeof a === 'boolean') return typeof b === 'boolean' ? Number(a) - Number(b) : undefined
  if (typeof a === 'string') return typeof b === 'string' ? compareText(a, b) : undefined
  if (a instanceof Uint8Array) return b instanceof Uint8Array ? Buffer.compare(a, b) : undefined
  if (a instanceof Timestamp) return b instanceof Timestamp ? compareNumbers(a.nanos, b.nanos) : undefined
  if (a instanceof Duration) return b instanceof Duration ? compareNumbers(a.nanos, b.nanos) : undefined
  return undefined
}

/** By bytes of UTF-8, which is by code points. */
function compareText(a: string, b: string): number {
  if (a === b) return 0
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
