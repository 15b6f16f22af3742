import { ApiFault } from '../../api/fault.ts'
import type { Identity } from '../registry/identity.ts'
import { isObject } from '../registry/served.ts'
import type { Authenticator } from './authenticator.ts'
import { text, texts } from './read.ts'
import type { Reviewed } from './reviewed.ts'

const HEAD = { apiVersion: 'authentication.k8s.io/v1' } as const

/** Whose a token is (TokenReview): asked by services that were shown one. */
export async function tokenReview(
  body: Readonly<Record<string, unknown>>,
  authenticator: Authenticator,
): Promise<Reviewed> {
  const spec = isObject(body.spec) ? body.spec : {}
  const token = text(spec.token)
  if (token === '') throw new ApiFault('BadRequest', 'token is required for TokenReview in authentication')
  const wanted = texts(spec.audiences)
  const outcome = await authenticator.token(token, wanted.length > 0 ? wanted : undefined)
  return {
    kind: 'TokenReview',
    ...HEAD,
    metadata: { creationTimestamp: null },
    spec: { token, ...(wanted.length > 0 && { audiences: wanted }) },
    status:
      'fault' in outcome
        ? { user: {}, error: outcome.fault }
        : {
            authenticated: true,
            user: userInfo(outcome.identity),
            ...(outcome.audiences.length > 0 && { audiences: outcome.audiences }),
          },
  }
}

/** Who the caller is, as `kubectl auth whoami` shows it (SelfSubjectReview). */
export function selfReview(caller: Identity, now: string): Reviewed {
  return {
    kind: 'SelfSubjectReview',
    ...HEAD,
    metadata: { creationTimestamp: now },
    status: { userInfo: userInfo(caller) },
  }
}

/** An identity as the API shows it (authentication/v1 UserInfo). */
export function userInfo({ user, uid, groups = [], extra = {} }: Identity): object {
  return {
    username: user,
    ...(uid && { uid }),
    ...(groups.length > 0 && { groups }),
    ...(Object.keys(extra).length > 0 && { extra }),
  }
}
