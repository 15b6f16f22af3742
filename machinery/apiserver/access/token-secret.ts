import { ServiceAccount } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { Secret } from '../../api/core.ts'
import { isApiFault } from '../../api/fault.ts'
import { keyOf, type ObjectKey } from '../../api/object.ts'
import { serviceAccountName } from './account.ts'
import { LEGACY_ISSUER } from './claims.ts'
import type { Tokens } from './tokens.ts'

export const TOKEN_SECRET = 'kubernetes.io/service-account-token'
const NAME = 'kubernetes.io/service-account.name'
const UID = 'kubernetes.io/service-account.uid'

/** What goes into a token's Secret besides the token. */
export interface TokenSecretParts {
  readonly client: Client
  readonly tokens: Tokens
  /** PEM. */
  readonly authority: string
}

/** Fills in the Secret of a service account's token, or takes it away with its account (upstream's tokens controller). */
export async function tendTokenSecret(parts: TokenSecretParts, key: Required<ObjectKey>): Promise<void> {
  const { client } = parts
  const secret = await client.get(Secret, key)
  if (!secret || secret.type !== TOKEN_SECRET || secret.metadata.deletionTimestamp) return
  try {
    const filled = await filledSecret(parts, secret)
    if (!filled) await client.delete(Secret, key, { ...(secret.metadata.uid && { uid: secret.metadata.uid }) })
    else if (filled !== secret) await client.update(Secret, filled)
  } catch (fault) {
    if (!isApiFault(fault, 'NotFound', 'Conflict')) throw fault // it was changed meanwhile: that change is looked at too
  }
}

/** The secret with all that it lacks; undefined when its account is not there. */
async function filledSecret(
  { client, tokens, authority }: TokenSecretParts,
  secret: Secret,
): Promise<Secret | undefined> {
  const { annotations = {} } = secret.metadata
  const { namespace = '', name: own } = keyOf(secret)
  const name = annotations[NAME] ?? ''
  const account = await client.get(ServiceAccount, { namespace, name })
  const uid = account?.metadata.uid ?? ''
  if (!account || (annotations[UID] && annotations[UID] !== uid)) return undefined
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const data = { ...secret.data, 'ca.crt': base64(authority), namespace: base64(namespace) }
  const complete =
    secret.data?.token && secret.data['ca.crt'] === data['ca.crt'] && secret.data.namespace === data.namespace
  if (complete && annotations[UID] === uid) return secret
  const subject = serviceAccountName(namespace, name)
  const claims = {
    issuer: LEGACY_ISSUER,
    audiences: [],
    subject,
    account: { namespace, name, uid },
    secret: { name: own },
  }
  const token = secret.data?.token ?? base64(await tokens.sign(claims))
  const metadata = { ...secret.metadata, annotations: { ...annotations, [UID]: uid } }
  return { ...secret, metadata, data: { ...data, token } }
}

/** The Secrets that are tokens of an account. */
export async function tokenSecretsOf(
  client: Client,
  { namespace, name }: Required<ObjectKey>,
): Promise<readonly string[]> {
  const { items } = await client.list(Secret, { namespace, fieldSelector: `type=${TOKEN_SECRET}` })
  return items.filter(secret => secret.metadata.annotations?.[NAME] === name).map(secret => secret.metadata.name)
}
