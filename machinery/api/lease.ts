import { builtinKind } from './kind.ts'
import type { KubeObject } from './object.ts'

/** coordination.k8s.io/v1 Lease: who does something that one alone may do, and when he last said so. */
export interface Lease extends KubeObject {
  readonly spec?: LeaseSpec
}

export interface LeaseSpec {
  /** Empty or absent when nobody has it. */
  readonly holderIdentity?: string
  /** How long others wait after the last word of the holder. */
  readonly leaseDurationSeconds?: number
  /** RFC 3339 with microseconds. */
  readonly acquireTime?: string
  readonly renewTime?: string
  /** How often it went from one to another. */
  readonly leaseTransitions?: number
}

export const Lease = builtinKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
})
