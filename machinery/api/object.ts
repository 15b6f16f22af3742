/** Points at the object that owns another one; deleting the owner deletes the owned. */
export interface OwnerReference {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller?: boolean
  readonly blockOwnerDeletion?: boolean
}

/** What every object carries, in the names of Kubernetes' ObjectMeta. */
export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly generateName?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  readonly ownerReferences?: readonly OwnerReference[]
  readonly managedFields?: readonly unknown[]
}

/** An object as it stands on the API and on the wire. It is never changed in place. */
export interface KubeObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
}

/** The usual shape: what is wanted (`spec`), what is known (`status`). */
export interface Resource<Spec, Status> extends KubeObject {
  readonly spec: Spec
  readonly status?: Status
}

/** Where an object is found; `namespace` is absent for cluster-wide kinds. */
export interface ObjectKey {
  readonly name: string
  readonly namespace?: string
}

/** `namespace/name`, or the bare name of a cluster-wide object: the key of caches and queues. */
export function keyText(key: ObjectKey): string {
  return key.namespace === undefined ? key.name : `${key.namespace}/${key.name}`
}

export function keyFrom(text: string): ObjectKey {
  const slash = text.indexOf('/')
  return slash < 0 ? { name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) }
}

export function keyOf(object: KubeObject): ObjectKey {
  const { name, namespace } = object.metadata
  return namespace === undefined ? { name } : { namespace, name }
}
