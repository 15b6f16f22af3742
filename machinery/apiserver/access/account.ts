import type { ObjectKey } from '../../api/object.ts'
import type { Identity } from '../registry/identity.ts'
import { nameFault } from '../registry/metadata.ts'

// Service accounts as users (apiserver `authentication/serviceaccount`).

const PREFIX = 'system:serviceaccount:'
const GROUP = 'system:serviceaccounts'

export function serviceAccountName(namespace: string, name: string): string {
  return `${PREFIX}${namespace}:${name}`
}

export function serviceAccountGroups(namespace: string): readonly string[] {
  return [GROUP, `${GROUP}:${namespace}`]
}

/** The identity of a service account of this house, or of one whose token was checked. */
export function serviceAccount({ name, namespace = '' }: ObjectKey, uid?: string): Identity {
  const groups = [...serviceAccountGroups(namespace), 'system:authenticated']
  return { user: serviceAccountName(namespace, name), groups, ...(uid !== undefined && { uid }) }
}

/** Which service account a user is; undefined when it is none. */
export function serviceAccountOf(user: string): Required<ObjectKey> | undefined {
  if (!user.startsWith(PREFIX)) return undefined
  const [namespace = '', name = '', ...more] = user.slice(PREFIX.length).split(':')
  if (more.length > 0 || !namespace || !name) return undefined
  return nameFault(namespace, 'label') || nameFault(name, 'subdomain') ? undefined : { namespace, name }
}
