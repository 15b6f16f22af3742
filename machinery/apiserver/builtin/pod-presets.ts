import { isObject } from '../registry/served.ts'
import { items, members } from './look.ts'
import { type Draft, type Preset, preset } from './preset.ts'

const MODE = 0o644

const podSpec: Preset = draft => {
  preset({ dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', schedulerName: 'default-scheduler' })(draft)
  draft.securityContext ??= {}
  draft.terminationGracePeriodSeconds ??= 30
  // `serviceAccount` is the older name; both are shown.
  const account = draft.serviceAccountName || draft.serviceAccount
  if (account) Object.assign(draft, { serviceAccountName: account, serviceAccount: account })
}

/** What is meant in a Pod itself but not in a template of one. */
const pod: Preset = draft => {
  const spec: Draft = { ...members(draft.spec) }
  spec.enableServiceLinks ??= true
  for (const name of ['containers', 'initContainers']) {
    if (!Array.isArray(spec[name])) continue
    spec[name] = items(spec[name]).map(one => withPorts(withRequests(one), spec.hostNetwork === true))
  }
  draft.spec = spec
}

/** What is limited is also asked for. */
function withRequests(container: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const resources = members(container.resources)
  if (!isObject(resources.limits)) return container
  return {
    ...container,
    resources: { ...resources, requests: { ...resources.limits, ...members(resources.requests) } },
  }
}

function withPorts(container: Readonly<Record<string, unknown>>, hostNetwork: boolean): unknown {
  if (!hostNetwork || !Array.isArray(container.ports)) return container
  const ports = items(container.ports).map(port => ({ ...port, hostPort: port.hostPort || port.containerPort }))
  return { ...container, ports }
}

const container: Preset = draft => {
  preset({
    imagePullPolicy: isLatest(String(draft.image ?? '')) ? 'Always' : 'IfNotPresent',
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  })(draft)
}

/** Without a tag or a digest an image is the latest. */
function isLatest(image: string): boolean {
  if (image.includes('@')) return false
  const tag = /:([\w][\w.-]*)$/.exec(image)?.[1]
  return tag === undefined || tag === 'latest'
}

const SOURCES = ['name']

/** A volume without a source is an empty directory. */
const volume: Preset = draft => {
  if (Object.keys(draft).every(name => SOURCES.includes(name))) draft.emptyDir = {}
}

/** Defaults of Pods and of their templates, by their OpenAPI names. */
export function podPresets(core: string): Readonly<Record<string, Preset>> {
  return {
    [`${core}Pod`]: pod,
    [`${core}PodSpec`]: podSpec,
    [`${core}Container`]: container,
    [`${core}EphemeralContainerCommon`]: container,
    [`${core}ContainerPort`]: preset({ protocol: 'TCP' }),
    [`${core}Probe`]: preset({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
    [`${core}HTTPGetAction`]: preset({ path: '/', scheme: 'HTTP' }),
    [`${core}GRPCAction`]: draft => {
      draft.service ??= ''
    },
    [`${core}ObjectFieldSelector`]: preset({ apiVersion: 'v1' }),
    [`${core}Volume`]: volume,
    [`${core}SecretVolumeSource`]: mode,
    [`${core}ConfigMapVolumeSource`]: mode,
    [`${core}DownwardAPIVolumeSource`]: mode,
    [`${core}ProjectedVolumeSource`]: mode,
    [`${core}ServiceAccountTokenProjection`]: draft => {
      draft.expirationSeconds ??= 3600
    },
    [`${core}HostPathVolumeSource`]: draft => {
      draft.type ??= ''
    },
  }
}

const mode: Preset = draft => {
  draft.defaultMode ??= MODE
}
