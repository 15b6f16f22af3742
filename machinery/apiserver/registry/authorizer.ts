import { ApiFault } from '../../api/fault.ts'
import type { Identity } from './identity.ts'

/** What somebody wants to do (apiserver `authorizer.Attributes`). */
export interface Attributes {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; of a path, its method in lower case. */
  readonly verb: string
  /** Empty for the core group. */
  readonly group?: string
  readonly resource?: string
  readonly subresource?: string
  readonly namespace?: string
  readonly name?: string
  /** Of a request that is about no resource. */
  readonly path?: string
}

export interface Verdict {
  readonly allowed: boolean
  /** Why, for the audit log and for whoever was refused. */
  readonly reason?: string
}

/** Decides who may do what. It is asked on every request and must answer from memory. */
export interface Authorizer {
  authorize(identity: Identity, attributes: Attributes): Verdict
}

/** Lets everybody do everything: for tests. */
export const ALLOW_ALL: Authorizer = { authorize: () => ({ allowed: true }) }

/** Refuses with `Forbidden` what the authorizer does not allow, in upstream's words (apiserver `responsewriters`). */
export function requireAllowed(authorizer: Authorizer, identity: Identity, attributes: Attributes): void {
  const { allowed, reason } = authorizer.authorize(identity, attributes)
  if (!allowed) throw forbiddenTo(identity, attributes, reason)
}

/** The refusal of what somebody may not do. */
export function forbiddenTo(identity: Identity, attributes: Attributes, reason?: string): ApiFault {
  const { group = '', resource, name } = attributes
  const kind = group ? `${resource}.${group}` : resource
  const head = resource === undefined ? 'forbidden' : `${kind}${name ? ` ${JSON.stringify(name)}` : ''} is forbidden`
  const details = { ...(name && { name }), ...(group && { group }), ...(resource && { kind: resource }) }
  const why = `${harmless(`User ${JSON.stringify(identity.user)} cannot ${deed(attributes)}`)}${reason ? `: ${reason}` : ''}`
  return new ApiFault('Forbidden', `${head}: ${why}`, details)
}

function deed({ verb, group = '', resource, subresource, namespace, path }: Attributes): string {
  if (path !== undefined) return `${verb} path ${JSON.stringify(path)}`
  const kind = JSON.stringify(subresource ? `${resource}/${subresource}` : resource)
  const where = namespace ? `in the namespace ${JSON.stringify(namespace)}` : 'at the cluster scope'
  return `${verb} resource ${kind} in API group ${JSON.stringify(group)} ${where}`
}

/** Nothing that a browser could take for HTML. */
function harmless(sentence: string): string {
  return sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
