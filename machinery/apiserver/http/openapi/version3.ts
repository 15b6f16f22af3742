import { apiVersion } from '../../../api/kind.ts'
import { hasProtobuf } from '../../protobuf/envelope.ts'
import type { Served } from '../../registry/served.ts'
import { kindName, kindSchemas, listName } from './kind-schema.ts'
import { messageSchema } from './message-schema.ts'
import { META, type Node, ref, refsIn } from './node.ts'
import { groupTag, type Operation, type Parameter, pathsOf } from './operation.ts'

const SCALE = 'io.k8s.api.autoscaling.v1.Scale'
const EVERYWHERE = [`${META}.DeleteOptions`, `${META}.Status`, `${META}.WatchEvent`]

/** The OpenAPI v3 document of one group and version. */
export function documentOf(kinds: readonly Served[], versions: readonly string[]): object {
  const paths = Object.fromEntries(
    kinds.flatMap(served => pathsOf(served).map(path => [path.path, pathItem(served, path)])),
  )
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'bellhop' },
    paths,
    components: { schemas: schemasOf(kinds, { paths, versions }) },
  }
}

/** Every schema of the kinds, and every one that these point at. */
export function schemasOf(
  kinds: readonly Served[],
  { paths, versions }: { paths: object; versions: readonly string[] },
): Readonly<Record<string, Node>> {
  const found: Record<string, Node> = Object.assign({}, ...kinds.map(kindSchemas))
  const wanted = [...refsIn(found), ...refsIn(paths), ...EVERYWHERE]
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found[name]) continue
    const schema = { ...messageSchema(name), ...marksOf(name, versions) }
    found[name] = schema
    wanted.push(...refsIn(schema))
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What is sent in every group is of every group. */
function marksOf(name: string, versions: readonly string[]): Node {
  if (name === SCALE) return gvks([{ group: 'autoscaling', version: 'v1', kind: 'Scale' }])
  if (!EVERYWHERE.includes(name)) return {}
  const kind = name.slice(META.length + 1)
  if (kind === 'Status') return gvks([{ group: '', version: 'v1', kind }])
  return gvks(
    versions.map(one => {
      const [version = '', group = ''] = one.split('/').reverse()
      return { group, version, kind }
    }),
  )
}

function gvks(all: readonly Node[]): Node {
  return { 'x-kubernetes-group-version-kind': all }
}

function pathItem(served: Served, { parameters, operations }: ReturnType<typeof pathsOf>[number]): Node {
  return {
    ...Object.fromEntries(operations.map(operation => [operation.method, operationOf(served, operation)])),
    parameters: parameters.map(parameterOf),
  }
}

function parameterOf({ name, in: where, type }: Parameter): Node {
  return { name, in: where, ...(where === 'path' && { required: true }), schema: { type, uniqueItems: true } }
}

const PATCHES = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json']
const STRATEGIC = 'application/strategic-merge-patch+json'

function operationOf(served: Served, operation: Operation): Node {
  const { group, version, kind } = served.kind
  const { action, id, parameters, answers, brings } = operation
  const codes = { post: [200, 201, 202], put: [200, 201], patch: [200, 201], delete: [200, 202] }[action] ?? [200]
  const content = contentOf(served, answers)
  const said = answers === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { group, version, kind }
  return {
    tags: [`${groupTag(group)}_${version}`],
    operationId: id,
    ...(parameters.length > 0 && { parameters: parameters.map(parameterOf) }),
    ...(brings && { requestBody: bodyOf(served, brings) }),
    responses: Object.fromEntries(codes.map(code => [code, { description: DESCRIBED[code], content }])),
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': said,
  }
}

const DESCRIBED: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' }

function bodyOf(served: Served, brings: NonNullable<Operation['brings']>): Node {
  if (brings === 'options') return { content: { '*/*': { schema: ref(`${META}.DeleteOptions`) } } }
  if (brings !== 'patch') return { content: { '*/*': { schema: ref(named(served, brings)) } }, required: true }
  const own = hasProtobuf(apiVersion(served.kind), served.kind.kind)
  const types = own ? [...PATCHES, STRATEGIC] : PATCHES
  const content = Object.fromEntries(types.map(type => [type, { schema: ref(`${META}.Patch`) }]))
  return { content, required: true }
}

function contentOf(served: Served, answers: Operation['answers']): Node {
  const schema = ref(named(served, answers))
  const own = hasProtobuf(apiVersion(served.kind), served.kind.kind) ? ['application/vnd.kubernetes.protobuf'] : []
  const types = ['application/json', ...own, 'application/yaml']
  return Object.fromEntries(types.map(type => [type, { schema }]))
}

/** The schema of what an operation asks or answers. */
export function named(served: Served, what: Operation['answers']): string {
  if (what === 'kind') return kindName(served)
  if (what === 'list') return listName(served)
  return what === 'scale' ? SCALE : `${META}.Status`
}
