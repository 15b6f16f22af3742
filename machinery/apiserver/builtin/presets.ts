import { isObject } from '../registry/served.ts'
import { items, members } from './look.ts'
import { podPresets } from './pod-presets.ts'
import { type Draft, type Preset, preset } from './preset.ts'

const all =
  (...presets: readonly Preset[]): Preset =>
  draft => {
    for (const one of presets) one(draft)
  }

/** A rolling update and what it allows, where nothing else is asked for. */
const rolling =
  (member: string, allows: Readonly<Record<string, unknown>>): Preset =>
  draft => {
    const strategy: Draft = { ...members(draft[member]) }
    if (!strategy.type) strategy.type = 'RollingUpdate'
    if (strategy.type === 'RollingUpdate') strategy.rollingUpdate = { ...allows, ...members(strategy.rollingUpdate) }
    draft[member] = strategy
  }

const service: Preset = draft => {
  preset({ sessionAffinity: 'None', type: 'ClusterIP' })(draft)
  const outside = draft.type === 'NodePort' || draft.type === 'LoadBalancer'
  if (draft.sessionAffinity === 'None') delete draft.sessionAffinityConfig
  if (draft.sessionAffinity === 'ClientIP' && !members(members(draft.sessionAffinityConfig).clientIP).timeoutSeconds) {
    draft.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10_800 } }
  }
  if (outside) preset({ externalTrafficPolicy: 'Cluster' })(draft)
  if (draft.type !== 'ExternalName') preset({ internalTrafficPolicy: 'Cluster' })(draft)
  if (draft.type === 'LoadBalancer') draft.allocateLoadBalancerNodePorts ??= true
}

const servicePort: Preset = draft => preset({ protocol: 'TCP', targetPort: draft.port })(draft)

const namespace: Preset = draft => {
  const metadata = members(draft.metadata)
  if (typeof metadata.name !== 'string' || metadata.name === '') return
  const labels = sorted({ ...members(metadata.labels), 'kubernetes.io/metadata.name': metadata.name })
  draft.metadata = { ...metadata, labels }
}

/** Go writes maps by key. */
export function sorted(map: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const job: Preset = draft => {
  const spec: Draft = { ...members(draft.spec) }
  if (spec.parallelism === undefined) spec.completions ??= 1
  spec.parallelism ??= 1
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 0x7fffffff
  spec.completionMode ??= 'NonIndexed'
  spec.suspend ??= false
  spec.manualSelector ??= false
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'
  draft.spec = spec
  const labels = members(members(members(spec.template).metadata).labels)
  const metadata = members(draft.metadata)
  if (Object.keys(labels).length > 0 && !isObject(metadata.labels)) draft.metadata = { ...metadata, labels }
}

const statefulSet: Preset = draft => {
  preset({ podManagementPolicy: 'OrderedReady' })(draft)
  const strategy: Draft = { ...members(draft.updateStrategy) }
  if (!strategy.type) {
    strategy.type = 'RollingUpdate'
    strategy.rollingUpdate ??= {}
  }
  if (strategy.type === 'RollingUpdate' && isObject(strategy.rollingUpdate)) {
    strategy.rollingUpdate = { partition: 0, ...strategy.rollingUpdate }
  }
  draft.updateStrategy = strategy
  draft.persistentVolumeClaimRetentionPolicy = {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
    ...members(draft.persistentVolumeClaimRetentionPolicy),
  }
  draft.replicas ??= 1
  draft.revisionHistoryLimit ??= 10
  if (draft.volumeClaimTemplates) draft.volumeClaimTemplates = items(draft.volumeClaimTemplates).map(asClaim)
}

function asClaim(claim: Readonly<Record<string, unknown>>): unknown {
  return { kind: 'PersistentVolumeClaim', apiVersion: 'v1', ...claim }
}

const nodeStatus: Preset = draft => {
  if (isObject(draft.capacity)) draft.allocatable ??= draft.capacity
}

const subject: Preset = draft => {
  if (draft.kind === 'User' || draft.kind === 'Group') preset({ apiGroup: 'rbac.authorization.k8s.io' })(draft)
}

const binding: Preset = draft => {
  draft.roleRef = {
    ...members(draft.roleRef),
    apiGroup: members(draft.roleRef).apiGroup || 'rbac.authorization.k8s.io',
  }
}

const webhook = preset({
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  namespaceSelector: {},
  objectSelector: {},
})
// No preset for a timeout of zero: that is refused.
const timeout: Preset = draft => {
  draft.timeoutSeconds ??= 10
}

const absent =
  (values: Readonly<Record<string, unknown>>): Preset =>
  draft => {
    for (const [name, value] of Object.entries(values)) draft[name] ??= value
  }

const ADMISSION = 'io.k8s.api.admissionregistration.v1.'
const APPS = 'io.k8s.api.apps.v1.'
const BATCH = 'io.k8s.api.batch.v1.'
const CORE = 'io.k8s.api.core.v1.'
const RBAC = 'io.k8s.api.rbac.v1.'

/** What each message means where it says nothing (kubernetes `pkg/apis/*` `SetDefaults_*`), by its OpenAPI name. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  ...podPresets(CORE),
  [`${CORE}Namespace`]: namespace,
  [`${CORE}NamespaceStatus`]: preset({ phase: 'Active' }),
  [`${CORE}NodeStatus`]: nodeStatus,
  [`${CORE}Secret`]: preset({ type: 'Opaque' }),
  [`${CORE}ServiceSpec`]: service,
  [`${CORE}ServicePort`]: servicePort,
  [`${CORE}EndpointPort`]: preset({ protocol: 'TCP' }),
  [`${CORE}PersistentVolumeClaimSpec`]: absent({ volumeMode: 'Filesystem' }),
  [`${CORE}PersistentVolumeClaimStatus`]: preset({ phase: 'Pending' }),
  [`${APPS}DeploymentSpec`]: all(
    absent({ replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
    rolling('strategy', { maxUnavailable: '25%', maxSurge: '25%' }),
  ),
  [`${APPS}DaemonSetSpec`]: all(
    absent({ revisionHistoryLimit: 10 }),
    rolling('updateStrategy', { maxUnavailable: 1, maxSurge: 0 }),
  ),
  [`${APPS}ReplicaSetSpec`]: absent({ replicas: 1 }),
  [`${APPS}StatefulSetSpec`]: statefulSet,
  [`${BATCH}Job`]: job,
  [`${BATCH}CronJobSpec`]: all(
    preset({ concurrencyPolicy: 'Allow' }),
    absent({ suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }),
  ),
  [`${BATCH}PodFailurePolicyOnPodConditionsPattern`]: preset({ status: 'True' }),
  [`${RBAC}Subject`]: subject,
  [`${RBAC}RoleBinding`]: binding,
  [`${RBAC}ClusterRoleBinding`]: binding,
  [`${ADMISSION}ValidatingWebhook`]: all(webhook, timeout),
  [`${ADMISSION}MutatingWebhook`]: all(webhook, timeout, preset({ reinvocationPolicy: 'Never' })),
  [`${ADMISSION}Rule`]: preset({ scope: '*' }),
  [`${ADMISSION}ServiceReference`]: absent({ port: 443 }),
  'io.k8s.api.discovery.v1.EndpointPort': absent({ name: '', protocol: 'TCP' }),
}
