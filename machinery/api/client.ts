import type { Kind } from './kind.ts'
import type { KubeObject, ObjectKey } from './object.ts'

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

export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string }

export interface WatchOptions extends ListOptions {
  /** Events after this version. */
  readonly resourceVersion: string
  readonly signal: AbortSignal
}

/**
 * The way to the Kubernetes API, the same for the embedded one and for a real cluster.
 * Refusals reject with an ApiFault; `get` of what is not there is `undefined`, since that may well happen.
 */
export interface Client {
  get<T extends KubeObject>(kind: Kind<T>, key: ObjectKey): Promise<T | undefined>
  list<T extends KubeObject>(kind: Kind<T>, options?: ListOptions): Promise<ObjectList<T>>
  /** Ends when the signal is aborted or the server closes; throws ApiFault `Expired` when the version is too old. */
  watch<T extends KubeObject>(kind: Kind<T>, options: WatchOptions): AsyncIterable<WatchEvent<T>>
  create<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  /** Replaces all but `status`; refused with `Conflict` when `metadata.resourceVersion` is given and no longer the newest. */
  update<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  /** Replaces `status` alone, under the same rule. */
  updateStatus<T extends KubeObject>(kind: Kind<T>, object: T): Promise<T>
  /** RFC 7386 merge patch; `subresource: 'status'` patches the status. */
  patch<T extends KubeObject>(kind: Kind<T>, key: ObjectKey, patch: MergePatch): Promise<T>
  delete<T extends KubeObject>(kind: Kind<T>, key: ObjectKey, options?: DeleteOptions): Promise<void>
}

export interface MergePatch {
  readonly body: object
  readonly subresource?: 'status'
}

export interface DeleteOptions {
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  /** Refused with `Conflict` unless the object still has this uid. */
  readonly uid?: string
}
