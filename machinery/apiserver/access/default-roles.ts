import { ClusterRole, ClusterRoleBinding, type PolicyRule, RBAC_GROUP, type RoleBinding } from '../../api/access.ts'
import { make } from '../../api/kind.ts'

// The ClusterRoles and ClusterRoleBindings that every cluster has (plugin `authorizer/rbac/bootstrappolicy`), but for those
// of nodes, schedulers, volumes and upstream's own controllers. Lists are sorted, as upstream keeps them.

const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']
const READ_WRITE = [...READ, ...WRITE].sort()

const CORE = ''
const APPS = 'apps'
const AUTHENTICATION = 'authentication.k8s.io'
const AUTHORIZATION = 'authorization.k8s.io'
const BATCH = 'batch'
const LEASES = 'coordination.k8s.io'
const AUTOSCALING = 'autoscaling'
const EXTENSIONS = 'extensions'
const NETWORKING = 'networking.k8s.io'
const POLICY = 'policy'

const on = (group: string, resources: readonly string[], verbs: readonly string[]): PolicyRule => ({
  apiGroups: [group],
  resources: resources.toSorted(),
  verbs,
})
const paths = (...urls: readonly string[]): PolicyRule => ({ nonResourceURLs: urls.toSorted(), verbs: ['get'] })

const HEALTH = ['/livez', '/readyz', '/healthz']
const VERSION = ['/version', '/version/']
const DISCOVERY = ['/openapi', '/openapi/*', '/api', '/api/*', '/apis', '/apis/*']
const EVENTS: PolicyRule = {
  apiGroups: [CORE, 'events.k8s.io'],
  resources: ['events'],
  verbs: ['create', 'patch', 'update'],
}

const withStatus = (...resources: readonly string[]) => resources.flatMap(one => [one, `${one}/status`])
const CONNECTED = ['pods/attach', 'pods/proxy', 'pods/exec', 'pods/portforward']
const REPLICATION = 'replicationcontrollers/scale'
const CLAIMED = ['persistentvolumeclaims', 'configmaps']
const REPLICATED = ['replicationcontrollers', REPLICATION, 'serviceaccounts', 'services', ...CLAIMED]
const DEPLOYED = ['deployments', 'deployments/scale', 'replicasets', 'replicasets/scale']
const NETWORKED = ['networkpolicies', 'ingresses']
const SCALED = ['statefulsets/scale', 'deployments/scale', 'replicasets/scale']
const OLD_SCALED = ['deployments/scale', 'replicasets/scale', REPLICATION]
const SHOWN = [...withStatus('resourcequotas'), 'namespaces/status', 'replicationcontrollers/status']

const RULES: Readonly<Record<string, readonly PolicyRule[]>> = {
  'cluster-admin': [on('*', ['*'], ['*']), { nonResourceURLs: ['*'], verbs: ['*'] }],
  'system:discovery': [paths(...HEALTH, ...VERSION, ...DISCOVERY)],
  'system:public-info-viewer': [paths(...HEALTH, ...VERSION)],
  'system:monitoring': [paths('/metrics', '/metrics/slis', ...HEALTH, '/livez/*', '/readyz/*', '/healthz/*')],
  'system:basic-user': [
    on(AUTHORIZATION, ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
    on(AUTHENTICATION, ['selfsubjectreviews'], ['create']),
  ],
  'system:auth-delegator': [
    on(AUTHENTICATION, ['tokenreviews'], ['create']),
    on(AUTHORIZATION, ['subjectaccessreviews'], ['create']),
  ],
  'system:service-account-issuer-discovery': [
    paths(
      ...['/.well-known/openid-configuration', '/.well-known/openid-configuration/'],
      ...['/openid/v1/jwks', '/openid/v1/jwks/'],
    ),
  ],
  'system:kube-controller-manager': [
    EVENTS,
    on(LEASES, ['leases'], ['create']),
    { ...on(LEASES, ['leases'], ['get', 'update']), resourceNames: ['kube-controller-manager'] },
    on(CORE, ['secrets', 'serviceaccounts'], ['create']),
    on(CORE, ['secrets'], ['delete']),
    on(CORE, ['namespaces', 'secrets', 'serviceaccounts', 'configmaps'], ['get']),
    on(CORE, ['secrets', 'serviceaccounts'], ['update']),
    on(AUTHENTICATION, ['tokenreviews'], ['create']),
    on(AUTHORIZATION, ['subjectaccessreviews'], ['create']),
    on('*', ['*'], ['list', 'watch']),
    on(CORE, ['serviceaccounts/token'], ['create']),
  ],
  'system:aggregate-to-admin': [
    on(AUTHORIZATION, ['localsubjectaccessreviews'], ['create']),
    on(RBAC_GROUP, ['roles', 'rolebindings'], READ_WRITE),
  ],
  'system:aggregate-to-edit': [
    on(CORE, [...CONNECTED, 'secrets', 'services/proxy'], READ),
    on(CORE, ['serviceaccounts'], ['impersonate']),
    on(CORE, ['pods', ...CONNECTED], WRITE),
    on(CORE, ['pods/eviction'], ['create']),
    on(CORE, [...REPLICATED, 'services/proxy', 'secrets', 'events'], WRITE),
    on(CORE, ['serviceaccounts/token'], ['create']),
    on(APPS, ['statefulsets', 'statefulsets/scale', 'daemonsets', ...DEPLOYED, 'deployments/rollback'], WRITE),
    on(AUTOSCALING, ['horizontalpodautoscalers'], WRITE),
    on(BATCH, ['jobs', 'cronjobs'], WRITE),
    on(EXTENSIONS, ['daemonsets', ...DEPLOYED, 'deployments/rollback', ...NETWORKED, REPLICATION], WRITE),
    on(POLICY, ['poddisruptionbudgets'], WRITE),
    on(NETWORKING, NETWORKED, WRITE),
    on(LEASES, ['leases'], READ_WRITE),
  ],
  'system:aggregate-to-view': [
    on(CORE, ['pods', ...REPLICATED, 'services/status', 'endpoints', 'persistentvolumeclaims/status'], READ),
    on(CORE, ['limitranges', 'bindings', 'events', 'pods/status', 'pods/log', ...SHOWN], READ),
    on(CORE, ['namespaces'], READ),
    on('discovery.k8s.io', ['endpointslices'], READ),
    on(
      APPS,
      ['controllerrevisions', ...withStatus('statefulsets', 'daemonsets', 'deployments', 'replicasets'), ...SCALED],
      READ,
    ),
    on(AUTOSCALING, withStatus('horizontalpodautoscalers'), READ),
    on(BATCH, withStatus('jobs', 'cronjobs'), READ),
    on(
      EXTENSIONS,
      ['networkpolicies', ...withStatus('daemonsets', 'deployments', 'ingresses', 'replicasets'), ...OLD_SCALED],
      READ,
    ),
    on(POLICY, withStatus('poddisruptionbudgets'), READ),
    on(NETWORKING, ['networkpolicies', ...withStatus('ingresses')], READ),
  ],
}

const AUTOUPDATE = 'rbac.authorization.kubernetes.io/autoupdate'
const MARKS = {
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  annotations: { [AUTOUPDATE]: 'true' },
} as const

/** Which of the roles above each role for people adds up, and that others may add to it. */
const to = (role: string) => `rbac.authorization.k8s.io/aggregate-to-${role}`

/** admin is edit and more, edit is view and more. */
const LABELS: Readonly<Record<string, string>> = {
  edit: to('admin'),
  view: to('edit'),
  'system:aggregate-to-admin': to('admin'),
  'system:aggregate-to-edit': to('edit'),
  'system:aggregate-to-view': to('view'),
}

function metadataOf(name: string) {
  const label = LABELS[name]
  return { name, ...MARKS, labels: { ...MARKS.labels, ...(label && { [label]: 'true' }) } }
}

export const DEFAULT_ROLES: readonly ClusterRole[] = [
  ...Object.entries(RULES).map(([name, rules]) => make(ClusterRole, { metadata: metadataOf(name), rules })),
  ...['admin', 'edit', 'view'].map(name =>
    make(ClusterRole, {
      metadata: metadataOf(name),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [to(name)]: 'true' } }] },
    }),
  ),
]

const AUTHENTICATED = 'system:authenticated'

/** Each a ClusterRole and the groups that have it; names that are no group's stand for users. */
const BOUND: Readonly<Record<string, { readonly groups?: readonly string[]; readonly users?: readonly string[] }>> = {
  'cluster-admin': { groups: ['system:masters'] },
  'system:monitoring': { groups: ['system:monitoring'] },
  'system:discovery': { groups: [AUTHENTICATED] },
  'system:basic-user': { groups: [AUTHENTICATED] },
  'system:public-info-viewer': { groups: [AUTHENTICATED, 'system:unauthenticated'] },
  'system:kube-controller-manager': { users: ['system:kube-controller-manager'] },
  'system:service-account-issuer-discovery': { groups: ['system:serviceaccounts'] },
}

export const DEFAULT_BINDINGS: readonly RoleBinding[] = Object.entries(BOUND).map(([name, { groups, users }]) => {
  const subject = (kind: string) => (of: string) => ({ kind, apiGroup: RBAC_GROUP, name: of })
  return make(ClusterRoleBinding, {
    metadata: { name, ...MARKS },
    roleRef: { apiGroup: RBAC_GROUP, kind: 'ClusterRole', name },
    subjects: [...(users ?? []).map(subject('User')), ...(groups ?? []).map(subject('Group'))],
  })
})

/** Whether the server may bring a default role or binding up to date. */
export function updatesItself(annotations: Readonly<Record<string, string>> | undefined): boolean {
  return annotations?.[AUTOUPDATE] !== 'false'
}
