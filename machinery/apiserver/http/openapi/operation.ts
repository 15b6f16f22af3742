import { apiVersion } from '../../../api/kind.ts'
import { ALL_VERBS, type Served } from '../../registry/served.ts'

// What can be asked about a kind: the same for OpenAPI v2 and v3, which only write it differently.

export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path'
  readonly type: 'string' | 'boolean' | 'integer'
}

export interface Operation {
  readonly method: 'get' | 'put' | 'post' | 'delete' | 'patch'
  /** `x-kubernetes-action` */
  readonly action: string
  readonly id: string
  readonly parameters: readonly Parameter[]
  /** What the answer holds: the kind, its list, or something else. */
  readonly answers: 'kind' | 'list' | 'status' | 'scale'
  /** What the request brings. */
  readonly brings?: 'kind' | 'patch' | 'options' | 'scale'
}

export interface Path {
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly operations: readonly Operation[]
}

const query = (type: Parameter['type'], ...names: readonly string[]): readonly Parameter[] =>
  names.map(name => ({ name, in: 'query', type }))
const inPath = (name: string): Parameter => ({ name, in: 'path', type: 'string' })

const PRETTY = query('string', 'pretty')
const WRITES = query('string', 'dryRun', 'fieldManager', 'fieldValidation')
const LISTS = [
  ...query('boolean', 'allowWatchBookmarks'),
  ...query('string', 'continue', 'fieldSelector', 'labelSelector'),
  ...query('integer', 'limit'),
  ...query('string', 'resourceVersion', 'resourceVersionMatch'),
  ...query('boolean', 'sendInitialEvents'),
  ...query('integer', 'timeoutSeconds'),
  ...query('boolean', 'watch'),
]
const DELETES = [
  ...query('string', 'dryRun'),
  ...query('integer', 'gracePeriodSeconds'),
  ...query('boolean', 'orphanDependents'),
  ...query('string', 'propagationPolicy'),
]
const UNWATCHED = LISTS.filter(one => !['allowWatchBookmarks', 'watch'].includes(one.name))

/** All paths of a kind, with what can be done there. */
export function pathsOf(served: Served): readonly Path[] {
  const { kind } = served
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersion(kind)}`
  const name = `${camel(groupTag(kind.group))}${camel(kind.version)}`
  const named = `${name}${kind.namespaced ? 'Namespaced' : ''}${kind.kind}`
  const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`
  const inside = kind.namespaced ? [inPath('namespace'), ...PRETTY] : PRETTY
  const one = [inPath('name'), ...inside]
  const subresources = subresourcesOf(served).map(sub => ({
    path: `${collection}/{name}/${sub}`,
    parameters: one,
    operations: objectOperations(`${named}${camel(sub)}`, sub === 'scale' ? 'scale' : 'kind').filter(isNoRemoval),
  }))
  const everywhere = list(`list${name}${kind.kind}ForAllNamespaces`)
  return [
    ...(kind.namespaced
      ? [
          {
            path: `${root}/${kind.plural}`,
            parameters: [...LISTS, ...PRETTY],
            operations: [{ ...everywhere, parameters: [] }],
          },
        ]
      : []),
    { path: collection, parameters: inside, operations: collectionOperations(name, named) },
    { path: `${collection}/{name}`, parameters: one, operations: objectOperations(named, 'kind') },
    ...subresources,
  ].map(path => ({ ...path, operations: path.operations.filter(operation => isServed(served, operation)) }))
}

function subresourcesOf({ kind, traits }: Served): readonly string[] {
  return [...(kind.statusSubresource ? ['status'] : []), ...(traits.scale ? ['scale'] : [])]
}

function isNoRemoval({ action }: Operation): boolean {
  return action !== 'delete'
}

const VERBS: Readonly<Record<string, string>> = { post: 'create', put: 'update' }

function isServed({ traits }: Served, { action }: Operation): boolean {
  return (traits.verbs ?? ALL_VERBS).includes(VERBS[action] ?? action)
}

function list(id: string): Operation {
  return { method: 'get', action: 'list', id, parameters: LISTS, answers: 'list' }
}

function collectionOperations(name: string, named: string): readonly Operation[] {
  const removing = [...new Map([...DELETES, ...UNWATCHED].map(one => [one.name, one])).values()]
  const removal = `delete${name}Collection${named.slice(name.length)}`
  return [
    {
      method: 'delete',
      action: 'deletecollection',
      id: removal,
      parameters: removing,
      answers: 'status',
      brings: 'options',
    },
    list(`list${named}`),
    { method: 'post', action: 'post', id: `create${named}`, parameters: WRITES, answers: 'kind', brings: 'kind' },
  ]
}

function objectOperations(named: string, answers: 'kind' | 'scale'): readonly Operation[] {
  const patches = [...WRITES, ...query('boolean', 'force')]
  return [
    {
      method: 'delete',
      action: 'delete',
      id: `delete${named}`,
      parameters: DELETES,
      answers: 'status',
      brings: 'options',
    },
    { method: 'get', action: 'get', id: `read${named}`, parameters: [], answers },
    { method: 'patch', action: 'patch', id: `patch${named}`, parameters: patches, answers, brings: 'patch' },
    { method: 'put', action: 'put', id: `replace${named}`, parameters: WRITES, answers, brings: answers },
  ]
}

/** `rbac.authorization.k8s.io` as part of a name: `rbacAuthorization`. */
export function groupTag(group: string): string {
  const [first = '', ...rest] = (group || 'core').replace(/\.k8s\.io$/, '').split('.')
  return `${first}${rest.map(camel).join('')}`
}

function camel(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
