import { timestamp } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import type { Authority } from '../pki/authority.ts'
import { SYSTEM } from '../registry/identity.ts'
import type { Registry } from '../registry/registry.ts'
import { type AccessQuestion, type AccessReviewKind, accessReview } from './access-review.ts'
import { Authenticator } from './authenticator.ts'
import { Housekeeping } from './housekeeping.ts'
import { SigningKeys } from './keys.ts'
import type { Reviewed } from './reviewed.ts'
import { rulesReview } from './rules-review.ts'
import { selfReview, tokenReview } from './token-review.ts'
import { Tokens } from './tokens.ts'

export type ReviewKind = AccessReviewKind | 'SelfSubjectRulesReview' | 'TokenReview' | 'SelfSubjectReview'

/** Who may come in, and the answers to questions about who is who and may do what. */
export interface Access extends AsyncDisposable {
  readonly authenticator: Pick<Authenticator, 'identify' | 'token'>
  readonly tokens: Tokens
  readonly keys: SigningKeys
  review(kind: ReviewKind, asked: Omit<AccessQuestion, 'kind'>): Promise<Reviewed>
  /** Resolves when what follows from the last changes is written: default accounts, tokens in Secrets, aggregated roles. */
  settled(): Promise<void>
}

export interface AccessOptions {
  readonly registry: Registry
  readonly authority: Authority
  readonly dataDir: string
  readonly host: Host
}

/** Opens the keys of a data directory, and keeps accounts and roles in order from then on. */
export function openAccess({ registry, authority, dataDir, host }: AccessOptions): Access {
  const { store, authorizer } = registry.room
  const keys = new SigningKeys(dataDir)
  const tokens = new Tokens(keys)
  const authenticator = new Authenticator(store, tokens, host.clock)
  const client = registry.client(SYSTEM)
  const housekeeping = new Housekeeping({ store, client, tokens, authority: authority.certificate, host })
  return {
    authenticator,
    tokens,
    keys,
    review: async (kind, asked) => {
      if (kind === 'TokenReview') return tokenReview(asked.body, authenticator)
      if (kind === 'SelfSubjectReview') return selfReview(asked.caller, timestamp(host.clock))
      if (kind === 'SelfSubjectRulesReview') return rulesReview(asked.body, asked.caller, registry.rbac)
      return accessReview({ ...asked, kind }, authorizer)
    },
    settled: () => housekeeping.settled(),
    [Symbol.asyncDispose]: () => housekeeping[Symbol.asyncDispose](),
  }
}
