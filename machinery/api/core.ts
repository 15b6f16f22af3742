import { builtinKind } from './kind.ts'
import type { KubeObject, Resource } from './object.ts'

// Kinds of Kubernetes itself, as far as the services read or write them.

export interface Secret extends KubeObject {
  readonly type?: string
  /** Base64. */
  readonly data?: Readonly<Record<string, string>>
}

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
}

export interface Namespace extends KubeObject {
  readonly spec?: { readonly finalizers?: readonly string[] }
  readonly status?: { readonly phase?: string }
}

export interface ObjectReference {
  readonly apiVersion?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly fieldPath?: string
}

/** core/v1 Event: something that happened to an object, counted rather than repeated. */
export interface Event extends KubeObject {
  readonly involvedObject: ObjectReference
  readonly reason: string
  readonly message: string
  readonly type: 'Normal' | 'Warning'
  readonly source?: { readonly component?: string; readonly host?: string }
  readonly firstTimestamp?: string
  readonly lastTimestamp?: string
  readonly eventTime?: string
  readonly count?: number
  readonly action?: string
  readonly reportingComponent?: string
  readonly reportingInstance?: string
}

export interface ContainerStatus {
  readonly name: string
  readonly ready: boolean
  readonly restartCount: number
  readonly image: string
  readonly imageID: string
  readonly started?: boolean
  readonly state?: Readonly<Record<string, unknown>>
}

export type Pod = Resource<
  {
    readonly nodeName?: string
    readonly containers: readonly { readonly name: string; readonly image: string; readonly args?: readonly string[] }[]
  },
  {
    readonly phase?: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
    readonly conditions?: readonly {
      readonly type: string
      readonly status: string
      readonly lastTransitionTime?: string
    }[]
    readonly containerStatuses?: readonly ContainerStatus[]
    readonly podIP?: string
    readonly hostIP?: string
    readonly startTime?: string
    readonly message?: string
    readonly reason?: string
  }
>

export const Secret = builtinKind<Secret>({ group: '', version: 'v1', kind: 'Secret', plural: 'secrets' })
export const ConfigMap = builtinKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  shortNames: ['cm'],
})
export const Namespace = builtinKind<Namespace>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  statusSubresource: true,
})
export const Event = builtinKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
})
export const Pod = builtinKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  statusSubresource: true,
  categories: ['all'],
})
