import type { Identity } from '../registry/identity.ts'
import type { Body } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { serviceAccount } from './account.ts'
import { type Bound, type Claims, LEGACY_ISSUER } from './claims.ts'

// Whether a token whose signature holds still stands for somebody (kubernetes `pkg/serviceaccount`: claims.go, legacy.go).

const LEEWAY = 60 // seconds that clocks may differ, and that what was deleted is believed

/** Why the token is worth nothing; undefined when it is good. */
export function tokenFault(claims: Claims, store: Store, now: number): string | undefined {
  const { account, pod, secret, node } = claims
  const { namespace } = account
  if (claims.issuer === LEGACY_ISSUER) return legacyFault(claims, store)
  return (
    timeFault(claims, now / 1000) ??
    accountFault(claims, store, now) ??
    (secret && boundFault('secret', secret, { namespace, store, now })) ??
    (pod && boundFault('pod', pod, { namespace, store, now })) ??
    (node && !pod ? boundFault('node', node, { store, now }) : undefined)
  )
}

function timeFault({ expiry, notBefore, issuedAt }: Claims, now: number): string | undefined {
  if (notBefore !== undefined && now + LEEWAY < notBefore) return 'service account token is not valid yet'
  if (expiry !== undefined && now - LEEWAY > expiry) return 'service account token has expired'
  if (issuedAt !== undefined && now + LEEWAY < issuedAt) return 'service account token is issued in the future'
  return undefined
}

function accountFault({ account }: Claims, store: Store, now: number): string | undefined {
  const { namespace, name, uid } = account
  const found = store.get({ collection: 'serviceaccounts', key: `${namespace}/${name}` })
  if (!found) return `serviceaccounts "${name}" not found`
  if (found.metadata.uid !== uid) return `service account UID (${found.metadata.uid}) does not match claim (${uid})`
  return deleted(found, now) ? `service account ${namespace}/${name} has been deleted` : undefined
}

type Where = { readonly namespace?: string; readonly store: Store; readonly now: number }

function boundFault(what: 'secret' | 'pod' | 'node', { name, uid }: Bound, where: Where): string | undefined {
  const { namespace, store, now } = where
  const key = namespace === undefined ? name : `${namespace}/${name}`
  const found = store.get({ collection: `${what}s`, key })
  if (!found) return INVALIDATED
  const own = found.metadata.uid
  if (own !== uid) return `${what} UID (${own}) does not match service account ${what} ref claim (${uid})`
  return deleted(found, now) ? INVALIDATED : undefined
}

const INVALIDATED = 'service account token has been invalidated'

function deleted({ metadata }: Body, now: number): boolean {
  const { deletionTimestamp } = metadata
  return deletionTimestamp !== undefined && Date.parse(deletionTimestamp) < now - LEEWAY * 1000
}

function legacyFault({ account, subject, secret }: Claims, store: Store): string | undefined {
  const { namespace, name, uid } = account
  if (!secret || subject !== serviceAccount(account).user) return 'sub claim is invalid'
  const found = store.get({ collection: 'secrets', key: `${namespace}/${secret.name}` })
  if (!found || found.metadata.deletionTimestamp) return 'Token has been invalidated'
  const owner = store.get({ collection: 'serviceaccounts', key: `${namespace}/${name}` })
  if (!owner) return `serviceaccounts "${name}" not found`
  if (owner.metadata.deletionTimestamp) return `ServiceAccount ${namespace}/${name} has been deleted`
  return owner.metadata.uid === uid
    ? undefined
    : `ServiceAccount UID (${owner.metadata.uid}) does not match claim (${uid})`
}

/** Who a good token stands for (apiserver `ServiceAccountInfo`). */
export function identityOf({ account, pod, node, id }: Claims): Identity {
  const extra: Record<string, readonly string[]> = {
    ...(id && { [`${EXTRA}credential-id`]: [`JTI=${id}`] }),
    ...(node && { [`${EXTRA}node-name`]: [node.name], ...(node.uid && { [`${EXTRA}node-uid`]: [node.uid] }) }),
    ...(pod && { [`${EXTRA}pod-name`]: [pod.name], [`${EXTRA}pod-uid`]: [pod.uid ?? ''] }),
  }
  return { ...serviceAccount(account, account.uid), ...(Object.keys(extra).length > 0 && { extra }) }
}

const EXTRA = 'authentication.kubernetes.io/'
