import { type PolicyRule, RBAC_GROUP, type RoleRef, type RoleSubject } from '../../api/access.ts'
import type { Body, Change } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { serviceAccountName } from './account.ts'
import { roleRefOf, rulesOf, subjectsOf } from './read.ts'

/** One subject of one binding. */
export interface Grant {
  readonly roleRef: RoleRef
  /** Of a RoleBinding; empty for a ClusterRoleBinding. */
  readonly namespace: string
  /** The binding and its subject, as upstream names them in reasons. */
  readonly source: string
}

const ROLES: readonly string[] = [`roles.${RBAC_GROUP}`, `clusterroles.${RBAC_GROUP}`]
const BINDINGS: readonly string[] = [`rolebindings.${RBAC_GROUP}`, `clusterrolebindings.${RBAC_GROUP}`]
const NOTHING: ReadonlySet<Grant> = new Set()

/** Roles by name, and bindings by who is bound, kept as the store changes. */
export class Grants implements Disposable {
  readonly #roles = new Map<string, readonly PolicyRule[]>()
  readonly #bySubject = new Map<string, Set<Grant>>()
  readonly #byBinding = new Map<string, readonly (readonly [string, Grant])[]>()
  readonly #listening: Disposable

  constructor(store: Store) {
    for (const collection of [...ROLES, ...BINDINGS])
      for (const { key, object } of store.from(collection)) this.#put(collection, key, object)
    this.#listening = store.listen(change => this.#follow(change))
  }

  /** What a user, or a group, was given in a namespace; in all of them when it is empty. */
  of(kind: 'User' | 'Group', name: string, namespace: string): ReadonlySet<Grant> {
    return this.#bySubject.get(`${kind} ${namespace} ${name}`) ?? NOTHING
  }

  /** The rules of a role; undefined when there is no such role. */
  rules({ kind, name }: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    if (kind === 'ClusterRole') return this.#roles.get(`${ROLES[1]} ${name}`)
    return kind === 'Role' ? this.#roles.get(`${ROLES[0]} ${namespace}/${name}`) : undefined
  }

  [Symbol.dispose](): void {
    this.#listening[Symbol.dispose]()
  }

  #follow({ collection, key, type, object }: Change): void {
    if (!ROLES.includes(collection) && !BINDINGS.includes(collection)) return
    if (type === 'DELETED') this.#remove(collection, key)
    else this.#put(collection, key, object)
  }

  #put(collection: string, key: string, object: Body): void {
    if (ROLES.includes(collection)) {
      this.#roles.set(`${collection} ${key}`, rulesOf(object))
      return
    }
    this.#remove(collection, key)
    const grants = grantsOf(object)
    this.#byBinding.set(`${collection} ${key}`, grants)
    for (const [subject, grant] of grants) {
      const known = this.#bySubject.get(subject)
      if (known) known.add(grant)
      else this.#bySubject.set(subject, new Set([grant]))
    }
  }

  #remove(collection: string, key: string): void {
    this.#roles.delete(`${collection} ${key}`)
    for (const [subject, grant] of this.#byBinding.get(`${collection} ${key}`) ?? []) {
      const known = this.#bySubject.get(subject)
      known?.delete(grant)
      if (known?.size === 0) this.#bySubject.delete(subject)
    }
    this.#byBinding.delete(`${collection} ${key}`)
  }
}

function grantsOf(binding: Body): readonly (readonly [string, Grant])[] {
  const { name, namespace = '' } = binding.metadata
  const roleRef = roleRefOf(binding)
  const own = namespace ? `RoleBinding "${name}/${namespace}"` : `ClusterRoleBinding "${name}"`
  return subjectsOf(binding).flatMap(subject => {
    const key = keyOf(subject, namespace)
    const source = `${own} of ${roleRef.kind} "${roleRef.name}" to ${describe(subject, namespace)}`
    return key === undefined ? [] : [[key, { roleRef, namespace, source }] as const]
  })
}

function keyOf({ kind, name, namespace }: RoleSubject, home: string): string | undefined {
  if (kind === 'User' || kind === 'Group') return `${kind} ${home} ${name}`
  const of = namespace || home
  return kind === 'ServiceAccount' && of ? `User ${home} ${serviceAccountName(of, name)}` : undefined
}

function describe({ kind, name, namespace }: RoleSubject, home: string): string {
  return kind === 'ServiceAccount' ? `${kind} "${name}/${namespace || home}"` : `${kind} "${name}"`
}
