import { type Type, typeFrom } from './type.ts'
import { Duration, isMapping, isOpaque, List, Optional, Timestamp, TypeValue, Uint, type Value } from './value.ts'

/** One meaning of a function, chosen by the types of its arguments; of a method, the first is the target. */
export interface Overload {
  readonly method: boolean
  readonly args: readonly Type[]
  readonly result: Type
  /** Gets values that are no failures, each of the type declared; may give a `Failure`. */
  readonly run: (...args: readonly Value[]) => Value
}

export type Functions = ReadonlyMap<string, readonly Overload[]>

/** `size(string) int` is a function, `.size(string) int` a method whose target is the first argument. */
export type Table = readonly (readonly [signature: string, run: (...args: never[]) => Value])[]

const SIGNATURE = /^(\.?)([^()]+)\((.*)\) (.+)$/

export function functionsOf(...tables: readonly Table[]): Functions {
  const functions = new Map<string, Overload[]>()
  for (const [signature, run] of tables.flat()) {
    const [, dot, name = '', args = '', result = ''] = SIGNATURE.exec(signature) ?? []
    const types = args === '' ? [] : args.split(/,\s*(?![^<]*>)/).map(typeFrom)
    const overload = {
      method: dot === '.',
      args: types,
      result: typeFrom(result),
      run: run as unknown as Overload['run'],
    }
    functions.set(name, [...(functions.get(name) ?? []), overload])
  }
  return functions
}

/** Whether a value is of the type, as far as its outermost layer tells. */
export function isOf(value: Value, { kind, name }: Type): boolean {
  const test = TESTS[kind]
  if (test) return test(value)
  if (kind !== 'opaque') return true
  return name === 'optional_type' ? value instanceof Optional : isOpaque(value) && value.opaque === name
}

const TESTS: Readonly<Partial<Record<Type['kind'], (value: Value) => boolean>>> = {
  bool: value => typeof value === 'boolean',
  int: value => typeof value === 'bigint',
  uint: value => value instanceof Uint,
  double: value => typeof value === 'number',
  string: value => typeof value === 'string',
  bytes: value => value instanceof Uint8Array,
  null: value => value === null,
  timestamp: value => value instanceof Timestamp,
  duration: value => value instanceof Duration,
  list: value => value instanceof List,
  map: isMapping,
  object: isMapping,
  type: value => value instanceof TypeValue,
}
