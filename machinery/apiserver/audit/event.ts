import type { StatusDetails } from '../../api/fault.ts'
import { userInfo } from '../access/token-review.ts'
import type { Attributes } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { Level, Stage } from './policy.ts'

export interface ObjectRef {
  readonly resource?: string
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
  readonly apiGroup?: string
  readonly apiVersion?: string
  readonly resourceVersion?: string
  readonly subresource?: string
}

export interface ResponseStatus {
  readonly metadata: object
  readonly status?: 'Success' | 'Failure'
  readonly message?: string
  readonly reason?: string
  readonly details?: StatusDetails
  readonly code: number
}

/** All that is known of a request so far. */
export interface Facts {
  readonly level: Level
  readonly auditID: string
  readonly requestURI: string
  readonly verb: string
  readonly user: Identity | undefined
  readonly impersonatedUser?: Identity
  readonly sourceIPs: readonly string[]
  readonly userAgent: string
  readonly objectRef?: ObjectRef
  readonly responseStatus?: ResponseStatus
  readonly requestObject?: unknown
  readonly responseObject?: unknown
  /** RFC 3339 with microseconds. */
  readonly received: string
  readonly annotations: Readonly<Record<string, string>>
}

const LONGEST_AGENT = 1024

/** One line of the log (audit.k8s.io/v1 Event). */
export function eventLine(facts: Facts, stage: Stage, now: string): string {
  const { user, impersonatedUser, received, annotations, userAgent, ...rest } = facts
  const agent = userAgent.length > LONGEST_AGENT ? `${userAgent.slice(0, LONGEST_AGENT)}...TRUNCATED` : userAgent
  return JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: rest.level,
    auditID: rest.auditID,
    stage,
    requestURI: rest.requestURI,
    verb: rest.verb,
    user: user ? userInfo(user) : {},
    ...(impersonatedUser && { impersonatedUser: userInfo(impersonatedUser) }),
    ...(rest.sourceIPs.length > 0 && { sourceIPs: rest.sourceIPs }),
    ...(agent && { userAgent: agent }),
    ...(rest.objectRef && { objectRef: rest.objectRef }),
    ...(rest.responseStatus && { responseStatus: rest.responseStatus }),
    ...(rest.requestObject !== undefined && { requestObject: rest.requestObject }),
    ...(rest.responseObject !== undefined && { responseObject: rest.responseObject }),
    requestReceivedTimestamp: received,
    stageTimestamp: now,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  })
}

/** Which object a request is about, as far as its path says. */
export function objectRefOf(wanted: Attributes, apiVersion: string): ObjectRef | undefined {
  const { path, resource, namespace, name, group, subresource } = wanted
  if (path !== undefined || resource === undefined) return undefined
  return {
    resource,
    ...(namespace && { namespace }),
    ...(name && { name }),
    ...(group && { apiGroup: group }),
    ...(apiVersion && { apiVersion }),
    ...(subresource && { subresource }),
  }
}
