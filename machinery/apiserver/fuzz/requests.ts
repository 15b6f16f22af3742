import type { Asked } from '../http/simulated.ts'

// Requests that are nearly right, as attackers and bugs send them. The same seed makes the same requests.

/** Makes one request after another. */
export function requestMaker(random: () => number): () => Asked {
  const dies: Dies = {
    random,
    pick: list => list[Math.floor(random() * list.length)] as never,
    chance: share => random() < share,
    count: most => Math.floor(random() * (most + 1)),
  }
  return () => (dies.chance(0.6) ? plausible(dies) : wild(dies))
}

interface Dies {
  readonly random: () => number
  readonly pick: <T>(list: readonly T[]) => T
  readonly chance: (share: number) => boolean
  /** From 0 to the number given. */
  readonly count: (most: number) => number
}

/** Where objects lie, and one there that is right. */
const SAMPLES: Readonly<Record<string, object>> = {
  '/apis/tinkerbell.org/v1alpha1/namespaces/default/hardware': {
    metadata: { labels: { type: 'cp' }, finalizers: ['example.com/x'] },
    spec: {
      interfaces: [{ dhcp: { mac: '52:54:00:00:00:01', ip: { address: '10.0.0.2' } } }],
      disks: [{ device: '/dev/sda' }],
    },
    status: { state: 'x' },
  },
  '/apis/tinkerbell.org/v1alpha1/namespaces/default/workflows': { spec: { templateRef: 't', hardwareRef: 'h' } },
  '/api/v1/namespaces/default/configmaps': { data: { a: 'b' }, binaryData: { b: 'eA==' } },
  '/api/v1/namespaces/default/secrets': { stringData: { a: 'b' }, type: 'Opaque' },
  '/api/v1/namespaces/default/pods': {
    spec: { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }], env: [{ name: 'A', value: 'b' }] }] },
  },
  '/api/v1/namespaces/default/events': {
    involvedObject: { kind: 'Pod', name: 'a', namespace: 'default' },
    reason: 'R',
  },
  '/api/v1/namespaces/default/serviceaccounts': { secrets: [{ name: 'a' }] },
  '/api/v1/nodes': { spec: { providerID: 'x', taints: [{ key: 'a', effect: 'NoSchedule' }] } },
  '/apis/apps/v1/namespaces/default/deployments': {
    spec: {
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  },
  '/apis/coordination.k8s.io/v1/namespaces/default/leases': { spec: { holderIdentity: 'a', leaseDurationSeconds: 15 } },
  '/apis/events.k8s.io/v1/namespaces/default/events': { regarding: { kind: 'Pod', name: 'a' }, reason: 'R', note: 'n' },
  '/apis/rbac.authorization.k8s.io/v1/clusterroles': {
    rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }],
  },
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions': {
    metadata: { name: 'as.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'as', kind: 'A' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  properties: { n: { type: 'integer', default: 1, minimum: 0 } },
                  'x-kubernetes-validations': [{ rule: 'self.n < 10', message: 'too many' }],
                },
              },
            },
          },
        },
      ],
    },
  },
  '/apis/example.com/v1/namespaces/default/as': { spec: { n: 3 } },
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations': { webhooks: [] },
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': {
    spec: { resourceAttributes: { verb: 'get', resource: 'pods', namespace: 'default' } },
  },
  '/apis/authentication.k8s.io/v1/tokenreviews': { spec: { token: 'x' } },
}
const COLLECTIONS = Object.keys(SAMPLES)
const NAMES = ['a', 'b', 'default', 'x.y', 'hardware.tinkerbell.org', '%00', '..', 'A b'] as const
const BELOW = ['', '', '', '/status', '/scale', '/token', '/log', '/finalize', '/none'] as const

const PATCH_TYPES = [
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const
const BODY_TYPES = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'text/plain',
  '',
] as const
const ACCEPTS = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf, */*',
  'application/vnd.kubernetes.protobuf',
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
  'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,*/*;q=0.1',
  ';;;q=x,,',
] as const

/** A request whose path, method and type fit one another; its body may not. */
function plausible(dies: Dies): Asked {
  const { pick, chance } = dies
  const collection = pick(COLLECTIONS)
  const object = `${collection}/${pick(NAMES.slice(0, 3))}${pick(BELOW)}`
  const accept = pick(ACCEPTS)
  const method = pick(['POST', 'POST', 'POST', 'PATCH', 'PATCH', 'PUT', 'GET', 'GET', 'DELETE'] as const)
  const url = `${method === 'POST' ? collection : chance(0.2) ? collection : object}${queryOf(dies)}`
  if (method === 'GET') return { method, url, headers: { accept } }
  const type = method === 'PATCH' ? pick(PATCH_TYPES) : chance(0.8) ? 'application/json' : pick(BODY_TYPES)
  return { method, url, headers: { accept, 'content-type': type }, body: bodyOf(dies, type, SAMPLES[collection]) }
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'get'] as const
const PARTS = [
  ...['api', 'apis', 'v1', 'tinkerbell.org', 'v1alpha1', 'namespaces', 'default', 'hardware', 'pods', 'secrets'],
  ...['status', 'log', 'openapi', 'v2', 'v3', 'healthz', 'livez', 'metrics', 'version', '.well-known'],
  ...['%00', '%', '..', '.', '%2e%2e', '%2f', 'é', '', '__proto__', 'constructor'],
] as const

function wild(dies: Dies): Asked {
  const { pick, count, chance } = dies
  const path = Array.from({ length: count(7) }, () => pick(PARTS)).join('/')
  const method = pick(METHODS)
  const type = pick([...BODY_TYPES, ...PATCH_TYPES])
  const headers = {
    accept: pick(ACCEPTS),
    'content-type': type,
    ...(chance(0.1) && { 'accept-encoding': pick(['gzip', 'br', 'gzip;q=0', '*']) }),
    ...(chance(0.1) && { authorization: pick(['Bearer x', 'Bearer a.b.c', 'Basic eDp5', '']) }),
    ...(chance(0.1) && { 'impersonate-user': pick(['ann', 'system:serviceaccount:a:b', '']) }),
    ...(chance(0.1) && { 'content-encoding': 'gzip' }),
  }
  return { method, url: `/${path}${queryOf(dies)}`, headers, body: chance(0.5) ? bodyOf(dies, type) : '' }
}

const QUERIES = [
  ...['limit=1', 'limit=-1', 'limit=x', 'continue=eA', 'continue=', 'watch=1&timeoutSeconds=1', 'watch=0'],
  ...['resourceVersion=1', 'resourceVersion=0', 'resourceVersion=999999999', 'resourceVersion=x', 'resourceVersion=-1'],
  ...[
    'resourceVersionMatch=Exact',
    'resourceVersionMatch=NotOlderThan',
    'sendInitialEvents=true',
    'sendInitialEvents=x',
  ],
  ...['allowWatchBookmarks=1', 'dryRun=All', 'dryRun=1', 'fieldManager=m', 'fieldManager=', 'force=true', 'force=x'],
  ...[
    'fieldValidation=Strict',
    'fieldValidation=Ignore',
    'fieldValidation=no',
    'pretty',
    'pretty=true',
    'includeObject=x',
  ],
  ...['propagationPolicy=Foreground', 'propagationPolicy=x', 'gracePeriodSeconds=0', 'orphanDependents=true'],
  ...['verbose', 'exclude=ping', 'timeout=1s', '%', '&&&', '=', '%zz=%zz'],
] as const
const SELECTOR_PARTS = [
  'a',
  'b=',
  '=',
  '!',
  '(',
  ')',
  ',',
  'in',
  'notin',
  ' ',
  '>',
  '1',
  '\\',
  'metadata.name',
  '/',
  'é',
] as const

function queryOf({ pick, count, chance }: Dies): string {
  if (chance(0.5)) return ''
  const selector = () => encodeURIComponent(Array.from({ length: count(6) }, () => pick(SELECTOR_PARTS)).join(''))
  const parts = Array.from({ length: 1 + count(2) }, () =>
    chance(0.25) ? `${pick(['labelSelector', 'fieldSelector'] as const)}=${selector()}` : pick(QUERIES),
  )
  return `?${parts.join('&')}`
}

const VALUES = [
  null,
  0,
  -1,
  1e300,
  0.5,
  '',
  'a',
  'é\u0000',
  true,
  [],
  {},
  [[]],
  { a: null },
  ['a', 'a'],
  '2026-01-01T00:00:00Z',
] as const
const FIELDS = [
  ...['metadata', 'name', 'namespace', 'labels', 'annotations', 'spec', 'status', 'data', 'stringData', 'type', 'kind'],
  ...[
    'apiVersion',
    'interfaces',
    'dhcp',
    'mac',
    'finalizers',
    'ownerReferences',
    'managedFields',
    'containers',
    'ports',
  ],
  ...[
    'op',
    'path',
    'value',
    'from',
    '$patch',
    '$setElementOrder/finalizers',
    '$retainKeys',
    '$deleteFromPrimitiveList/x',
  ],
  ...['resourceVersion', 'uid', 'deletionTimestamp', 'generateName', 'rules', 'versions', 'schema', 'openAPIV3Schema'],
  ...['properties', 'x-kubernetes-validations', 'rule', '__proto__', 'constructor', 'toString', 'x', '0'],
] as const

function anyValue(dies: Dies, depth: number): unknown {
  const { pick, chance, count } = dies
  if (depth === 0 || chance(0.3)) return pick(VALUES)
  const members = Array.from({ length: count(4) }, () => [pick(FIELDS), anyValue(dies, depth - 1)] as const)
  return chance(0.2) ? members.map(([, member]) => member) : Object.fromEntries(members)
}

/** A sample with a name, and often with something wrong somewhere in it. */
function objectOf(dies: Dies, sample: object | undefined): unknown {
  const { pick, chance } = dies
  if (!sample || chance(0.15)) return anyValue(dies, 5)
  const { metadata } = sample as { readonly metadata?: object }
  const object = { ...sample, metadata: { name: pick(NAMES.slice(0, 2)), ...metadata } }
  return chance(0.4) ? object : spoilt(dies, object, 4)
}

/** The same but for one member somewhere, which is anything. */
function spoilt(dies: Dies, value: unknown, depth: number): unknown {
  const { pick, chance } = dies
  if (depth === 0 || typeof value !== 'object' || value === null || chance(0.2)) return anyValue(dies, 2)
  const key = chance(0.2) ? pick(FIELDS) : (pick(Object.keys(value)) ?? pick(FIELDS))
  const changed = spoilt(dies, (value as Readonly<Record<string, unknown>>)[key], depth - 1)
  if (Array.isArray(value)) return value.map((member, at) => (String(at) === key ? changed : member))
  return { ...value, [key]: changed }
}

const POINTERS = [
  '',
  '/',
  '/metadata',
  '/metadata/labels/a',
  '/spec',
  '/spec/interfaces/0',
  '/spec/interfaces/-',
  '/~2',
  'x',
] as const

function jsonPatchOf(dies: Dies): unknown {
  const { pick, count } = dies
  return Array.from({ length: count(3) }, () => ({
    op: pick(['add', 'remove', 'replace', 'move', 'copy', 'test', 'x']),
    path: pick(POINTERS),
    from: pick(POINTERS),
    value: anyValue(dies, 2),
  }))
}

function bodyOf(dies: Dies, type: string, sample?: object): string | Uint8Array {
  const { random, count, chance } = dies
  if (type === 'application/vnd.kubernetes.protobuf') {
    const bytes = Buffer.from(Array.from({ length: count(60) }, () => Math.floor(random() * 256)))
    return chance(0.7) ? Buffer.concat([Buffer.from('k8s\0'), bytes]) : bytes
  }
  const value = type === 'application/json-patch+json' && chance(0.8) ? jsonPatchOf(dies) : objectOf(dies, sample)
  const text = JSON.stringify(value) ?? ''
  if (chance(0.1)) return text.slice(0, count(text.length))
  if (chance(0.03)) return '['.repeat(5_000)
  return chance(0.03) ? text.replaceAll(':', ': &a ').replaceAll('"a"', '*a') : text
}
