import { byPreference } from '../registry/version.ts'

// In which order groups and versions are told: clients take the first that has a name.

const DEFINED = 1000 // groups of definitions

// kube-apiserver's own (`APIServicePriority` of controlplane and kube-apiserver).
const GROUPS: Readonly<Record<string, number>> = {
  'apiregistration.k8s.io': 20000,
  '': 18000,
  apps: 17800,
  'events.k8s.io': 17750,
  'authentication.k8s.io': 17700,
  'authorization.k8s.io': 17600,
  autoscaling: 17500,
  batch: 17400,
  'certificates.k8s.io': 17300,
  'networking.k8s.io': 17200,
  policy: 17100,
  'rbac.authorization.k8s.io': 17000,
  'storage.k8s.io': 16800,
  'apiextensions.k8s.io': 16700,
  'admissionregistration.k8s.io': 16700,
  'scheduling.k8s.io': 16600,
  'coordination.k8s.io': 16500,
  'node.k8s.io': 16300,
  'discovery.k8s.io': 16200,
  'resource.k8s.io': 16200,
  'flowcontrol.apiserver.k8s.io': 16100,
  'internal.apiserver.k8s.io': 16000,
  'storagemigration.k8s.io': 15800,
  // `machines` alone shall be those of Cluster API, as the EKS Anywhere documents have it; by name BMCs would be first.
  'bmc.tinkerbell.org': DEFINED - 1,
}

// Where a group prefers another version than the rules of names would.
const VERSIONS: Readonly<Record<string, number>> = { 'autoscaling/v2': 30, 'autoscaling/v1': 15 }

/** The higher, the earlier is the group told. */
export function groupPriority(group: string): number {
  return GROUPS[group] ?? DEFINED
}

/** Orders groups: Kubernetes' own, then those of definitions by their names. */
export function byPriority(one: string, other: string): number {
  return groupPriority(other) - groupPriority(one) || (one < other ? -1 : one > other ? 1 : 0)
}

/** Orders the versions of a group, the preferred one first. */
export function byVersionPriority(group: string): (one: string, other: string) => number {
  const priority = (version: string) => VERSIONS[`${group}/${version}`] ?? 0
  return (one, other) => priority(other) - priority(one) || byPreference(one, other)
}
