import type { SchemaNode } from '../../api/schema.ts'
import { NAMES } from './custom.ts'
import { type Field, isScalarType, type Message, messageOf } from './message.ts'

const KNOWN = new Map<string, SchemaNode>()

/**
 * A message as a schema: what its fields hold, and how lists in it are merged. Messages may hold themselves, so what is
 * inside is made when it is looked at.
 */
export function schemaOf(message: Message): SchemaNode {
  return nodeOf(message, message.atomic ? { 'x-kubernetes-map-type': 'atomic' } : {})
}

type Marks = Pick<
  SchemaNode,
  | 'default'
  | 'x-kubernetes-list-type'
  | 'x-kubernetes-list-map-keys'
  | 'x-kubernetes-map-type'
  | 'x-kubernetes-patch-strategy'
  | 'x-kubernetes-patch-merge-key'
>

function nodeOf(message: Message, marks: Marks): SchemaNode {
  const name = `${message.name} ${JSON.stringify(marks)}`
  const known = KNOWN.get(name)
  if (known) return known
  let properties: Record<string, SchemaNode> | undefined
  const made: SchemaNode = {
    type: 'object',
    get properties() {
      properties ??= Object.fromEntries([...message.named.values()].map(field => [field.name, fieldSchema(field)]))
      return properties
    },
    ...marks,
  }
  KNOWN.set(name, made)
  return made
}

function fieldSchema(field: Field): SchemaNode {
  const { list, map, type } = field
  const meant = field.default === undefined ? {} : { default: field.default }
  const marks = { ...meant, ...patching(field), ...(list ? listType(field) : mapType(field)) }
  if (list) return { type: 'array', items: valueSchema(type), ...marks }
  if (map) return { type: 'object', additionalProperties: valueSchema(type), ...marks }
  if (isScalarType(type) || Object.hasOwn(CUSTOM, type)) return { ...valueSchema(type), ...marks }
  const message = messageOf(type)
  return nodeOf(message, { ...(message.atomic && { 'x-kubernetes-map-type': 'atomic' as const }), ...marks })
}

function listType({ listType: type, keys }: Field): Marks {
  if (type !== 'map' && type !== 'set') return { 'x-kubernetes-list-type': 'atomic' }
  return { 'x-kubernetes-list-type': type, ...(keys && { 'x-kubernetes-list-map-keys': keys }) }
}

function mapType({ atomic }: Field): Marks {
  return atomic ? { 'x-kubernetes-map-type': 'atomic' } : {}
}

function patching({ patch, mergeKey }: Field): Marks {
  return {
    ...(patch && { 'x-kubernetes-patch-strategy': patch }),
    ...(mergeKey && { 'x-kubernetes-patch-merge-key': mergeKey }),
  }
}

const SCALARS: Readonly<Record<string, SchemaNode>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
}

const strings: SchemaNode = { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'atomic' }
const anything: SchemaNode = { 'x-kubernetes-preserve-unknown-fields': true }

/** Types with JSON of their own, as OpenAPI shows them. */
const CUSTOM: Readonly<Record<string, SchemaNode>> = {
  [NAMES.time]: { type: 'string', format: 'date-time' },
  [NAMES.microTime]: { type: 'string', format: 'date-time' },
  // A number is taken, too.
  [NAMES.quantity]: { 'x-kubernetes-int-or-string': true },
  [NAMES.intOrString]: { 'x-kubernetes-int-or-string': true },
  [NAMES.raw]: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  [NAMES.fields]: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  [NAMES.json]: anything,
  [NAMES.schemaOrBool]: anything,
  [NAMES.schemaOrArray]: anything,
  [NAMES.schemaOrStrings]: anything,
  [NAMES.verbs]: strings,
  [NAMES.tokenExtra]: strings,
  [NAMES.accessExtra]: strings,
}

function valueSchema(type: string): SchemaNode {
  return SCALARS[type] ?? CUSTOM[type] ?? schemaOf(messageOf(type))
}
