import { compare, copied, equals } from '../equality.ts'
import type { Table } from '../function.ts'
import { Duration, Failure, type List, type Mapping, Uint, type Value } from '../value.ts'
import { asDuration, asInt, asUint, shownKey } from './operators.ts'

const COMPARABLE = ['int', 'uint', 'double', 'bool', 'duration', 'timestamp', 'string', 'bytes']

function isSorted({ items }: List): Value {
  return items.every((item, at) => at === 0 || (compare(items[at - 1] ?? null, item) ?? 0) <= 0)
}

/** The first item that is before, or behind, all others. */
function extreme(name: string, wanted: number): (list: List) => Value {
  return ({ items: [first, ...others] }) => {
    if (first === undefined) return new Failure(`${name} called on empty list`)
    return others.reduce((best, item) => (Math.sign(compare(item, best) ?? 0) === wanted ? item : best), first)
  }
}

function sum(zero: Value, plus: (a: never, b: never) => Value): (list: List) => Value {
  return ({ items }) => {
    const add = plus as unknown as (a: Value, b: Value) => Value
    return items.reduce((total, item) => (total instanceof Failure ? total : add(total, item)), zero)
  }
}

const SUMS: Table = [
  ['.sum(list<int>) int', sum(0n, (a: bigint, b: bigint) => asInt(a + b))],
  ['.sum(list<uint>) uint', sum(new Uint(0n), (a: Uint, b: Uint) => asUint(a.value + b.value))],
  ['.sum(list<double>) double', sum(0, (a: number, b: number) => a + b)],
  ['.sum(list<duration>) duration', sum(new Duration(0n), (a: Duration, b: Duration) => asDuration(a.nanos + b.nanos))],
]

const MOST = extreme('max', 1)
const LEAST = extreme('min', -1)

function containsAll(all: List, some: List): boolean {
  return some.items.every(item => all.items.some(one => equals(one, item)))
}

const SETS: Table = [
  ['sets.contains(list<T>, list<T>) bool', containsAll],
  ['sets.equivalent(list<T>, list<T>) bool', (a: List, b: List) => containsAll(a, b) && containsAll(b, a)],
  ['sets.intersects(list<T>, list<T>) bool', (a: List, b: List) => a.items.some(x => b.items.some(y => equals(x, y)))],
]

/** What `transformMap` builds its map with; a key may come once only. */
function inserted(map: Mapping, key: Value, value: Value): Value {
  if (map.find(key) !== undefined) return new Failure(`insert failed: key ${shownKey(key)} already exists`)
  return copied(map).with(key, value)
}

/** Lists and sets (Kubernetes' `kubernetes.lists`, cel-go's `ext.Sets`). */
export const LISTS: Table = [
  ...COMPARABLE.map(type => [`.isSorted(list<${type}>) bool`, isSorted] as const),
  ...SUMS,
  ...COMPARABLE.map(type => [`.max(list<${type}>) ${type}`, MOST] as const),
  ...COMPARABLE.map(type => [`.min(list<${type}>) ${type}`, LEAST] as const),
  ['.indexOf(list<T>, T) int', ({ items }: List, item: Value) => BigInt(items.findIndex(one => equals(one, item)))],
  [
    '.lastIndexOf(list<T>, T) int',
    ({ items }: List, item: Value) => BigInt(items.findLastIndex(one => equals(one, item))),
  ],
  ...SETS,
  ['cel.@mapInsert(map<K, V>, K, V) map<K, V>', inserted],
]
