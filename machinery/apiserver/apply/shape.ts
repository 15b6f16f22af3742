import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { METADATA } from '../schema/metadata.ts'
import { type Element, fieldElement } from './element.ts'

/**
 * How the fields of a value are told apart (structured-merge-diff `schema.Atom`): what it may be, and whether its parts
 * have owners of their own. A value may be of several forms; what it is decides.
 */
export interface Shape {
  readonly scalar?: Scalar
  readonly list?: ListShape
  readonly map?: MapShape
}

export type Scalar = 'numeric' | 'string' | 'boolean' | 'untyped'
export type Form = 'scalar' | 'list' | 'map'

export interface ListShape {
  readonly atomic: boolean
  /** Absent: the items are a set of plain values. */
  readonly keys?: readonly string[]
  readonly items: Shape
}

export interface MapShape {
  readonly atomic: boolean
  /** The fields that are known by name. */
  readonly fields: ReadonlyMap<string, FieldShape>
  /** All other members; absent where there may be none. */
  readonly rest?: Shape
}

export interface FieldShape {
  readonly element: Element
  readonly shape: Shape
  readonly default?: unknown
}

/** Any value, taken as a whole (`__untyped_atomic_`). */
const WHOLE: Shape = {
  scalar: 'untyped',
  get list() {
    return { atomic: true, items: WHOLE }
  },
  get map() {
    return { atomic: true, fields: NONE, rest: WHOLE }
  },
}

const NONE: ReadonlyMap<string, FieldShape> = new Map()

/** Told from the value alone: members apart, lists as a whole (`__untyped_deduced_`). */
export const DEDUCED: Shape = {
  scalar: 'untyped',
  list: { atomic: true, items: WHOLE },
  get map() {
    return DEDUCED_MAP
  },
}
const DEDUCED_MAP: MapShape = { atomic: false, fields: NONE, rest: DEDUCED }

/** What the real server publishes of ObjectMeta (apimachinery `meta/v1`: listType, mapType). */
const OWNERS: SchemaNode = {
  ...METADATA.properties?.ownerReferences,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['uid'],
  items: { ...METADATA.properties?.ownerReferences?.items, 'x-kubernetes-map-type': 'atomic' },
}
const META: SchemaNode = {
  ...METADATA,
  properties: {
    ...METADATA.properties,
    finalizers: { ...METADATA.properties?.finalizers, 'x-kubernetes-list-type': 'set' },
    ownerReferences: OWNERS,
  },
}
const HEAD: Readonly<Record<string, SchemaNode>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: META,
}

const ROOTS = new WeakMap<SchemaNode, Shape>()

/** The shape of whole objects with this schema; without one it is told from each object. */
export function shapeOfKind(schema: SchemaNode | undefined): Shape {
  const key = schema ?? UNKNOWN
  const known = ROOTS.get(key)
  if (known) return known
  const made = shapeOf({ ...key, properties: { ...key.properties, ...headOf(key) } }, false)
  ROOTS.set(key, made)
  return made
}

const UNKNOWN: SchemaNode = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

/** A schema that knows its metadata is believed. */
function headOf({ properties }: SchemaNode): Readonly<Record<string, SchemaNode>> {
  return properties?.metadata?.properties ? { ...HEAD, metadata: properties.metadata } : HEAD
}

// A schema may hold itself (JSONSchemaProps), so that shapes are made when they are first asked for. What is below a
// node that keeps unknown fields keeps them too (kube-openapi `schemaconv`).
const SHAPES = { strict: new WeakMap<SchemaNode, Shape>(), open: new WeakMap<SchemaNode, Shape>() }

function shapeOf(node: SchemaNode, inOpen: boolean): Shape {
  const open = inOpen || node['x-kubernetes-preserve-unknown-fields'] === true
  const known = SHAPES[open ? 'open' : 'strict']
  const found = known.get(node)
  if (found) return found
  const made = makeShape(node, open)
  known.set(node, made)
  return made
}

function makeShape(node: SchemaNode, open: boolean): Shape {
  switch (node.type) {
    case 'object':
      return new Lazy({ map: () => mapOf(node, open) })
    case 'array':
      return new Lazy({ list: () => listOf(node, open) })
    case 'integer':
    case 'number':
      return { scalar: 'numeric' }
    case 'boolean':
      return { scalar: 'boolean' }
    case 'string':
      return { scalar: node.format === undefined || node.format === 'byte' ? 'string' : 'untyped' }
    default:
      return new Lazy({ scalar: 'untyped', map: () => mapOf(node, open), list: () => listOf(node, open) })
  }
}

interface Parts {
  readonly scalar?: Scalar
  readonly map?: () => MapShape
  readonly list?: () => ListShape
}

/** A shape whose parts are made when they are first looked at. */
class Lazy implements Shape {
  readonly scalar?: Scalar
  readonly #parts: Parts
  #map: MapShape | undefined
  #list: ListShape | undefined

  constructor(parts: Parts) {
    if (parts.scalar) this.scalar = parts.scalar
    this.#parts = parts
  }

  get map(): MapShape | undefined {
    this.#map ??= this.#parts.map?.()
    return this.#map
  }

  get list(): ListShape | undefined {
    this.#list ??= this.#parts.list?.()
    return this.#list
  }
}

function mapOf(node: SchemaNode, open: boolean): MapShape {
  const embedded = node['x-kubernetes-embedded-resource'] ? headOf(node) : {}
  const fields = new Map<string, FieldShape>()
  for (const [name, field] of Object.entries({ ...node.properties, ...embedded })) {
    const { default: meant } = field
    const shape = shapeOf(field, open)
    fields.set(name, { element: fieldElement(name), shape, ...(meant !== undefined && { default: meant }) })
  }
  const rest = restOf(node, open, fields.size)
  return { atomic: node['x-kubernetes-map-type'] === 'atomic', fields, ...(rest && { rest }) }
}

function restOf({ additionalProperties }: SchemaNode, open: boolean, known: number): Shape | undefined {
  if (additionalProperties === undefined) return open || known === 0 ? DEDUCED : undefined
  if (isObject(additionalProperties)) return shapeOf(additionalProperties, open)
  return additionalProperties ? DEDUCED : undefined
}

function listOf(node: SchemaNode, open: boolean): ListShape {
  const type = node['x-kubernetes-list-type']
  const items = node.items ? shapeOf(node.items, open) : WHOLE
  if (type === 'map') return { atomic: false, keys: node['x-kubernetes-list-map-keys'] ?? [], items }
  return { atomic: type !== 'set', items }
}

/** Which of its forms a value has; one that fits none is taken for the first there is. */
export function formOf(shape: Shape, value: unknown): Form | undefined {
  if (Array.isArray(value)) {
    if (shape.list) return 'list'
  } else if (typeof value === 'object' && value !== null) {
    if (shape.map) return 'map'
  } else if (value !== null && shape.scalar) return 'scalar'
  if (shape.map) return 'map'
  return shape.scalar ? 'scalar' : shape.list && 'list'
}

export function memberShape(map: MapShape, name: string): Shape | undefined {
  return map.fields.get(name)?.shape ?? map.rest
}

export function memberElement(map: MapShape, name: string): Element {
  return map.fields.get(name)?.element ?? fieldElement(name)
}
