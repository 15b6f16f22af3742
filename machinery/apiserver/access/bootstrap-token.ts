import { timingSafeEqual } from 'node:crypto'
import type { Identity } from '../registry/identity.ts'
import { isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import type { Store } from '../store/store.ts'
import { text } from './read.ts'

// Tokens that join machines to a cluster: Secrets of kube-system that kubeadm makes (plugin `authenticator/token/bootstrap`).

const TOKEN = /^([a-z0-9]{6})\.([a-z0-9]{16})$/
const GROUP = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/

/** Who a bootstrap token stands for; undefined when it is none, or none that is good now. */
export function bootstrapIdentity(token: string, store: Store, now: number): Identity | undefined {
  const [, id, secret = ''] = TOKEN.exec(token) ?? []
  if (id === undefined) return undefined
  const found = store.get({ collection: 'secrets', key: `kube-system/bootstrap-token-${id}` })
  if (!found || found.metadata.deletionTimestamp || found.type !== 'bootstrap.kubernetes.io/token') return undefined
  const field = (name: string) => fieldOf(found, name)
  const good =
    equal(field('token-secret'), secret) &&
    field('token-id') === id &&
    field('usage-bootstrap-authentication') === 'true' &&
    !expired(field('expiration'), now)
  const groups = good ? groupsOf(field('auth-extra-groups')) : undefined
  return groups && { user: `system:bootstrap:${id}`, groups: [...groups, 'system:authenticated'] }
}

function fieldOf({ data }: Body, name: string): string {
  return isObject(data) ? Buffer.from(text(data[name]), 'base64').toString() : ''
}

/** A time that cannot be read has passed. */
function expired(time: string, now: number): boolean {
  return time !== '' && !(Date.parse(time) > now)
}

function groupsOf(extra: string): readonly string[] | undefined {
  const groups = extra === '' ? [] : extra.split(',')
  if (!groups.every(group => GROUP.test(group))) return undefined
  return [...new Set(['system:bootstrappers', ...groups])].sort()
}

/** As text, in a time that does not tell how much of it was right. */
export function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
