import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'

/** Finds in a list of type map the item with the same keys as another one; nothing in a list of any other type. */
export function keyedBy(schema: SchemaNode, items: readonly unknown[]): (item: unknown) => unknown {
  const names = schema['x-kubernetes-list-map-keys'] ?? []
  if (schema['x-kubernetes-list-type'] !== 'map' || names.length === 0 || items.length === 0) return () => undefined
  const found = new Map<string, unknown>()
  for (const item of items) {
    const key = keyOf(item, names)
    if (key !== undefined && !found.has(key)) found.set(key, item)
  }
  return item => {
    const key = keyOf(item, names)
    return key === undefined ? undefined : found.get(key)
  }
}

/** Nothing for an item without all of its keys. */
function keyOf(item: unknown, names: readonly string[]): string | undefined {
  if (!isObject(item)) return undefined
  const keys = names.map(name => (Object.hasOwn(item, name) ? item[name] : undefined))
  return keys.every(key => ['string', 'number', 'boolean'].includes(typeof key)) ? JSON.stringify(keys) : undefined
}
