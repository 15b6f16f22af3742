import type { SchemaNode } from '../../api/schema.ts'
import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'

interface Walk {
  readonly path: string
  /** Paths of what was taken away. */
  readonly unknown: string[]
}

/** A copy without the fields the schema does not know, as a structural schema prunes. */
export function prune(schema: SchemaNode, value: unknown, walk: Walk): unknown {
  if (Array.isArray(value)) return pruneItems(schema, value, walk)
  if (!isObject(value)) return value
  const { properties, additionalProperties } = schema
  const keep = schema['x-kubernetes-preserve-unknown-fields'] === true || additionalProperties === true
  const kept: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue
    const path = walk.path ? `${walk.path}.${key}` : key
    const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
    const schemaOf = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (schemaOf) set(kept, key, isMetadata(schemaOf, path) ? member : prune(schemaOf, member, { ...walk, path }))
    else if (keep) set(kept, key, member)
    else walk.unknown.push(path)
  }
  return kept
}

function pruneItems(schema: SchemaNode, value: readonly unknown[], walk: Walk): unknown {
  const { items } = schema
  if (!items) return value
  return value.map((item, at) => prune(items, item, { ...walk, path: `${walk.path}[${at}]` }))
}

/** The metadata of the object itself has its own schema, the same for every kind. */
function isMetadata(schema: SchemaNode, path: string): boolean {
  return path === 'metadata' && !schema.properties
}
