import { customOf, NAMES } from '../../builtin/custom.ts'
import { type Field, isScalarType, type Message, messageOf } from '../../builtin/message.ts'
import { describeField, describeKind, HEAD } from './describe.ts'
import { type Node, ref, refWith } from './node.ts'

const SCALARS: Readonly<Record<string, Node>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  double: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
}
const ZEROS: Readonly<Record<string, unknown>> = { string: '', bool: false, int32: 0, int64: 0, double: 0 }

/** Types with JSON of their own, as kube-apiserver publishes them. */
const CUSTOM: Readonly<Record<string, Node>> = {
  [NAMES.time]: { type: 'string', format: 'date-time' },
  [NAMES.microTime]: { type: 'string', format: 'date-time' },
  [NAMES.quantity]: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  [NAMES.intOrString]: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  [NAMES.raw]: { type: 'object' },
  [NAMES.fields]: { type: 'object' },
  [NAMES.json]: {},
  [NAMES.schemaOrBool]: {},
  [NAMES.schemaOrArray]: {},
  [NAMES.schemaOrStrings]: {},
}
/** Lists that are messages of their own only in protobuf. */
const STRINGS: readonly string[] = [NAMES.verbs, NAMES.tokenExtra, NAMES.accessExtra]
const PATCH = 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch'

/** The schema of a message, as OpenAPI v3 shows it, pointing at those of others. */
export function messageSchema(name: string): Node {
  const custom = CUSTOM[name] ?? (name === PATCH ? { type: 'object' } : undefined)
  if (custom) return custom
  const message = messageOf(name)
  const described = describeKind(name)
  const required = requiredOf(message)
  return {
    ...(described && { description: described }),
    type: 'object',
    ...(required.length > 0 && { required }),
    ...(message.named.size > 0 && { properties: propertiesOf(message) }),
    ...(message.atomic && { 'x-kubernetes-map-type': 'atomic' }),
    ...(message.unions.length > 0 && { 'x-kubernetes-unions': message.unions }),
  }
}

function requiredOf(message: Message): readonly string[] {
  return [...message.named.values()].filter(field => field.required).map(field => field.name)
}

function propertiesOf(message: Message): Node {
  const fields = [...message.named.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(fields.map(field => [field.name, property(message, field)]))
}

function property(message: Message, field: Field): Node {
  const description = describeField(message.name, field.name) ?? headOf(message, field)
  return { ...(description && { description }), ...typed(field), ...extensions(field) }
}

function headOf(message: Message, { name }: Field): string | undefined {
  return message.named.has('kind') && message.named.has('apiVersion') ? HEAD[name] : undefined
}

function typed(field: Field): Node {
  const { list, map, type, pointer, omitEmpty } = field
  if (list) return { type: 'array', items: inside(field) }
  if (map) return { type: 'object', additionalProperties: inside(field) }
  if (isScalarType(type)) {
    const zero = pointer || omitEmpty ? undefined : ZEROS[type]
    const meant = field.default ?? zero
    return { ...SCALARS[type], ...(meant !== undefined && { default: meant }), ...values(field) }
  }
  if (STRINGS.includes(type)) return STRING_LIST
  const meant = field.default ?? (pointer || customOf(type) ? undefined : {})
  return { ...(meant !== undefined && { default: meant }), allOf: [ref(type)] }
}

const STRING_LIST: Node = { type: 'array', items: { type: 'string', default: '' } }

/** What a list or a map holds. */
function inside(field: Field): Node {
  const { type } = field
  if (isScalarType(type)) {
    const zero = ZEROS[type]
    return { ...SCALARS[type], ...(zero !== undefined && { default: zero }), ...values(field) }
  }
  if (STRINGS.includes(type)) return STRING_LIST
  return refWith(type, customOf(type) ? {} : { default: {} })
}

function values({ enum: all }: Field): Node {
  return all ? { enum: all } : {}
}

function extensions({ listType, keys, atomic, mergeKey, patch }: Field): Node {
  return {
    ...(keys && { 'x-kubernetes-list-map-keys': keys }),
    ...(listType && { 'x-kubernetes-list-type': listType }),
    ...(atomic && { 'x-kubernetes-map-type': 'atomic' }),
    ...(mergeKey && { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(patch && { 'x-kubernetes-patch-strategy': patch }),
  }
}
