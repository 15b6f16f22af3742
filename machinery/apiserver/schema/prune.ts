import type { SchemaNode } from '../../api/schema.ts'
import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'
import { META_FIELDS, prunedMetadata } from './embedded.ts'
import { childOf } from './visit.ts'

interface Walk {
  readonly path: string
  /** Paths of what was taken away. */
  readonly unknown: string[]
}

/**
 * A copy without the fields the schema does not know, and without nulls that may not stand and no default replaces
 * (apiextensions `pruning` and `defaulting`). A value with an empty path is a whole object: what every object carries
 * stays in it.
 */
export function prune(schema: SchemaNode, value: unknown, { path, unknown }: Walk): unknown {
  const fields: string[] = []
  const embedded: string[] = []
  const kept = pruned(schema, value, { path, unknown: fields, embedded, place: path, keeps: false })
  if (fields.length + embedded.length > 0) unknown.push(...fields.sort(), ...embedded.sort())
  return kept
}

/** Paths of what the schema does not know, but for what is in the metadata of objects inside. */
export function unknownFields(schema: SchemaNode, value: unknown): string[] {
  const unknown: string[] = []
  pruned(schema, value, { path: 'x', unknown, embedded: [], place: '', keeps: false })
  return unknown
}

interface Pruning extends Walk {
  /** Paths of what was taken out of the metadata of embedded objects. */
  readonly embedded: string[]
  /** The path as `field.Path` writes it, for these. */
  readonly place: string
  /** Whether what the schema does not know stays: said further up, until a schema of properties says otherwise. */
  readonly keeps: boolean
}

function pruned(schema: SchemaNode | undefined, value: unknown, walk: Pruning): unknown {
  const keeps = schema ? walk.keeps || schema['x-kubernetes-preserve-unknown-fields'] === true : walk.keeps
  if (Array.isArray(value)) {
    return value.map((item, at) =>
      pruned(schema?.items, item, { ...walk, keeps, path: `${walk.path}[${at}]`, place: `${walk.place}[${at}]` }),
    )
  }
  return isObject(value) ? prunedMembers(schema, value, { ...walk, keeps }) : value
}

function prunedMembers(
  schema: SchemaNode | undefined,
  value: Readonly<Record<string, unknown>>,
  walk: Pruning,
): unknown {
  const kept: Record<string, unknown> = {}
  for (const key in value) {
    const member = value[key]
    if (member === undefined) continue
    const path = walk.path ? `${walk.path}.${key}` : key
    if (META_FIELDS.has(key) && (walk.path === '' || schema?.['x-kubernetes-embedded-resource'])) {
      set(
        kept,
        key,
        key === 'metadata' && walk.path ? prunedMetadata(member, `${walk.place}.metadata`, walk.embedded) : member,
      )
      continue
    }
    const of = schemaOf(schema, key)
    if (of === undefined && schema?.additionalProperties === undefined) {
      if (walk.keeps) set(kept, key, member)
      else walk.unknown.push(path)
    } else if (!(member === null && of && !of.nullable && (of.default ?? null) === null)) {
      set(kept, key, pruned(of, member, { ...walk, path, place: placeOf(schema, key, walk.place), keeps: false }))
    }
  }
  return kept
}

function placeOf(schema: SchemaNode | undefined, key: string, place: string): string {
  return schema?.properties && Object.hasOwn(schema.properties, key) ? childOf(place, key) : `${place}[${key}]`
}

function schemaOf(schema: SchemaNode | undefined, key: string): SchemaNode | undefined {
  const { properties, additionalProperties } = schema ?? {}
  if (properties && Object.hasOwn(properties, key)) return properties[key]
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}
