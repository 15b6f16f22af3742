import type { SchemaNode } from '../../api/schema.ts'
import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'

/**
 * Fills in what the schema says is meant where nothing is said; a null where none may stand counts as nothing
 * (apiextensions `defaulting.Default`). What has nothing to fill in is not copied.
 */
export function applyDefaults(schema: SchemaNode, value: unknown): unknown {
  if (!hasDefaults(schema)) return value
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map(item => applyDefaults(items, meant(items, item))) : value
  }
  return isObject(value) ? filled(schema, value) : value
}

function filled(schema: SchemaNode, value: Readonly<Record<string, unknown>>): unknown {
  const { properties = {}, additionalProperties } = schema
  const whole: Record<string, unknown> = { ...value }
  for (const [key, of] of defaultedOf(schema)) {
    if (!Object.hasOwn(whole, key) || whole[key] === undefined) set(whole, key, structuredClone(of.default))
  }
  for (const key in whole) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined
    const of = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (of) set(whole, key, applyDefaults(of, meant(of, whole[key])))
  }
  return whole
}

/** The default in the place of a null that may not stand. */
function meant(schema: SchemaNode, value: unknown): unknown {
  return value === null && !schema.nullable && schema.default !== undefined ? structuredClone(schema.default) : value
}

const DEFAULTED = new WeakMap<SchemaNode, readonly (readonly [string, SchemaNode])[]>()

function defaultedOf(schema: SchemaNode): readonly (readonly [string, SchemaNode])[] {
  const known = DEFAULTED.get(schema)
  if (known) return known
  const defaulted = Object.entries(schema.properties ?? {}).filter(([, of]) => (of.default ?? null) !== null)
  DEFAULTED.set(schema, defaulted)
  return defaulted
}

const WITH_DEFAULTS = new WeakMap<SchemaNode, boolean>()

function hasDefaults(schema: SchemaNode): boolean {
  const known = WITH_DEFAULTS.get(schema)
  if (known !== undefined) return known
  const { properties = {}, additionalProperties, items } = schema
  const inside = [
    ...Object.values(properties),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ]
  const has = [...inside, ...(items ? [items] : [])].some(of => (of.default ?? null) !== null || hasDefaults(of))
  WITH_DEFAULTS.set(schema, has)
  return has
}
