import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'

/** Paths as `field.Path` writes them: free keys of a map stand in brackets. */
export function childOf(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

type Found = (schema: SchemaNode, value: unknown, path: string) => void
type Wanted = (schema: SchemaNode) => boolean

/** Goes to each value whose schema is wanted, and to none below a schema that holds no such one. */
export class Visit {
  readonly #wanted: Wanted
  readonly #holds = new WeakMap<SchemaNode, boolean>()

  constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  each(schema: SchemaNode, place: { readonly value: unknown; readonly path: string }, found: Found): void {
    const { value, path } = place
    if (value === null || typeof value !== 'object' || !this.#holdsSome(schema)) return
    if (this.#wanted(schema)) found(schema, value, path)
    if (Array.isArray(value)) {
      const { items } = schema
      if (items)
        for (const [at, item] of value.entries()) this.each(items, { value: item, path: `${path}[${at}]` }, found)
    } else if (isObject(value)) {
      this.#members(schema, { value, path }, found)
    }
  }

  #members(
    { properties, additionalProperties }: SchemaNode,
    { value, path }: { readonly value: Readonly<Record<string, unknown>>; readonly path: string },
    found: Found,
  ): void {
    for (const key in value) {
      const known = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
      if (known) this.each(known, { value: value[key], path: childOf(path, key) }, found)
      else if (typeof additionalProperties === 'object') {
        this.each(additionalProperties, { value: value[key], path: `${path}[${key}]` }, found)
      }
    }
  }

  #holdsSome(schema: SchemaNode): boolean {
    const known = this.#holds.get(schema)
    if (known !== undefined) return known
    const { properties = {}, additionalProperties, items } = schema
    const inside = [...Object.values(properties), additionalProperties, items].filter(of => typeof of === 'object')
    const holds = this.#wanted(schema) || inside.some(of => this.#holdsSome(of))
    this.#holds.set(schema, holds)
    return holds
  }
}
