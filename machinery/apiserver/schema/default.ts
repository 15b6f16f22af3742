import type { SchemaNode } from '../../api/schema.ts'
import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'

/** Fills in what the schema says is meant where nothing is said; a null where none may stand counts as nothing. */
export function applyDefaults(schema: SchemaNode, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema
    return items ? value.map(item => applyDefaults(items, item)) : value
  }
  if (!isObject(value)) return value
  const { properties = {}, additionalProperties } = schema
  const filled: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined
    const schemaOf = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (member === null && known?.default !== undefined && !known.nullable) continue
    set(filled, key, schemaOf ? applyDefaults(schemaOf, member) : member)
  }
  for (const [key, { default: meant }] of Object.entries(properties)) {
    if (meant !== undefined && !Object.hasOwn(filled, key)) set(filled, key, structuredClone(meant))
  }
  return filled
}
