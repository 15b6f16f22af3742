import type { SchemaNode } from '../../api/schema.ts'
import { escapedProperty } from './property.ts'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  listOf,
  mapOf,
  objectOf,
  STRING,
  TIMESTAMP,
  type Type,
} from './type.ts'

/** The most that a request may hold, which is what bounds values without bounds of their own. */
const REQUEST_BYTES = 3 * 1024 * 1024

const META: SchemaNode = { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } }

/** The schema of a whole object, with the fields that every rule at its root may read. */
export function withMeta(schema: SchemaNode): SchemaNode {
  const known = WITH_META.get(schema)
  if (known) return known
  const properties = {
    ...schema.properties,
    kind: { type: 'string' },
    apiVersion: { type: 'string' },
    metadata: META,
  } as const
  const whole: SchemaNode = { ...schema, properties }
  WITH_META.set(schema, whole)
  return whole
}

const WITH_META = new WeakMap<SchemaNode, SchemaNode>()

function isRoot(schema: SchemaNode): boolean {
  return schema['x-kubernetes-embedded-resource'] === true
}

/**
 * The type that rules see of a schema (k8s.io/apiserver `SchemaDeclType`); nothing where they see nothing. Types of
 * objects are named by where they stand.
 */
export function schemaType(schema: SchemaNode, name: string, root = isRoot(schema)): Type | undefined {
  if (schema['x-kubernetes-int-or-string']) return { ...DYN, most: REQUEST_BYTES - 2, least: 1 }
  const whole = root ? withMeta(schema) : schema
  switch (whole.type) {
    case 'array':
      return listType(whole, name)
    case 'object':
      return typeof whole.additionalProperties === 'object' ? mapType(whole, name) : objectType(whole, name)
    case 'string':
      return textType(whole)
    case 'boolean':
      return { ...BOOL, least: 4, most: 0 }
    case 'number':
      return { ...DOUBLE, least: 1, most: 0 }
    case 'integer':
      return { ...INT, least: 1, most: 0 }
  }
  return undefined
}

function listType({ items, maxItems }: SchemaNode, name: string): Type | undefined {
  const item = items && schemaType(items, `${name}.@idx`)
  if (!item) return undefined
  const most =
    maxItems === undefined ? Math.floor((REQUEST_BYTES - 2) / ((item.least ?? 0) + 1)) : Math.max(0, maxItems)
  return { ...listOf(item), most, least: 2 }
}

function mapType({ additionalProperties, maxProperties }: SchemaNode, name: string): Type | undefined {
  const value = typeof additionalProperties === 'object' ? schemaType(additionalProperties, `${name}.@elem`) : undefined
  if (!value) return undefined
  const fitting = Math.floor((REQUEST_BYTES - 2) / ((value.least ?? 0) + 6))
  const most = maxProperties === undefined ? fitting : Math.max(0, maxProperties)
  return { ...mapOf({ ...STRING, most: 0, least: 2 }, value), most, least: 2 }
}

function objectType({ properties = {}, required = [] }: SchemaNode, name: string): Type {
  const fields = new Map<string, Type>()
  let least = 2
  for (const [key, schema] of Object.entries(properties)) {
    const type = schemaType(schema, `${name}.${key}`)
    if (!type) continue
    const escaped = escapedProperty(key)
    if (escaped !== undefined) fields.set(escaped, type)
    const filledIn = (schema.default ?? null) !== null
    if (required.includes(key) && !filledIn) least += Buffer.byteLength(key) + (type.least ?? 0) + 4
  }
  return { ...objectOf(name, fields), least, most: 0 }
}

function textType(schema: SchemaNode): Type {
  switch (schema.format) {
    case 'byte':
      return { ...BYTES, most: schema.maxLength ?? REQUEST_BYTES - 2, least: 2 }
    case 'duration':
      return { ...DURATION, most: 32, least: 3 }
    case 'date':
      return { ...TIMESTAMP, most: 12, least: 12 }
    case 'date-time':
      return { ...TIMESTAMP, most: 32, least: 21 }
  }
  return { ...STRING, most: mostBytes(schema), least: 2 }
}

/** A letter takes up to four bytes. */
function mostBytes({ maxLength, enum: values = [] }: SchemaNode): number {
  if (maxLength !== undefined) return Math.max(0, maxLength) * 4
  if (values.length === 0) return REQUEST_BYTES - 2
  return Math.max(0, ...values.map(value => (typeof value === 'string' ? Buffer.byteLength(value) : 0)))
}
