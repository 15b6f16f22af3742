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
  if (allowed) return
  const { group = '', resource, subresource, name, namespace, path } = attributes
  const kind = subresource ? `${resource}/${subresource}` : (resource ?? '')
  const said = reason ? `: ${reason}` : ''
  if (path !== undefined) {
    const sentence = `forbidden: User "${identity.user}" cannot ${attributes.verb} path "${path}"${said}`
    throw new ApiFault('Forbidden', sentence)
  }
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const what = `cannot ${attributes.verb} resource "${kind}" in API group "${group}" ${where}`
  const head = `${group ? `${resource}.${group}` : resource}${name ? ` "${name}"` : ''} is forbidden`
  const details = { ...(name && { name }), ...(group && { group }), ...(resource && { kind: resource }) }
  throw new ApiFault('Forbidden', `${head}: User "${identity.user}" ${what}${said}`, details)
}
