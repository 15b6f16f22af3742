import { ApiFault } from '../../api/fault.ts'
import { type Attributes, type Authorizer, requireAllowed } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { serviceAccountGroups, serviceAccountOf } from './account.ts'

// Acting as somebody else (apiserver `filters/impersonation.go`): every part of whom one acts as has to be allowed.

const AUTHENTICATION = 'authentication.k8s.io'
const EXTRA = 'impersonate-extra-'

/** Whom the headers of a request name. */
export interface Impersonation {
  readonly user: string
  readonly uid: string
  readonly groups: readonly string[]
  readonly extra: Readonly<Record<string, readonly string[]>>
}

/** Reads the headers, given as names and values in turn; undefined when they ask for no such thing. */
export function impersonationOf(rawHeaders: readonly string[]): Impersonation | undefined {
  const found = { user: '', uid: '', groups: [] as string[], extra: {} as Record<string, string[]> }
  let asked = false
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase()
    if (!name.startsWith('impersonate-')) continue
    const value = rawHeaders[at + 1] ?? ''
    asked = true
    if (name === 'impersonate-user') found.user ||= value
    else if (name === 'impersonate-uid') found.uid ||= value
    else if (name === 'impersonate-group') found.groups.push(value)
    else if (name.startsWith(EXTRA)) {
      const key = unescaped(name.slice(EXTRA.length))
      found.extra[key] = [...(found.extra[key] ?? []), value]
    }
  }
  return asked ? found : undefined
}

function unescaped(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch (error) {
    if (error instanceof URIError) return key
    throw error
  }
}

/** The identity that a request goes on with; ApiFault `Forbidden` when the caller may not act so. */
export function impersonate(caller: Identity, as: Impersonation, authorizer: Authorizer): Identity {
  const { user, uid, groups, extra } = as
  if (!user && (uid || groups.length > 0 || Object.keys(extra).length > 0)) {
    const asked = partsOf(as).map(({ resource, name }) => `${resource} ${name}`)
    throw new ApiFault('InternalError', `requested [${asked.join(' ')}] without impersonating a user`)
  }
  if (!user) return caller
  for (const part of partsOf(as)) requireAllowed(authorizer, caller, { verb: 'impersonate', ...part })
  const account = serviceAccountOf(user)
  const own = groups.length > 0 || !account ? groups : serviceAccountGroups(account.namespace)
  return {
    user,
    groups: [...own, ...addedGroup(user, own)],
    ...(uid && { uid }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}

type Part = Omit<Attributes, 'verb' | 'path'>

function partsOf({ user, uid, groups, extra }: Impersonation): readonly Part[] {
  const account = serviceAccountOf(user)
  return [
    ...(account ? [{ group: '', resource: 'serviceaccounts', ...account }] : []),
    ...(user && !account ? [{ group: '', resource: 'users', name: user }] : []),
    ...groups.map(name => ({ group: '', resource: 'groups', name })),
    ...Object.entries(extra).flatMap(([subresource, values]) =>
      values.map(name => ({ group: AUTHENTICATION, resource: 'userextras', subresource, name })),
    ),
    ...(uid ? [{ group: AUTHENTICATION, resource: 'uids', name: uid }] : []),
  ]
}

const AUTHENTICATED = 'system:authenticated'
const UNAUTHENTICATED = 'system:unauthenticated'

function addedGroup(user: string, groups: readonly string[]): readonly string[] {
  if (user === 'system:anonymous') return groups.includes(UNAUTHENTICATED) ? [] : [UNAUTHENTICATED]
  return groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED) ? [] : [AUTHENTICATED]
}
