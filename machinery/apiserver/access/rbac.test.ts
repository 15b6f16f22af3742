import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, type RoleSubject } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { Namespace } from '../../api/core.ts'
import { isApiFault } from '../../api/fault.ts'
import { make } from '../../api/kind.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { forbiddenTo } from '../registry/authorizer.ts'
import { SYSTEM } from '../registry/identity.ts'
import { openRegistry } from '../registry/registry.ts'
import { memoryDisk } from '../store/disk.ts'
import { aggregateRoles } from './aggregation.ts'
import { makeDefaultRoles } from './defaults.ts'

const host = { clock: new SimulatedClock(), log: silentLog, random: Math.random }
const RBAC = 'rbac.authorization.k8s.io'

async function open(t: TestContext) {
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: [] })
  t.after(() => registry[Symbol.asyncDispose]())
  const admin = registry.client(SYSTEM)
  await admin.create(Namespace, make(Namespace, { metadata: { name: 'x' } }))
  return { registry, admin, rbac: registry.rbac }
}

const user = (name: string): RoleSubject => ({ kind: 'User', apiGroup: RBAC, name })
const ref = (kind: 'Role' | 'ClusterRole', name: string) => ({ apiGroup: RBAC, kind, name })
const pods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }

async function bind(admin: Client, subjects: readonly RoleSubject[]): Promise<void> {
  await admin.create(Role, make(Role, { metadata: { name: 'r', namespace: 'x' }, rules: [pods] }))
  const metadata = { name: 'b', namespace: 'x' }
  await admin.create(RoleBinding, make(RoleBinding, { metadata, roleRef: ref('Role', 'r'), subjects }))
}

const wanted = { verb: 'list', group: '', resource: 'pods', namespace: 'x' }

test('a binding gives its subjects a role, in its namespace alone, and says so', async t => {
  const { admin, rbac } = await open(t)
  const robot = { kind: 'ServiceAccount', name: 'robot' }
  await bind(admin, [user('alice'), { kind: 'Group', apiGroup: RBAC, name: 'devs' }, robot])
  const allowed = (reason: string) => ({
    allowed: true,
    reason: `RBAC: allowed by RoleBinding "b/x" of Role "r" to ${reason}`,
  })
  assert.deepEqual(rbac.authorize({ user: 'alice' }, wanted), allowed('User "alice"'))
  assert.deepEqual(rbac.authorize({ user: 'bob', groups: ['devs'] }, wanted), allowed('Group "devs"'))
  const account = { user: 'system:serviceaccount:x:robot' }
  assert.deepEqual(rbac.authorize(account, wanted), allowed('ServiceAccount "robot/x"'))
  for (const [who, what] of [
    [{ user: 'alice' }, { ...wanted, namespace: 'default' }],
    [{ user: 'alice' }, { verb: 'list', group: '', resource: 'pods' }],
    [{ user: 'devs' }, wanted],
    [{ user: 'system:serviceaccount:default:robot' }, wanted],
    [{ user: 'robot' }, wanted],
  ] as const) {
    assert.deepEqual(rbac.authorize(who, what), { allowed: false }, JSON.stringify([who, what]))
  }
})

test('what is taken away is gone at once: the binding, the subject, the rule, the role', async t => {
  const { admin, rbac } = await open(t)
  await bind(admin, [user('alice')])
  const may = () => rbac.authorize({ user: 'alice' }, wanted).allowed
  assert.equal(may(), true)
  const key = { name: 'b', namespace: 'x' }
  await admin.patch(RoleBinding, key, { body: { subjects: [user('bob')] } })
  assert.equal(may(), false)
  await admin.patch(RoleBinding, key, { body: { subjects: [user('alice')] } })
  await admin.patch(Role, { name: 'r', namespace: 'x' }, { body: { rules: [{ ...pods, verbs: ['get'] }] } })
  assert.equal(may(), false)
  await admin.delete(Role, { name: 'r', namespace: 'x' })
  assert.deepEqual(rbac.authorize({ user: 'alice' }, wanted), {
    allowed: false,
    reason: `RBAC: role.${RBAC} "r" not found`,
  })
  await admin.delete(RoleBinding, key)
  assert.deepEqual(rbac.authorize({ user: 'alice' }, wanted), { allowed: false })
})

test('masters may do everything, whatever the roles say', async t => {
  const { admin, rbac } = await open(t)
  await admin.delete(ClusterRoleBinding, { name: 'cluster-admin' })
  const all = { verb: 'anything', group: 'any.group', resource: 'things', namespace: 'x' }
  assert.deepEqual(rbac.authorize({ user: 'u', groups: ['system:masters'] }, all), { allowed: true })
})

// Sentences of kube-apiserver v1.32.9.
for (const { asked, reason, says } of [
  {
    asked: wanted,
    says: 'pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "x"',
  },
  {
    asked: { verb: 'get', group: 'apps', resource: 'deployments', subresource: 'scale', name: 'a', namespace: 'x' },
    says: 'deployments.apps "a" is forbidden: User "x" cannot get resource "deployments/scale" in API group "apps" in the namespace "x"',
  },
  {
    asked: { verb: 'create', group: '', resource: 'namespaces' },
    says: 'namespaces is forbidden: User "x" cannot create resource "namespaces" in API group "" at the cluster scope',
  },
  { asked: { verb: 'get', path: '/metrics' }, says: 'forbidden: User "x" cannot get path "/metrics"' },
  { asked: { verb: 'get', path: '/<b>' }, says: 'forbidden: User "x" cannot get path "/&lt;b&gt;"' },
  {
    asked: { verb: 'get', path: '/metrics' },
    reason: 'RBAC: clusterrole.rbac.authorization.k8s.io "y" not found',
    says: 'forbidden: User "x" cannot get path "/metrics": RBAC: clusterrole.rbac.authorization.k8s.io "y" not found',
  },
] as const) {
  test(`a refusal says: ${says}`, () => assert.equal(forbiddenTo({ user: 'x' }, asked, reason).message, says))
}

test('default roles are made once, given back what they lack, and left alone where that is wanted', async t => {
  const { admin, registry } = await open(t)
  const revision = () => registry.room.store.revision
  const before = revision()
  await makeDefaultRoles(admin)
  assert.equal(revision(), before)
  const basic = { name: 'system:basic-user' }
  await admin.patch(ClusterRole, basic, { body: { rules: [pods] } })
  await makeDefaultRoles(admin)
  const rules = (await admin.get(ClusterRole, basic))?.rules ?? []
  assert.deepEqual(rules[0], pods)
  assert.ok(rules.some(rule => rule.resources?.includes('selfsubjectreviews')))
  const viewer = { name: 'system:public-info-viewer' }
  await admin.patch(ClusterRoleBinding, viewer, {
    body: { metadata: { annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'false' } }, subjects: [] },
  })
  await admin.delete(ClusterRole, { name: 'cluster-admin' })
  await makeDefaultRoles(admin)
  assert.deepEqual((await admin.get(ClusterRoleBinding, viewer))?.subjects ?? [], [])
  assert.ok(await admin.get(ClusterRole, { name: 'cluster-admin' }))
})

test('aggregated roles are made of those that they select, also when these are aggregated', async t => {
  const { admin } = await open(t)
  const role = (name: string, labels: Record<string, string>, more: Partial<ClusterRole>) =>
    admin.create(ClusterRole, make(ClusterRole, { metadata: { name, labels }, ...more }))
  const selecting = (label: string) => ({
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'yes' } }] },
  })
  const secrets = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }
  await role('b', { low: 'yes' }, { rules: [secrets] })
  await role('a', { low: 'yes' }, { rules: [pods, secrets] })
  await role('middle', { high: 'yes' }, selecting('low'))
  await role('top', { low: 'yes' }, selecting('high'))
  await aggregateRoles(admin)
  const rules = async (name: string) => (await admin.get(ClusterRole, { name }))?.rules
  assert.deepEqual(await rules('middle'), [pods, secrets])
  assert.deepEqual(await rules('top'), [pods, secrets])
  const conflict = { code: 'Conflict', message: /conflict with "clusterrole-aggregation-controller": \.rules/ }
  const applied = { metadata: { name: 'top' }, rules: [] }
  await assert.rejects(admin.apply(ClusterRole, applied, { manager: 'somebody' }), conflict)
  await admin.delete(ClusterRole, { name: 'a' })
  await admin.delete(ClusterRole, { name: 'top' })
  await aggregateRoles(admin)
  assert.deepEqual(await rules('middle'), [secrets])
})

test('who may bind or escalate gives away what he has not; who adds to himself is refused', async t => {
  const { admin, registry } = await open(t)
  const carol = registry.client({ user: 'carol' })
  const grant = async (name: string, verbs: readonly string[], resources: readonly string[]) => {
    await admin.create(
      ClusterRole,
      make(ClusterRole, { metadata: { name }, rules: [{ apiGroups: [RBAC], resources, verbs }] }),
    )
    const roleRef = ref('ClusterRole', name)
    await admin.create(
      ClusterRoleBinding,
      make(ClusterRoleBinding, { metadata: { name }, roleRef, subjects: [user('carol')] }),
    )
  }
  await grant('writer', ['create', 'update', 'patch', 'get'], ['clusterroles', 'clusterrolebindings'])
  const role = (name: string) => make(ClusterRole, { metadata: { name }, rules: [pods] })
  const binding = (name: string) =>
    make(ClusterRoleBinding, { metadata: { name }, roleRef: ref('ClusterRole', 'view'), subjects: [user('carol')] })
  const refused = (thrown: unknown) => isApiFault(thrown, 'Forbidden') && /not currently held/.test(thrown.message)
  await assert.rejects(carol.create(ClusterRole, role('mine')), refused)
  await assert.rejects(carol.patch(ClusterRole, { name: 'writer' }, { body: { rules: [pods] } }), refused)
  await carol.patch(ClusterRole, { name: 'view' }, { body: { metadata: { ownerReferences: [] } } })
  await aggregateRoles(admin)
  await assert.rejects(carol.create(ClusterRoleBinding, binding('mine')), refused)
  await grant('escalates', ['escalate'], ['clusterroles'])
  await carol.create(ClusterRole, role('mine'))
  await assert.rejects(carol.create(ClusterRoleBinding, binding('mine')), refused)
  await grant('binds', ['bind'], ['clusterroles'])
  await carol.create(ClusterRoleBinding, binding('mine'))
})
