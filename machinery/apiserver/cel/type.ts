/** A type of CEL, as the checker knows it. */
export interface Type {
  readonly kind: Kind
  readonly name: string
  readonly of: readonly Type[]
  /** Of an object. */
  readonly fields?: ReadonlyMap<string, Type>
  /** How many letters, items or entries a value may have at most, for the estimate of costs. */
  readonly most?: number
  /** The fewest bytes of its JSON. */
  readonly least?: number
}

type Kind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'null'
  | 'timestamp'
  | 'duration'
  | 'list'
  | 'map'
  | 'object'
  | 'opaque'
  | 'type'
  | 'dyn'
  | 'error'
  | 'param'

function simple(kind: Kind, name: string = kind): Type {
  return { kind, name, of: [] }
}

export const BOOL = simple('bool')
export const INT = simple('int')
export const UINT = simple('uint')
export const DOUBLE = simple('double')
export const STRING = simple('string')
export const BYTES = simple('bytes')
export const NULL = simple('null')
export const DYN = simple('dyn')
export const ERROR = simple('error', '!error!')
export const TIMESTAMP = simple('timestamp', 'google.protobuf.Timestamp')
export const DURATION = simple('duration', 'google.protobuf.Duration')
export const QUANTITY = simple('opaque', 'kubernetes.Quantity')
export const URL = simple('opaque', 'kubernetes.URL')
export const IP = simple('opaque', 'net.IP')
export const CIDR = simple('opaque', 'net.CIDR')
export const FORMAT = simple('opaque', 'kubernetes.NamedFormat')

export function listOf(of: Type): Type {
  return { kind: 'list', name: 'list', of: [of] }
}

export function mapOf(key: Type, value: Type): Type {
  return { kind: 'map', name: 'map', of: [key, value] }
}

export function optionalOf(of: Type): Type {
  return { kind: 'opaque', name: 'optional_type', of: [of] }
}

export function typeOf(of: Type): Type {
  return { kind: 'type', name: 'type', of: [of] }
}

export function param(name: string): Type {
  return simple('param', name)
}

export function objectOf(name: string, fields: ReadonlyMap<string, Type>): Type {
  return { kind: 'object', name, of: [], fields }
}

const SHORT: Readonly<Record<string, string>> = { timestamp: 'timestamp', duration: 'duration' }

/** As messages show it. */
export function textOf(type: Type): string {
  const name = SHORT[type.kind] ?? type.name
  return type.of.length === 0 ? name : `${name}(${type.of.map(textOf).join(', ')})`
}

export function sameType(a: Type, b: Type): boolean {
  return (
    a.kind === b.kind && a.name === b.name && a.of.length === b.of.length && a.of.every((x, at) => same(x, b.of[at]))
  )
}

function same(a: Type, b: Type | undefined): boolean {
  return b !== undefined && sameType(a, b)
}

/** Written as in the tables of functions: `list<T>`, `map<K, V>`, `optional<T>`, a letter for any type. */
export function typeFrom(text: string): Type {
  const [type, rest] = read(text.trim())
  return rest.trim() === '' ? type : ERROR
}

const NAMED: Readonly<Record<string, Type>> = {
  bool: BOOL,
  int: INT,
  uint: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  null: NULL,
  dyn: DYN,
  timestamp: TIMESTAMP,
  duration: DURATION,
  quantity: QUANTITY,
  url: URL,
  ip: IP,
  cidr: CIDR,
  format: FORMAT,
}

function read(text: string): [Type, string] {
  const name = /^\w+/.exec(text)?.[0] ?? ''
  let rest = text.slice(name.length)
  const args: Type[] = []
  if (rest.startsWith('<')) {
    do {
      const [arg, after] = read(rest.slice(1).trimStart())
      args.push(arg)
      rest = after
    } while (rest.startsWith(','))
    rest = rest.slice(1)
  }
  return [named(name, args), rest]
}

function named(name: string, [first = DYN, second = DYN]: readonly Type[]): Type {
  if (name === 'list') return listOf(first)
  if (name === 'map') return mapOf(first, second)
  if (name === 'optional') return optionalOf(first)
  if (name === 'type') return typeOf(first)
  return NAMED[name] ?? param(name)
}
