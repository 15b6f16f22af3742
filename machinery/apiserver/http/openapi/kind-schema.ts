import { apiVersion, listKindOf } from '../../../api/kind.ts'
import type { SchemaNode } from '../../../api/schema.ts'
import { messageName } from '../../builtin/name.ts'
import { isObject, type Served } from '../../registry/served.ts'
import { HEAD } from './describe.ts'
import { messageSchema } from './message-schema.ts'
import { META, type Node, refWith } from './node.ts'

/** `io.k8s.api.core.v1.Secret`, or for a custom kind its group turned round: `org.tinkerbell.v1alpha1.Hardware`. */
export function kindName({ kind }: Served): string {
  return messageName(apiVersion(kind), kind.kind) ?? customName(kind, kind.kind)
}

export function listName({ kind }: Served): string {
  return messageName(apiVersion(kind), listKindOf(kind)) ?? customName(kind, listKindOf(kind))
}

function customName({ group, version }: Served['kind'], kind: string): string {
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`
}

/** The schemas of a kind and of its list, by their names. */
export function kindSchemas(served: Served): Readonly<Record<string, Node>> {
  const { kind } = served
  const own = messageName(apiVersion(kind), kind.kind)
  return {
    [kindName(served)]: { ...(own ? messageSchema(own) : customSchema(served)), ...gvk(kind, kind.kind) },
    [listName(served)]: { ...listSchema(served), ...gvk(kind, listKindOf(kind)) },
  }
}

function gvk({ group, version }: Served['kind'], kind: string): Node {
  return { 'x-kubernetes-group-version-kind': [{ group, version, kind }] }
}

function listSchema(served: Served): Node {
  const list = messageName(apiVersion(served.kind), listKindOf(served.kind))
  if (list) return messageSchema(list)
  return {
    description: `${listKindOf(served.kind)} is a list of ${served.kind.kind}`,
    type: 'object',
    required: ['items'],
    properties: {
      ...TYPE,
      items: { description: 'The objects of the list.', type: 'array', items: refWith(kindName(served), {}) },
      metadata: refWith(`${META}.ListMeta`, { description: 'What every list has: its version and where it goes on.' }),
    },
  }
}

const TYPE: Node = {
  apiVersion: { description: HEAD.apiVersion, type: 'string' },
  kind: { description: HEAD.kind, type: 'string' },
}
const METADATA = refWith(`${META}.ObjectMeta`, { description: HEAD.metadata })

/** A custom kind's own schema, and what Kubernetes adds to it; without one anything goes. */
function customSchema({ kind, traits }: Served): Node {
  const { schema } = traits
  if (!schema) return { type: 'object' }
  const { properties, ...rest } = embedded(schema)
  const selectable = Object.keys(traits.selectable ?? {}).map(fieldPath => ({ fieldPath }))
  return {
    ...rest,
    properties: { ...(isObject(properties) ? properties : {}), ...TYPE, metadata: METADATA },
    ...(kind.schema && selectable.length > 0 && { 'x-kubernetes-selectable-fields': selectable }),
  }
}

/** Objects within objects are objects, too. */
function embedded(schema: SchemaNode): Node {
  const { properties, items, additionalProperties, ...rest } = schema
  const within = properties && mapValues(properties, embedded)
  const whole = {
    ...rest,
    ...(within && { properties: within }),
    ...(items && { items: embedded(items) }),
    ...(additionalProperties !== undefined && {
      additionalProperties: isObject(additionalProperties) ? embedded(additionalProperties) : additionalProperties,
    }),
  }
  if (!schema['x-kubernetes-embedded-resource']) return whole
  const required = [...new Set([...(schema.required ?? []), 'kind', 'apiVersion'])]
  return { ...whole, required, properties: { ...within, ...TYPE, metadata: METADATA } }
}

function mapValues<T, U>(members: Readonly<Record<string, T>>, change: (value: T) => U): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, change(value)]))
}
