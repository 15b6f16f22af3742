import type { Table } from '../function.ts'
import { isQuantityText, Quantity, quantityFrom } from '../quantity.ts'
import { Failure, type Value } from '../value.ts'

const INT64 = 2n ** 63n

function asInteger(quantity: Quantity): Value {
  return quantity.whole ?? new Failure('cannot convert value to integer')
}

function plus(a: Quantity, b: Quantity | bigint, sign: bigint): Quantity {
  const other = typeof b === 'bigint' ? new Quantity(b, 0) : b
  return a.plus(new Quantity(other.digits * sign, other.scale))
}

/** Amounts of resources, `1.5Gi` (Kubernetes' `kubernetes.quantity`). */
export const QUANTITIES: Table = [
  ['quantity(string) quantity', quantityFrom],
  ['isQuantity(string) bool', isQuantityText],
  ['sign(quantity) int', (a: Quantity) => BigInt(a.compare(new Quantity(0n, 0)))],
  ['.isGreaterThan(quantity, quantity) bool', (a: Quantity, b: Quantity) => a.compare(b) > 0],
  ['.isLessThan(quantity, quantity) bool', (a: Quantity, b: Quantity) => a.compare(b) < 0],
  ['.compareTo(quantity, quantity) int', (a: Quantity, b: Quantity) => BigInt(a.compare(b))],
  ['.asApproximateFloat(quantity) double', (a: Quantity) => Number(`${a.digits}e${-a.scale}`)],
  ['.asInteger(quantity) int', asInteger],
  ['.isInteger(quantity) bool', (a: Quantity) => a.whole !== undefined && a.whole < INT64],
  ['.add(quantity, quantity) quantity', (a: Quantity, b: Quantity) => plus(a, b, 1n)],
  ['.add(quantity, int) quantity', (a: Quantity, b: bigint) => plus(a, b, 1n)],
  ['.sub(quantity, quantity) quantity', (a: Quantity, b: Quantity) => plus(a, b, -1n)],
  ['.sub(quantity, int) quantity', (a: Quantity, b: bigint) => plus(a, b, -1n)],
]
