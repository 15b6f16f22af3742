import { isDeepStrictEqual } from 'node:util'
import {
  ClusterRole,
  ClusterRoleBinding,
  type PolicyRule,
  RBAC_GROUP,
  Role,
  RoleBinding,
  ServiceAccount,
} from '../machinery/api/access.ts'
import type { Client } from '../machinery/api/client.ts'
import { isApiFault } from '../machinery/api/fault.ts'
import { type Kind, make } from '../machinery/api/kind.ts'
import { type KubeObject, keyOf } from '../machinery/api/object.ts'
import { POD_NAMESPACE } from './pods.ts'
import { type Account, RIGHTS, type Right, rulesOf } from './rights.ts'

export const ACCOUNTS = Object.keys(RIGHTS) as readonly Account[]

const LABELS = { 'app.kubernetes.io/managed-by': 'bellhop' }

/** A user's name and groups, as a token of the account would say them. */
export function identityOf(account: Account) {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${POD_NAMESPACE}`, 'system:authenticated']
  return { user: `system:serviceaccount:${POD_NAMESPACE}:${account}`, groups }
}

/**
 * The accounts of the house, their roles and who has them. Where all services run in one pod, as on a cluster that was there
 * before, its one account, `bellhop`, has all the roles; otherwise each service has its own and no other.
 */
export function accountObjects(account: Account, pod: 'one' | 'each'): readonly KubeObject[] {
  const name = `bellhop:${account}`
  const everywhere = RIGHTS[account].filter(right => right.where === 'everywhere')
  const atHome = RIGHTS[account].filter(right => right.where === 'at home')
  const own = { name: account, namespace: POD_NAMESPACE }
  const subject = { kind: 'ServiceAccount', ...own, ...(pod === 'one' && { name: 'bellhop' }) }
  const bound = (kind: string) => ({ roleRef: { apiGroup: RBAC_GROUP, kind, name }, subjects: [subject] })
  const here = { name, namespace: POD_NAMESPACE, labels: LABELS }
  const there = { name, labels: LABELS }
  return [
    ...(pod === 'one' && account !== 'bellhop' ? [] : [make(ServiceAccount, { metadata: { ...own, labels: LABELS } })]),
    ...whenAny(everywhere, rules => [
      make(ClusterRole, { metadata: there, rules }),
      make(ClusterRoleBinding, { metadata: there, ...bound('ClusterRole') }),
    ]),
    ...whenAny(atHome, rules => [
      make(Role, { metadata: here, rules }),
      make(RoleBinding, { metadata: here, ...bound('Role') }),
    ]),
  ]
}

function whenAny(rights: readonly Right[], make: (rules: readonly PolicyRule[]) => readonly KubeObject[]) {
  return rights.length === 0 ? [] : make(rulesOf(rights))
}

const KINDS: readonly Kind[] = [ServiceAccount, ClusterRole, ClusterRoleBinding, Role, RoleBinding]

/** Makes the accounts and gives each the rights of the table, neither more nor less. */
export async function makeAccounts(client: Client): Promise<void> {
  await Promise.all(ACCOUNTS.flatMap(account => accountObjects(account, 'each')).map(object => put(client, object)))
}

async function put(client: Client, object: KubeObject): Promise<void> {
  const kind = KINDS.find(one => one.kind === object.kind)
  if (!kind) return
  const found = await client.get(kind, keyOf(object))
  if (!found) {
    await client.create(kind, object).catch(unlessThere)
    return
  }
  const next = { ...found, ...object, metadata: { ...found.metadata, labels: { ...found.metadata.labels, ...LABELS } } }
  if (!isDeepStrictEqual(next, found)) await client.update(kind, next)
}

/** Another process of the house was faster. */
function unlessThere(fault: unknown): undefined {
  if (!isApiFault(fault, 'AlreadyExists')) throw fault
}
