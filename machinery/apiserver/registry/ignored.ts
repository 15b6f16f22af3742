import { EMPTY, type FieldSet, LEAF, union } from '../apply/set.ts'
import type { Served } from './served.ts'

const METADATA: FieldSet = { 'f:metadata': LEAF }
const SPEC: FieldSet = { 'f:spec': LEAF }
const STATUS: FieldSet = { 'f:status': LEAF }

// What else some kinds do not let a request for their status change (`GetResetFields` of the strategies in
// k8s.io/kubernetes/pkg/registry).
const MORE: Readonly<Record<string, FieldSet>> = {
  pods: { 'f:metadata': { 'f:deletionTimestamp': LEAF, 'f:ownerReferences': LEAF } },
  'deployments.apps': { 'f:metadata': { 'f:labels': LEAF } },
  'customresourcedefinitions.apiextensions.k8s.io': METADATA,
  'apiservices.apiregistration.k8s.io': METADATA,
}

/** Fields that a request may not change: it does not get them, whatever it says. */
export function ignoredFields({ kind, collection }: Served, subresource: string | undefined): FieldSet {
  if (!kind.statusSubresource) return EMPTY
  if (subresource !== 'status') return STATUS
  const more = Object.hasOwn(MORE, collection) ? MORE[collection] : undefined
  return more ? union(SPEC, more) : SPEC
}
