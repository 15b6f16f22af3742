import { isMessage } from './message.ts'

/** Packages of Kubernetes' own groups, as OpenAPI names them. */
const PACKAGES: Readonly<Record<string, string>> = {
  v1: 'io.k8s.api.core.v1',
  'apps/v1': 'io.k8s.api.apps.v1',
  'autoscaling/v1': 'io.k8s.api.autoscaling.v1',
  'batch/v1': 'io.k8s.api.batch.v1',
  'policy/v1': 'io.k8s.api.policy.v1',
  'admissionregistration.k8s.io/v1': 'io.k8s.api.admissionregistration.v1',
  'apiextensions.k8s.io/v1': 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1',
  'apiregistration.k8s.io/v1': 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1',
  'authentication.k8s.io/v1': 'io.k8s.api.authentication.v1',
  'authorization.k8s.io/v1': 'io.k8s.api.authorization.v1',
  'coordination.k8s.io/v1': 'io.k8s.api.coordination.v1',
  'discovery.k8s.io/v1': 'io.k8s.api.discovery.v1',
  'events.k8s.io/v1': 'io.k8s.api.events.v1',
  'rbac.authorization.k8s.io/v1': 'io.k8s.api.rbac.v1',
}
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
/** Kinds that are the same in every group. */
const EVERYWHERE = /^(Status|WatchEvent|(Delete|List|Get|Create|Update|Patch)Options)$/

/** The OpenAPI name of a kind of Kubernetes' own; undefined for all others. */
export function messageName(apiVersion: string, kind: string): string | undefined {
  const known = Object.hasOwn(PACKAGES, apiVersion) ? PACKAGES[apiVersion] : undefined
  const root = EVERYWHERE.test(kind) || apiVersion === 'meta.k8s.io/v1' ? META : known
  const name = root && `${root}.${kind}`
  return name && isMessage(name) ? name : undefined
}
