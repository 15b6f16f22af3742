import { builtinKind } from './kind.ts'
import type { KubeObject } from './object.ts'

// Nouns of access: who there is, and who may do what.

export interface ServiceAccount extends KubeObject {
  readonly secrets?: readonly { readonly name?: string }[]
  readonly imagePullSecrets?: readonly { readonly name?: string }[]
  readonly automountServiceAccountToken?: boolean
}

/** What a role allows: verbs on resources, or verbs on paths that are no resources. */
export interface PolicyRule {
  readonly verbs: readonly string[]
  readonly apiGroups?: readonly string[]
  readonly resources?: readonly string[]
  readonly resourceNames?: readonly string[]
  readonly nonResourceURLs?: readonly string[]
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
    readonly values?: readonly string[]
  }[]
}

export interface Role extends KubeObject {
  readonly rules?: readonly PolicyRule[]
}

export interface ClusterRole extends Role {
  /** Its rules are those of the ClusterRoles that these select. */
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] }
}

export interface RoleRef {
  readonly apiGroup: string
  readonly kind: string
  readonly name: string
}

export interface RoleSubject {
  readonly kind: string
  readonly apiGroup?: string
  readonly name: string
  readonly namespace?: string
}

/** Gives its subjects what a role allows: in its namespace, or, as ClusterRoleBinding, in all. */
export interface RoleBinding extends KubeObject {
  readonly roleRef: RoleRef
  readonly subjects?: readonly RoleSubject[]
}

export const RBAC_GROUP = 'rbac.authorization.k8s.io'
const RBAC = { group: RBAC_GROUP, version: 'v1' } as const

export const ServiceAccount = builtinKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  shortNames: ['sa'],
})
export const Role = builtinKind<Role>({ ...RBAC, kind: 'Role', plural: 'roles' })
export const RoleBinding = builtinKind<RoleBinding>({ ...RBAC, kind: 'RoleBinding', plural: 'rolebindings' })
export const ClusterRole = builtinKind<ClusterRole>({
  ...RBAC,
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
})
export const ClusterRoleBinding = builtinKind<RoleBinding>({
  ...RBAC,
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
})
