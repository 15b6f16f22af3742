import type { Kind } from './kind.ts'
import type { KubeObject, ObjectKey, ObjectMeta } from './object.ts'

export interface ListOptions {
  /** All namespaces when absent. */
  readonly namespace?: string
  /** For example `owner-name=mycluster-provision`. */
  readonly labelSelector?: string
  /** For example `metadata.name=rack1`. */
  readonly fieldSelector?: string
}

export interface ObjectList<T> {
  readonly items: readonly T[]
  /** The state of the store this list shows; a watch goes on from here. */
  readonly resourceVersion: string
}

export interface PageOptions extends ListOptions {
  /** How many objects a page has at most. */
  readonly limit?: number
}

export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  /** All up to this version was told; `initial` once, when these were the objects that were there at first. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly initial?: true }

export interface WatchOptions extends ListOptions {
  /**
   * Events after this version. When absent, what is there now comes first, each object as `ADDED`, then a bookmark that
   * says `initial` (`sendInitialEvents`); a server that has no such watch refuses it as `Invalid`.
   */
  readonly resourceVersion?: string
  readonly signal: AbortSignal
}

/**
 * The way to the Kubernetes API, the same for the embedded one and for a real cluster.
 * Refusals reject with an ApiFault; `get` of what is not there is `undefined`, since that may well happen.
 */
export interface Client {
  get<T extends KubeObject>(kind: Kind<T>, key: ObjectKey): Promise<T | undefined>
  list<T extends KubeObject>(kind: Kind<T>, options?: ListOptions): Promise<ObjectList<T>>
  /** The same list piece by piece; throws ApiFault `Expired` when the reader takes so long that the rest is forgotten. */
  pages<T extends KubeObject>(kind: Kind<T>, options?: PageOptions): AsyncIterable<ObjectList<T>>
  /** Ends when the signal is aborted or the server closes; throws ApiFault `Expired` when the version is too old. */
  watch<T extends KubeObject>(kind: Kind<T>, options: WatchOptions): AsyncIterable<WatchEvent<T>>
  create<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  /** Replaces all but `status`; refused with `Conflict` when `metadata.resourceVersion` is given and no longer the newest. */
  update<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  /** Replaces `status` alone, under the same rule. */
  updateStatus<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  patch<T extends KubeObject>(kind: Kind<T>, key: ObjectKey, patch: MergePatch | JsonPatch): Promise<T>
  /** Server-side apply: the fields given become the manager's, those it no longer gives go; creates what is not there. */
  apply<T extends KubeObject>(kind: Kind<T>, wanted: Wanted, options: ApplyOptions): Promise<T>
  /** How many there are and shall be, of kinds that have a `scale`; undefined when there is no such object. */
  getScale<T extends KubeObject>(kind: Kind<T>, key: ObjectKey): Promise<Scale | undefined>
  /** Says how many there shall be. */
  scale<T extends KubeObject>(kind: Kind<T>, key: ObjectKey, replicas: number): Promise<Scale>
  delete<T extends KubeObject>(kind: Kind<T>, key: ObjectKey, options?: DeleteOptions): Promise<void>
  /** Deletes every object that the selection has; a kind that lives in namespaces, in one namespace at a time. */
  deleteCollection<T extends KubeObject>(kind: Kind<T>, options: DeleteManyOptions): Promise<void>
}

/** RFC 7386. */
export interface MergePatch {
  readonly body: object
  /** `status` patches the status, and it alone. */
  readonly subresource?: 'status'
}

/** RFC 6902. */
export interface JsonPatch {
  readonly steps: readonly JsonPatchStep[]
  readonly subresource?: 'status'
}

export type JsonPatchStep =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly path: string; readonly from: string }

/** The fields that somebody wants to own, and no others. */
export type Wanted = Readonly<Record<string, unknown>> & { readonly metadata: ObjectMeta }

export interface ApplyOptions {
  /** The field manager. */
  readonly manager: string
  /** Takes fields from other managers instead of being refused with `Conflict`. */
  readonly force?: boolean
  readonly subresource?: 'status'
}

/** autoscaling/v1 Scale: a view of an object that counts replicas. */
export interface Scale extends KubeObject {
  readonly spec: { readonly replicas?: number }
  readonly status: { readonly replicas: number; readonly selector?: string }
}

export interface DeleteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  /** Refused with `Conflict` unless the object still has this uid. */
  readonly uid?: string
}

export interface DeleteManyOptions extends ListOptions, Pick<DeleteOptions, 'propagationPolicy'> {}
