import { ISSUER } from './claims.ts'
import type { SigningKeys } from './keys.ts'

// How others learn to believe our tokens (OpenID Connect Discovery 1.0 section 3; RFC 7517).

export const CONFIGURATION_PATH = '.well-known/openid-configuration'
export const KEYS_PATH = 'openid/v1/jwks'

/** `/.well-known/openid-configuration` of the server at this address (`https://HOST:PORT`). */
export function openIdConfiguration(server: string): object {
  return {
    issuer: ISSUER,
    jwks_uri: `${server}/${KEYS_PATH}`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
  }
}

/** `/openid/v1/jwks` */
export function publicKeys(keys: SigningKeys): object {
  return {
    keys: keys.verifying.map(({ id, publicKey }) => {
      const { kty, crv, x, y } = publicKey.export({ format: 'jwk' })
      return { use: 'sig', kty, kid: id, crv, alg: 'ES256', x, y }
    }),
  }
}
