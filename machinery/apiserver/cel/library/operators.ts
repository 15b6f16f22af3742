import { compare, equals, joined } from '../equality.ts'
import type { Table } from '../function.ts'
import {
  Duration,
  Failure,
  foundOr,
  type List,
  type Mapping,
  type Optional,
  optionally,
  Timestamp,
  Uint,
  type Value,
} from '../value.ts'

const INT = { least: -(2n ** 63n), most: 2n ** 63n - 1n, why: 'integer overflow' }
const UINT = { least: 0n, most: 2n ** 64n - 1n, why: 'unsigned integer overflow' }
const SECOND = 1_000_000_000n
/** From the year 1 to the end of 9999. */
const TIME = { least: -62135596800n * SECOND, most: 253402300799n * SECOND + 999_999_999n, why: 'timestamp overflow' }
const DURATION = { ...INT, why: 'duration overflow' }

type Range = typeof INT

export function fitting(value: bigint, { least, most, why }: Range): bigint | Failure {
  return value < least || value > most ? new Failure(why) : value
}

export function asInt(value: bigint): Value {
  return fitting(value, INT)
}

export function asUint(value: bigint): Value {
  const fits = fitting(value, UINT)
  return fits instanceof Failure ? fits : new Uint(fits)
}

export function asTime(nanos: bigint): Value {
  const fits = fitting(nanos, TIME)
  return fits instanceof Failure ? fits : new Timestamp(fits)
}

export function asDuration(nanos: bigint): Value {
  const fits = fitting(nanos, DURATION)
  return fits instanceof Failure ? fits : new Duration(fits)
}

function divided(a: bigint, b: bigint): Value {
  return b === 0n ? new Failure('division by zero') : asInt(a / b)
}

function rest(a: bigint, b: bigint): Value {
  return b === 0n ? new Failure('modulus by zero') : asInt(a % b)
}

function unsigned(of: (a: bigint, b: bigint) => bigint): (a: Uint, b: Uint) => Value {
  return (a, b) => asUint(of(a.value, b.value))
}

const ARITHMETIC: Table = [
  ['_+_(bytes, bytes) bytes', (a: Uint8Array, b: Uint8Array) => Uint8Array.from([...a, ...b])],
  ['_+_(double, double) double', (a: number, b: number) => a + b],
  ['_+_(duration, duration) duration', (a: Duration, b: Duration) => asDuration(a.nanos + b.nanos)],
  ['_+_(duration, timestamp) timestamp', (a: Duration, b: Timestamp) => asTime(a.nanos + b.nanos)],
  ['_+_(timestamp, duration) timestamp', (a: Timestamp, b: Duration) => asTime(a.nanos + b.nanos)],
  ['_+_(int, int) int', (a: bigint, b: bigint) => asInt(a + b)],
  ['_+_(list<T>, list<T>) list<T>', (a: List, b: List) => joined(a, b)],
  ['_+_(string, string) string', (a: string, b: string) => a + b],
  ['_+_(uint, uint) uint', unsigned((a, b) => a + b)],
  ['_-_(double, double) double', (a: number, b: number) => a - b],
  ['_-_(duration, duration) duration', (a: Duration, b: Duration) => asDuration(a.nanos - b.nanos)],
  ['_-_(int, int) int', (a: bigint, b: bigint) => asInt(a - b)],
  ['_-_(timestamp, duration) timestamp', (a: Timestamp, b: Duration) => asTime(a.nanos - b.nanos)],
  ['_-_(timestamp, timestamp) duration', (a: Timestamp, b: Timestamp) => asDuration(a.nanos - b.nanos)],
  ['_-_(uint, uint) uint', unsigned((a, b) => a - b)],
  ['_*_(double, double) double', (a: number, b: number) => a * b],
  ['_*_(int, int) int', (a: bigint, b: bigint) => asInt(a * b)],
  ['_*_(uint, uint) uint', unsigned((a, b) => a * b)],
  ['_/_(double, double) double', (a: number, b: number) => a / b],
  ['_/_(int, int) int', divided],
  [
    '_/_(uint, uint) uint',
    (a: Uint, b: Uint) => (b.value ? asUint(a.value / b.value) : new Failure('division by zero')),
  ],
  ['_%_(int, int) int', rest],
  [
    '_%_(uint, uint) uint',
    (a: Uint, b: Uint) => (b.value ? asUint(a.value % b.value) : new Failure('modulus by zero')),
  ],
  ['-_(double) double', (a: number) => -a],
  ['-_(int) int', (a: bigint) => asInt(-a)],
  ['!_(bool) bool', (a: boolean) => !a],
]

const ORDERED = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration']
const MIXED = ['int, double', 'int, uint', 'uint, double', 'uint, int', 'double, int', 'double, uint']
const ORDERS: readonly (readonly [string, (order: number) => boolean])[] = [
  ['_<_', order => order < 0],
  ['_<=_', order => order <= 0],
  ['_>_', order => order > 0],
  ['_>=_', order => order >= 0],
]

function ordered([name, holds]: (typeof ORDERS)[number]): Table {
  const run = (a: Value, b: Value): Value => {
    const order = compare(a, b)
    if (order === undefined) return new Failure('no such overload')
    return Number.isNaN(order) ? false : holds(order)
  }
  return [...ORDERED.map(type => `${type}, ${type}`), ...MIXED].map(types => [`${name}(${types}) bool`, run] as const)
}

const EQUALITY: Table = [
  ['_==_(T, T) bool', (a: Value, b: Value) => equals(a, b)],
  ['_!=_(T, T) bool', (a: Value, b: Value) => !equals(a, b)],
  ['@in(T, list<T>) bool', (item: Value, list: List) => list.items.some(one => equals(one, item))],
  ['@in(K, map<K, V>) bool', (key: Value, map: Mapping) => map.find(key) !== undefined],
]

/** The item at an index, or why there is none. Whole numbers of any type are indexes. */
function itemAt(list: List, index: Value): Value {
  const at = index instanceof Uint ? index.value : index
  if (typeof at === 'bigint' || (typeof at === 'number' && Number.isInteger(at))) {
    return foundOr(list.items[at < 0 ? list.items.length : Number(at)], `index out of bounds: ${at}`)
  }
  return new Failure('no such overload')
}

function memberAt(map: Mapping, key: Value): Value {
  return foundOr(map.find(key), `no such key: ${shownKey(key)}`)
}

export function shownKey(key: Value): string {
  return key instanceof Uint ? String(key.value) : String(key)
}

function through(of: Optional, look: (inner: Value) => Value): Value {
  return of.value === undefined ? of : optionally(look(of.value))
}

const INDEXES: Table = [
  ['_[_](list<T>, int) T', itemAt],
  ['_[_](map<K, V>, K) V', memberAt],
  [
    '_[_](optional<list<T>>, int) optional<T>',
    (of: Optional, at: Value) => through(of, list => itemAt(list as List, at)),
  ],
  [
    '_[_](optional<map<K, V>>, K) optional<V>',
    (of: Optional, at: Value) => through(of, map => memberAt(map as Mapping, at)),
  ],
  ['_[?_](list<T>, int) optional<T>', (list: List, at: Value) => optionally(itemAt(list, at))],
  ['_[?_](map<K, V>, K) optional<V>', (map: Mapping, at: Value) => optionally(memberAt(map, at))],
  [
    '_[?_](optional<list<T>>, int) optional<T>',
    (of: Optional, at: Value) => through(of, list => itemAt(list as List, at)),
  ],
  [
    '_[?_](optional<map<K, V>>, K) optional<V>',
    (of: Optional, at: Value) => through(of, map => memberAt(map as Mapping, at)),
  ],
]

/** What the operators do; `&&`, `||` and `?:` are the evaluator's own. */
export const OPERATORS: Table = [...ARITHMETIC, ...ORDERS.flatMap(ordered), ...EQUALITY, ...INDEXES]
