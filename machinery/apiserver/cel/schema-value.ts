import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { isInt64 } from '../schema/gotext.ts'
import { durationOf, isDate, isDateTime } from '../schema/time.ts'
import { escapedProperty } from './property.ts'
import { withMeta } from './schema-type.ts'
import { timestampFrom } from './time.ts'
import { Duration, Failure, type Keyed, List, type Mapping, type Value } from './value.ts'

/** What rules see of a value (k8s.io/apiserver `UnstructuredToVal`). Members are looked at when they are asked for. */
export function schemaValue(schema: SchemaNode, value: unknown): Value {
  if (value === null || value === undefined) {
    return schema.nullable ? null : new Failure('invalid data, got null for schema with nullable=false')
  }
  if (schema['x-kubernetes-int-or-string']) return intOrText(value)
  switch (schema.type) {
    case 'object':
      return isObject(value) ? objectValue(schema, value) : wrong('a map for the provided schema with type=object')
    case 'array':
      return Array.isArray(value) ? listValue(schema, value) : wrong('an array for the provided schema with type=array')
    case 'string':
      return typeof value === 'string' ? textValue(schema, value) : wrong(`string, got ${typeof value}`)
    case 'number':
      return typeof value === 'number' ? value : wrong(`float, got ${typeof value}`)
    case 'integer':
      return isInt64(value) ? BigInt(value) : wrong(`int, got ${typeof value}`)
    case 'boolean':
      return typeof value === 'boolean' ? value : wrong(`bool, got ${typeof value}`)
  }
  return schema['x-kubernetes-preserve-unknown-fields'] ? new Failure('unknown data') : wrong('a type')
}

function wrong(expected: string): Failure {
  return new Failure(`invalid data, expected ${expected}`)
}

function intOrText(value: unknown): Value {
  if (typeof value === 'string') return value
  return isInt64(value) ? BigInt(value) : wrong('XIntOrString value to be either a string or integer')
}

function textValue({ format }: SchemaNode, text: string): Value {
  switch (format) {
    case 'duration': {
      const nanos = durationOf(text)
      return nanos === undefined ? new Failure(`Invalid duration ${text}`) : new Duration(nanos)
    }
    case 'date':
      return (
        (isDate(text) && timestampFrom(`${text}T00:00:00Z`)) || new Failure(`Invalid date formatted string ${text}`)
      )
    case 'date-time':
      return (isDateTime(text) && timestampFrom(text)) || new Failure(`Invalid date-time formatted string ${text}`)
    case 'byte':
      return Uint8Array.from(Buffer.from(text, 'base64'))
  }
  return text
}

function listValue(schema: SchemaNode, items: readonly unknown[]): Value {
  const { items: of } = schema
  if (!of) return new Failure('invalid array type, expected Items with a non-empty Schema')
  return new List(
    items.map(item => schemaValue(of, item)),
    keyedOf(schema),
  )
}

function keyedOf(schema: SchemaNode): Keyed | undefined {
  const type = schema['x-kubernetes-list-type']
  if (type === 'set') return {}
  return type === 'map'
    ? { keys: (schema['x-kubernetes-list-map-keys'] ?? []).map(key => escapedProperty(key) ?? key) }
    : undefined
}

function objectValue(schema: SchemaNode, value: Fields): Value {
  const whole = schema['x-kubernetes-embedded-resource'] ? withMeta(schema) : schema
  const { properties, additionalProperties } = whole
  if (properties) return new SchemaObject(value, propertiesOf(whole, properties))
  return typeof additionalProperties === 'object'
    ? new SchemaMap(value, additionalProperties)
    : new SchemaObject(value, new Map())
}

type Fields = Readonly<Record<string, unknown>>
type Known = ReadonlyMap<string, { readonly key: string; readonly schema: SchemaNode }>

const KNOWN = new WeakMap<SchemaNode, Known>()

/** Properties by the names that rules use. */
function propertiesOf(schema: SchemaNode, properties: NonNullable<SchemaNode['properties']>): Known {
  const made = KNOWN.get(schema)
  if (made) return made
  const entries = Object.entries(properties).flatMap(([key, of]) => {
    const name = escapedProperty(key)
    return name === undefined ? [] : [[name, { key, schema: of }] as const]
  })
  const known = new Map(entries)
  KNOWN.set(schema, known)
  return known
}

function own(value: Fields, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

/** An object with the properties of its schema. A null in the place of one counts as none. */
class SchemaObject implements Mapping {
  readonly typeName = 'object'
  readonly #value: Fields
  readonly #known: Known

  constructor(value: Fields, known: Known) {
    this.#value = value
    this.#known = known
  }

  get size(): number {
    return this.keys().length
  }

  find(name: Value): Value | undefined {
    const property = typeof name === 'string' ? this.#known.get(name) : undefined
    const value = property && own(this.#value, property.key)
    return !property || value === undefined || value === null ? undefined : schemaValue(property.schema, value)
  }

  get unknown(): unknown {
    const known = new Set([...this.#known.values()].map(({ key }) => key))
    const others = Object.entries(this.#value).filter(([key]) => !known.has(key))
    return others.length > 0 ? Object.fromEntries(others) : undefined
  }

  keys(): readonly Value[] {
    return [...this.#known].filter(([, { key }]) => own(this.#value, key) !== undefined).map(([name]) => name)
  }
}

/** A map with values of one schema. */
class SchemaMap implements Mapping {
  readonly typeName = 'map'
  readonly #value: Fields
  readonly #of: SchemaNode

  constructor(value: Fields, of: SchemaNode) {
    this.#value = value
    this.#of = of
  }

  get size(): number {
    return this.keys().length
  }

  find(key: Value): Value | undefined {
    const value = typeof key === 'string' ? own(this.#value, key) : undefined
    return value === undefined ? undefined : schemaValue(this.#of, value)
  }

  keys(): readonly Value[] {
    return Object.keys(this.#value).filter(key => this.#value[key] !== undefined)
  }
}
