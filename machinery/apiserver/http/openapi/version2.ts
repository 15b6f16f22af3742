import { apiVersion } from '../../../api/kind.ts'
import { NAMES } from '../../builtin/custom.ts'
import { hasProtobuf } from '../../protobuf/envelope.ts'
import { isObject, type Served } from '../../registry/served.ts'
import { META, type Node } from './node.ts'
import { groupTag, type Operation, type Parameter, pathsOf } from './operation.ts'
import { named, schemasOf } from './version3.ts'

const DEFINITIONS = '#/definitions/'

/** All kinds in one Swagger 2.0 document: what kubectl before 1.27 checks and explains by. */
export function swaggerOf(kinds: readonly Served[], versions: readonly string[]): object {
  const paths = Object.fromEntries(
    kinds.flatMap(served => pathsOf(served).map(path => [path.path, pathItem(served, path)])),
  )
  const schemas = schemasOf(kinds, { paths, versions })
  const definitions = Object.fromEntries(Object.entries(schemas).map(([name, one]) => [name, definition(name, one)]))
  return { swagger: '2.0', info: { title: 'Kubernetes', version: 'bellhop' }, paths, definitions }
}

/** Types that v2 says otherwise. */
const SPECIAL: Readonly<Record<string, Node>> = {
  [NAMES.quantity]: { type: 'string' },
  [NAMES.intOrString]: { type: 'string', format: 'int-or-string' },
}

function definition(name: string, schema: Node): Node {
  return SPECIAL[name] ?? convert(schema)
}

const JUNCTORS = ['allOf', 'anyOf', 'oneOf', 'not', 'nullable', 'default']
const PRESERVE = 'x-kubernetes-preserve-unknown-fields'

/**
 * A schema of v3 in what v2 can say (apiextensions `openapi/v2` ToStructuralOpenAPIV2): no junctors; what may be null has
 * no type, and what keeps unknown fields no fields, as kubectl takes the fields it is told of for all there are.
 */
function convert(schema: Node): Node {
  const pointed = pointer(schema)
  if (pointed) return pointed
  const kept = Object.entries(schema).filter(([key]) => !JUNCTORS.includes(key))
  const { type, items, properties, additionalProperties, required, ...rest } = Object.fromEntries(kept)
  const vague = schema.nullable === true || schema[PRESERVE] === true
  const hollow = schema.nullable === true || (schema[PRESERVE] === true && type === 'object')
  const untyped = hollow || (type === 'array' && (vague || items === undefined))
  const needed = requiredOf(required, properties)
  return {
    ...rest,
    ...(type !== undefined && !untyped && { type }),
    ...(needed.length > 0 && !vague && { required: needed }),
    ...(isObject(items) && !vague && { items: convert(items) }),
    ...(isObject(properties) && !vague && { properties: all(properties) }),
    ...(isObject(additionalProperties) && { additionalProperties: convert(additionalProperties) }),
    ...(typeof additionalProperties === 'boolean' && { additionalProperties }),
  }
}

/** A field that may be null may be left out. */
function requiredOf(required: unknown, properties: unknown): readonly unknown[] {
  if (!Array.isArray(required)) return []
  const known = isObject(properties) ? properties : {}
  return required.filter(name => {
    const field = known[String(name)]
    return !(isObject(field) && field.nullable === true)
  })
}

function all(properties: Node): Node {
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, isObject(one) ? convert(one) : one]))
}

/** A pointer stands alone in v2; only what is beside it that is no type stays. */
function pointer(schema: Node): Node | undefined {
  const [first] = Array.isArray(schema.allOf) && schema.allOf.length === 1 ? schema.allOf : [schema]
  if (!isObject(first) || typeof first.$ref !== 'string') return undefined
  const beside = Object.entries(schema).filter(([key]) => key === 'description' || key.startsWith('x-'))
  return { ...Object.fromEntries(beside), $ref: `${DEFINITIONS}${first.$ref.slice(first.$ref.lastIndexOf('/') + 1)}` }
}

function pathItem(served: Served, { parameters, operations }: ReturnType<typeof pathsOf>[number]): Node {
  return {
    ...Object.fromEntries(operations.map(operation => [operation.method, operationOf(served, operation)])),
    parameters: parameters.map(parameterOf),
  }
}

function parameterOf({ name, in: where, type }: Parameter): Node {
  return { uniqueItems: true, type, name, in: where, ...(where === 'path' && { required: true }) }
}

const PATCHES = ['application/json-patch+json', 'application/merge-patch+json', 'application/apply-patch+yaml']

function operationOf(served: Served, operation: Operation): Node {
  const { group, version, kind } = served.kind
  const own = hasProtobuf(apiVersion(served.kind), kind)
  const strategic = own ? ['application/strategic-merge-patch+json'] : []
  const { action, id, parameters, answers, brings } = operation
  const said = answers === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { group, version, kind }
  const schema = { $ref: `${DEFINITIONS}${named(served, answers)}` }
  return {
    consumes: brings === 'patch' ? [...PATCHES, ...strategic] : ['*/*'],
    produces: ['application/json', 'application/yaml', ...(own ? ['application/vnd.kubernetes.protobuf'] : [])],
    schemes: ['https'],
    tags: [`${groupTag(group)}_${version}`],
    operationId: id,
    parameters: [...(brings ? [bodyOf(served, brings)] : []), ...parameters.map(parameterOf)],
    responses: { 200: { description: 'OK', schema } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': said,
  }
}

function bodyOf(served: Served, brings: NonNullable<Operation['brings']>): Node {
  const what = { patch: `${META}.Patch`, options: `${META}.DeleteOptions` }
  const name = brings === 'patch' || brings === 'options' ? what[brings] : named(served, brings)
  return { name: 'body', in: 'body', required: brings !== 'options', schema: { $ref: `${DEFINITIONS}${name}` } }
}
