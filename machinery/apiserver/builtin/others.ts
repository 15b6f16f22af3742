import { ClusterRole, ClusterRoleBinding, Role, RoleBinding } from '../../api/access.ts'
import { builtinKind } from '../../api/kind.ts'
import type { Served } from '../registry/served.ts'
import { endpointSliceFaults } from './faults/endpoints.ts'
import { leaseFaults } from './faults/lease.ts'
import { clusterBindingFaults, clusterRoleFaults, roleBindingFaults, roleFaults } from './faults/role.ts'
import { webhookFaults } from './faults/webhook.ts'
import { own } from './own.ts'
import { prepareLease } from './prepare.ts'

export const Lease = builtinKind({ group: 'coordination.k8s.io', version: 'v1', kind: 'Lease', plural: 'leases' })
export const EndpointSlice = builtinKind({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
})

const ADMISSION = { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false } as const

export const MutatingWebhookConfiguration = builtinKind({
  ...ADMISSION,
  kind: 'MutatingWebhookConfiguration',
  plural: 'mutatingwebhookconfigurations',
})
export const ValidatingWebhookConfiguration = builtinKind({
  ...ADMISSION,
  kind: 'ValidatingWebhookConfiguration',
  plural: 'validatingwebhookconfigurations',
})

const rbac = { names: 'segment', createOnUpdate: true } as const
const webhooks = { generation: true, unconditionalUpdate: false } as const

/** Leases, roles, webhooks and whatever else has no group of its own here. */
export const OTHER_KINDS: readonly Served[] = [
  own(Lease, { createOnUpdate: true, unconditionalUpdate: false, prepare: prepareLease, faults: leaseFaults }),
  own(EndpointSlice, { generation: true, faults: endpointSliceFaults }),
  own(Role, { ...rbac, faults: roleFaults }),
  own(RoleBinding, { ...rbac, faults: roleBindingFaults }),
  own(ClusterRole, { ...rbac, faults: clusterRoleFaults }),
  own(ClusterRoleBinding, { ...rbac, faults: clusterBindingFaults }),
  own(MutatingWebhookConfiguration, { ...webhooks, faults: webhookFaults('Mutating') }),
  own(ValidatingWebhookConfiguration, { ...webhooks, faults: webhookFaults('Validating') }),
]
