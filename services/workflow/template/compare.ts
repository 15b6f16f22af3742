import { FunctionFault } from './fault.ts'
import { byBytes, isDict, isList, Struct, type Value } from './value.ts'

/** Go compares only basic values, and only those of one kind (text/template/funcs.go). */
function kindOf(value: Value): 'bool' | 'string' | 'int' | 'float' | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'string':
      return 'string'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float'
  }
  return undefined
}

/** `eq`: whether the first equals one of the others. */
export function equal(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new FunctionFault('template/arguments', 'missing argument for comparison')
  refuseComposite(first)
  return others.some(other => {
    refuseComposite(other)
    if (first === null || other === null) return first === other
    if (kindOf(first) !== kindOf(other)) throw incompatible()
    return first === other
  })
}

/** `lt` and its kin: below 0, 0, or above. */
export function order(one: Value, other: Value): number {
  const kind = kindOf(one)
  const otherKind = kindOf(other)
  if (!kind || !otherKind || kind === 'bool') {
    throw new FunctionFault('template/type', 'invalid type for comparison')
  }
  if (kind !== otherKind) throw incompatible()
  if (typeof one === 'string' && typeof other === 'string') return byBytes(one, other)
  const [a, b] = [Number(one), Number(other)]
  if (typeof one === 'bigint' && typeof other === 'bigint') return one < other ? -1 : one > other ? 1 : 0
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

function refuseComposite(value: Value): void {
  if (isList(value) || isDict(value) || value instanceof Struct) {
    throw new FunctionFault('template/type', 'non-comparable type in a comparison')
  }
}

function incompatible(): FunctionFault {
  return new FunctionFault('template/type', 'incompatible types for comparison')
}

/** Go's reflect.DeepEqual on template values; `pay` is told of each element. */
export function deepEqual(one: Value, other: Value, pay: () => void): boolean {
  pay()
  if (isList(one)) {
    return (
      isList(other) && one.length === other.length && one.every((item, at) => deepEqual(item, other[at] ?? null, pay))
    )
  }
  if (isDict(one)) {
    if (!isDict(other) || one.size !== other.size) return false
    return [...one].every(([key, item]) => other.has(key) && deepEqual(item, other.get(key) ?? null, pay))
  }
  if (one instanceof Struct) {
    return other instanceof Struct && one.type === other.type && deepEqual(one.json, other.json, pay)
  }
  return one === other
}
