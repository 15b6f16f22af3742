import type { ObjectKey } from '../../api/object.ts'
import { isObject } from '../registry/served.ts'
import { text, texts } from './read.ts'

// What tokens say (kubernetes `pkg/serviceaccount`): those of TokenRequest under `kubernetes.io`, those of Secrets flat.

export const ISSUER = 'https://kubernetes.default.svc'
export const LEGACY_ISSUER = 'kubernetes/serviceaccount'

/** An object that a token names: it holds only for the one with this uid. */
export interface Bound {
  readonly name: string
  readonly uid?: string
}

/** A token's claims, of either shape. */
export interface Claims {
  readonly issuer: string
  readonly audiences: readonly string[]
  readonly subject: string
  readonly id?: string
  /** Seconds since 1970; absent for tokens of Secrets, which do not end. */
  readonly expiry?: number
  readonly notBefore?: number
  readonly issuedAt?: number
  readonly account: Required<ObjectKey> & { readonly uid: string }
  readonly pod?: Bound
  readonly secret?: Bound
  readonly node?: Bound
}

/** The claims of a token whose signature holds. */
export function readClaims(payload: Readonly<Record<string, unknown>>): Claims {
  const { iss, aud, sub, jti, exp, nbf, iat } = payload
  return {
    issuer: text(iss),
    audiences: typeof aud === 'string' ? [aud] : texts(aud),
    subject: text(sub),
    ...(typeof jti === 'string' && { id: jti }),
    ...(typeof exp === 'number' && { expiry: exp }),
    ...(typeof nbf === 'number' && { notBefore: nbf }),
    ...(typeof iat === 'number' && { issuedAt: iat }),
    ...(iss === LEGACY_ISSUER ? legacyParts(payload) : boundParts(payload['kubernetes.io'])),
  }
}

type Parts = Pick<Claims, 'account' | 'pod' | 'secret' | 'node'>

function boundParts(said: unknown): Parts {
  const own = isObject(said) ? said : {}
  const account = bound(own.serviceaccount)
  const [pod, secret, node] = [own.pod, own.secret, own.node].map(one => (isObject(one) ? bound(one) : undefined))
  return {
    account: { namespace: text(own.namespace), name: account.name, uid: account.uid ?? '' },
    ...(pod && { pod }),
    ...(secret && { secret }),
    ...(node && { node }),
  }
}

function bound(said: unknown): Bound {
  const { name, uid } = isObject(said) ? said : {}
  return { name: text(name), ...(typeof uid === 'string' && { uid }) }
}

const LEGACY = 'kubernetes.io/serviceaccount/'

function legacyParts(payload: Readonly<Record<string, unknown>>): Parts {
  const field = (name: string) => text(payload[LEGACY + name])
  const uid = field('service-account.uid')
  return {
    account: { namespace: field('namespace'), name: field('service-account.name'), uid },
    secret: { name: field('secret.name') },
  }
}

/** The claims of a token as they stand in it. */
export function payloadOf(claims: Claims): Record<string, unknown> {
  const { account, pod, secret, node, issuer: iss, subject: sub } = claims
  const { namespace, name, uid } = account
  if (iss === LEGACY_ISSUER) {
    return {
      iss,
      sub,
      [`${LEGACY}namespace`]: namespace,
      [`${LEGACY}secret.name`]: secret?.name,
      [`${LEGACY}service-account.name`]: name,
      [`${LEGACY}service-account.uid`]: uid,
    }
  }
  const own = { namespace, ...(node && { node }), ...(pod && { pod }), ...(secret && { secret }) }
  return {
    aud: claims.audiences,
    exp: claims.expiry,
    iat: claims.issuedAt,
    iss,
    jti: claims.id,
    'kubernetes.io': { ...own, serviceaccount: { name, uid } },
    nbf: claims.notBefore,
    sub,
  }
}
