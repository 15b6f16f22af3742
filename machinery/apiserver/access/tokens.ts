import { createHash } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { type Claims, ISSUER, LEGACY_ISSUER, payloadOf, readClaims } from './claims.ts'
import type { SigningKeys } from './keys.ts'

const ALGORITHM = 'ES256'
/** A signature is checked once: what it covers does not change. Who it stands for is asked of the store every time. */
const MOST_REMEMBERED = 4096

/** Signs tokens and reads those that it signed. */
export class Tokens {
  readonly #keys: SigningKeys
  readonly #read = new Map<string, Claims>()

  constructor(keys: SigningKeys) {
    this.#keys = keys
  }

  sign(claims: Claims): Promise<string> {
    const { id, key } = this.#keys.signing
    return new SignJWT(payloadOf(claims)).setProtectedHeader({ alg: ALGORITHM, kid: id }).sign(key)
  }

  /** The claims of a token; undefined when it is none of ours, a sentence when its signature does not hold. */
  async read(token: string): Promise<Claims | string | undefined> {
    const digest = createHash('sha256').update(token).digest('base64')
    const known = this.#read.get(digest)
    if (known) return known
    if (!isOurs(token)) return undefined
    const claims = await this.#verify(token)
    if (!claims) return 'failed to verify JWT signature' // never shown with the token: it may be somebody's secret
    this.#read.set(digest, claims)
    const oldest = this.#read.keys().next()
    if (this.#read.size > MOST_REMEMBERED && !oldest.done) this.#read.delete(oldest.value)
    return claims
  }

  async #verify(token: string): Promise<Claims | undefined> {
    const { kid } = decodeProtectedHeader(token)
    for (const { id, publicKey } of this.#keys.verifying) {
      if (kid !== undefined && kid !== id) continue
      const payload = await compactVerify(token, publicKey, { algorithms: [ALGORITHM] }).then(
        verified => verified.payload,
        () => undefined, // signed with another key, or altered: the same answer either way
      )
      if (payload) return readClaims(JSON.parse(new TextDecoder().decode(payload)))
    }
    return undefined
  }
}

function isOurs(token: string): boolean {
  try {
    decodeProtectedHeader(token)
    const { iss } = decodeJwt(token)
    return iss === ISSUER || iss === LEGACY_ISSUER
  } catch {
    return false // no JSON Web Token: jose says so by throwing
  }
}
