/**
 * CEL values: bool, double and string are JavaScript's own, int is a bigint, null is null. A `Failure` is an error that
 * has happened: `||`, `&&` and the macros made of them may yet do without it.
 */
export type Value =
  | boolean
  | bigint
  | number
  | string
  | null
  | Uint
  | Uint8Array
  | List
  | Mapping
  | Timestamp
  | Duration
  | Optional
  | TypeValue
  | Opaque
  | Failure

export type Literal = boolean | bigint | number | string | null | Uint | Uint8Array

export class Failure {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/** A key or an index that is not there: what is optional goes on without it. */
export class Absent extends Failure {}

/** What was found, null included, or that it is absent. */
export function foundOr(value: Value | undefined, why: string): Value {
  return value === undefined ? new Absent(why) : value
}

export class Uint {
  readonly value: bigint

  constructor(value: bigint) {
    this.value = value
  }
}

/** Nanoseconds. */
export class Duration {
  readonly nanos: bigint

  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

/** Nanoseconds since 1970. */
export class Timestamp {
  readonly nanos: bigint

  constructor(nanos: bigint) {
    this.nanos = nanos
  }
}

export class TypeValue {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

export class Optional {
  readonly value: Value | undefined

  constructor(value?: Value) {
    this.value = value
  }
}

/** What is absent becomes an optional without a value; what went wrong otherwise stays wrong. */
export function optionally(found: Value): Value {
  if (found instanceof Absent) return new Optional()
  return found instanceof Failure || found instanceof Optional ? found : new Optional(found)
}

/** How the items of a list that came from an object are told apart (`x-kubernetes-list-type`). */
export interface Keyed {
  /** None for a set: the items are their own keys. */
  readonly keys?: readonly string[]
}

export class List {
  readonly items: readonly Value[]
  readonly keyed?: Keyed | undefined

  constructor(items: readonly Value[], keyed?: Keyed) {
    this.items = items
    this.keyed = keyed
  }
}

/** A map, or an object with fields. */
export interface Mapping {
  readonly size: number
  readonly typeName: string
  find(key: Value): Value | undefined
  keys(): readonly Value[]
  /** What a schema lets stand without knowing it: no rule can read it, but it makes a difference. */
  readonly unknown?: unknown
}

/** A value of a type that only functions look into: a URL, a quantity. */
export interface Opaque {
  readonly opaque: string
  equals(other: Value): boolean
}

export function isMapping(value: Value): value is Mapping {
  return typeof value === 'object' && value !== null && 'find' in value && 'keys' in value
}

export function isOpaque(value: Value): value is Opaque {
  return typeof value === 'object' && value !== null && 'opaque' in value
}

/** A map made by an expression. */
export class Dictionary implements Mapping {
  readonly typeName = 'map'
  readonly #entries = new Map<string, readonly [Value, Value]>()

  constructor(entries: Iterable<readonly [Value, Value]> = []) {
    for (const entry of entries) this.#entries.set(keyText(entry[0]), entry)
  }

  get size(): number {
    return this.#entries.size
  }

  find(key: Value): Value | undefined {
    return this.#entries.get(keyText(key))?.[1]
  }

  keys(): readonly Value[] {
    return [...this.#entries.values()].map(([key]) => key)
  }

  with(key: Value, value: Value): Dictionary {
    return new Dictionary([...this.#entries.values(), [key, value]])
  }
}

/** Equal numbers of different types are one key. */
export function keyText(key: Value): string {
  if (key instanceof Uint) return `n${key.value}`
  if (typeof key === 'bigint') return `n${key}`
  if (typeof key === 'number') return Number.isInteger(key) ? `n${BigInt(key)}` : `d${key}`
  return typeof key === 'string' ? `s${key}` : `o${String(key)}`
}

export function sizeOf(value: Value): number {
  if (typeof value === 'string') return runes(value)
  if (value instanceof Uint8Array) return value.length
  if (value instanceof List) return value.items.length
  if (isMapping(value)) return value.size
  return 1
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const ASCII = /^[\u0000-\u007f]*$/

/** Code points of a text. */
export function runes(text: string): number {
  return ASCII.test(text) ? text.length : [...text].length
}

/** The name that `type()` gives, and that messages use. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'double'
    case 'string':
      return 'string'
  }
  if (value === null) return 'null_type'
  if (value instanceof Uint) return 'uint'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof List) return 'list'
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp'
  if (value instanceof Duration) return 'google.protobuf.Duration'
  if (value instanceof Optional) return 'optional_type'
  if (value instanceof TypeValue) return 'type'
  if (value instanceof Failure) return 'error'
  return isMapping(value) ? value.typeName : value.opaque
}
