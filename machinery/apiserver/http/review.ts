import { apiVersion } from '../../api/kind.ts'
import type { Room } from '../registry/room.ts'
import { isObject } from '../registry/served.ts'
import { bodyObject } from './body.ts'
import { REVIEWS } from './discovery.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'

/** Answers `kubectl auth can-i` and `whoami`; false when the path is no such question. */
export async function review(room: Room, exchange: Exchange): Promise<boolean> {
  const [, group, version, plural, ...more] = exchange.segments
  const found = REVIEWS.find(one => one.version === `${group}/${version}` && one.plural === plural)
  if (!found || more.length > 0 || exchange.request.method !== 'POST') return false
  const { value } = await bodyObject(exchange.request)
  const spec = isObject(value) && isObject(value.spec) ? value.spec : {}
  const head = { kind: found.kind, apiVersion: found.version, metadata: { creationTimestamp: null } }
  reply(exchange, 201, { ...head, spec, status: statusOf(room, exchange, { kind: found.kind, spec }) })
  return true
}

type Question = { readonly kind: (typeof REVIEWS)[number]['kind']; readonly spec: Readonly<Record<string, unknown>> }

/** Every certificate of our authority is an administrator's so far: what is served is allowed. */
function statusOf(room: Room, { identity }: Exchange, { kind, spec }: Question): object {
  if (kind === 'SelfSubjectReview') return { userInfo: { username: identity.user, groups: identity.groups ?? [] } }
  if (kind === 'SelfSubjectRulesReview') {
    const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }
    return {
      resourceRules: [everything],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    }
  }
  const asked = isObject(spec.resourceAttributes) ? spec.resourceAttributes : undefined
  if (!asked) return { allowed: true }
  const served = room.catalog.all.find(
    one => one.kind.plural === asked.resource && (asked.group === '*' || one.kind.group === (asked.group ?? '')),
  )
  if (asked.resource === '*' || asked.verb === '*') return { allowed: true }
  if (!served) return { allowed: false, reason: 'no such resource is served here' }
  const allowed = served.traits.verbs?.includes(String(asked.verb)) ?? true
  return allowed ? { allowed } : { allowed, reason: `${apiVersion(served.kind)} ${served.kind.plural} is read only` }
}
