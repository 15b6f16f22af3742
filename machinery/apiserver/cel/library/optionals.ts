import type { Table } from '../function.ts'
import { Failure, isMapping, List, Optional, Uint, type Value } from '../value.ts'

function demanded({ value }: Optional): Value {
  return value === undefined ? new Failure('optional.none() dereference') : value
}

function isZero(value: Value): boolean {
  if (value instanceof Uint) return value.value === 0n
  if (value instanceof List) return value.items.length === 0
  if (value instanceof Uint8Array) return value.length === 0
  if (typeof value === 'object' && value !== null) return isMapping(value) && value.size === 0
  return !value
}

/** Values that may be absent (cel-go `cel.OptionalTypes`). */
export const OPTIONALS: Table = [
  ['optional.of(T) optional<T>', (value: Value) => new Optional(value)],
  ['optional.ofNonZeroValue(T) optional<T>', (value: Value) => (isZero(value) ? new Optional() : new Optional(value))],
  ['optional.none() optional<T>', () => new Optional()],
  ['.value(optional<T>) T', demanded],
  ['.hasValue(optional<T>) bool', ({ value }: Optional) => value !== undefined],
  ['.or(optional<T>, optional<T>) optional<T>', (a: Optional, b: Optional) => (a.value === undefined ? b : a)],
  ['.orValue(optional<T>, T) T', ({ value }: Optional, other: Value) => (value === undefined ? other : value)],
]
