import type { IncomingHttpHeaders } from 'node:http'
import { ApiFault } from '../../api/fault.ts'
import type { Clock } from '../../host/clock.ts'
import type { Identity } from '../registry/identity.ts'
import { isObject } from '../registry/served.ts'
import type { Store } from '../store/store.ts'
import { bootstrapIdentity, equal } from './bootstrap-token.ts'
import { type Caller, Certificates } from './certificate.ts'
import { type Claims, ISSUER, LEGACY_ISSUER } from './claims.ts'
import { identityOf, tokenFault } from './liveness.ts'
import { quoted } from './quote.ts'
import { text } from './read.ts'
import type { Tokens } from './tokens.ts'

/** For whom tokens are good that name nobody: this server. */
export const OUR_AUDIENCES: readonly string[] = [ISSUER]

/** Whose token it is, and for which of the audiences asked for; or why it is nobody's. */
export type TokenOutcome =
  | { readonly identity: Identity; readonly audiences: readonly string[] }
  | { readonly fault: string }

/** Finds out who calls: by client certificate, else by bearer token. */
export class Authenticator {
  readonly #store: Store
  readonly #tokens: Tokens
  readonly #clock: Clock
  readonly #certificates = new Certificates()

  constructor(store: Store, tokens: Tokens, clock: Clock) {
    this.#store = store
    this.#tokens = tokens
    this.#clock = clock
  }

  /** Undefined when the client did not say who it is; ApiFault `Unauthorized` when it said so and it is not true. */
  async identify(request: Caller & { readonly headers: IncomingHttpHeaders }): Promise<Identity | undefined> {
    const known = this.#certificates.identity(request, this.#clock.now())
    if (known) return known
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').trim().split(' ')
    if (scheme.toLowerCase() !== 'bearer' || token === '') return undefined
    const outcome = await this.token(token)
    if ('fault' in outcome) throw new ApiFault('Unauthorized', 'Unauthorized')
    return outcome.identity
  }

  async token(token: string, wanted: readonly string[] = OUR_AUDIENCES): Promise<TokenOutcome> {
    const claims = await this.#tokens.read(token)
    if (claims === undefined) {
      const identity = bootstrapIdentity(token, this.#store, this.#clock.now())
      return identity ? { identity, audiences: [] } : { fault: INVALID }
    }
    const fault = typeof claims === 'string' ? claims : this.#fault(claims, token, wanted)
    if (fault !== undefined || typeof claims === 'string') return { fault: `[${INVALID}, ${fault}]` }
    return { identity: identityOf(claims), audiences: common(claims, wanted) }
  }

  #fault(claims: Claims, token: string, wanted: readonly string[]): string | undefined {
    if (common(claims, wanted).length === 0) {
      return `token audiences ${quoted(audiencesOf(claims))} is invalid for the target audiences ${quoted(wanted)}`
    }
    const fault = tokenFault(claims, this.#store, this.#clock.now())
    if (fault !== undefined || claims.issuer !== LEGACY_ISSUER) return fault
    const { namespace } = claims.account
    const secret = this.#store.get({ collection: 'secrets', key: `${namespace}/${claims.secret?.name}` })
    const kept = isObject(secret?.data) ? Buffer.from(text(secret.data.token), 'base64').toString() : ''
    return equal(kept, token) ? undefined : "Token does not match server's copy"
  }
}

const INVALID = 'invalid bearer token'

function audiencesOf({ audiences }: Claims): readonly string[] {
  return audiences.length > 0 ? audiences : OUR_AUDIENCES
}

function common(claims: Claims, wanted: readonly string[]): readonly string[] {
  return audiencesOf(claims).filter(audience => wanted.includes(audience))
}
