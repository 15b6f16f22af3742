import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ConfigMap } from '../../api/core.ts'
import { make } from '../../api/kind.ts'
import { type Kubectl, openKubectl, withKubectl } from './kubectl.ts'

// What goes, what goes with it, and what holds it.

let kubectl: Kubectl
before(async () => {
  if (!withKubectl.skip) kubectl = await openKubectl()
})
after(() => kubectl?.[Symbol.asyncDispose]())

const AT = { namespace: 'default' }

async function family(name: string): Promise<void> {
  const owner = await kubectl.client.create(ConfigMap, make(ConfigMap, { metadata: { name, ...AT } }))
  const { uid = '' } = owner.metadata
  const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name, uid, blockOwnerDeletion: true }]
  await kubectl.client.create(
    ConfigMap,
    make(ConfigMap, { metadata: { name: `${name}-child`, ...AT, ownerReferences } }),
  )
}

/** Since 1.34 kubectl tells the namespace, too. */
const brief = (out: string) => out.replace(/ from \S+ namespace/g, '')

const there = async (name: string) => (await kubectl.run(`get configmap ${name}`)).code === 0

test('dependents go with their owner, before it or after it', withKubectl, async () => {
  for (const how of ['background', 'foreground'] as const) {
    await family(how)
    const said = brief(await kubectl.ok(`delete configmap ${how} --cascade=${how}`))
    assert.equal(said, `configmap "${how}" deleted\n`)
    await kubectl.ok(`wait configmap/${how}-child --for=delete --timeout=20s`)
    assert.equal(await there(how), false)
  }
})

test('orphans stay, without their owner', withKubectl, async () => {
  await family('left')
  await kubectl.ok('delete configmap left --cascade=orphan')
  assert.equal(await kubectl.ok('get configmap left-child -o jsonpath={.metadata.ownerReferences}'), '')
})

test('a finalizer holds an object until it is taken away', withKubectl, async () => {
  const metadata = { name: 'held', ...AT, finalizers: ['example.com/slow'] }
  await kubectl.client.create(ConfigMap, make(ConfigMap, { metadata }))
  const deleting = kubectl.ok('delete configmap held --timeout=30s')
  await kubectl.ok('wait configmap/held --for=jsonpath={.metadata.deletionTimestamp} --timeout=20s')
  assert.equal(await there('held'), true)
  await kubectl.ok('patch configmap held --type merge -p', { extra: ['{"metadata":{"finalizers":null}}'] })
  assert.equal(brief(await deleting), 'configmap "held" deleted\n')
})

test('many go at once, by label or all of a kind', withKubectl, async () => {
  await kubectl.ok('create namespace many')
  for (const [name, app] of [
    ['a', 'x'],
    ['b', 'x'],
    ['c', 'y'],
  ] as const) {
    await kubectl.ok(`create configmap ${name} -n many`)
    await kubectl.ok(`label configmap ${name} app=${app} -n many`)
  }
  const said = brief(await kubectl.ok('delete configmap -l app=x -n many'))
  assert.equal(said, 'configmap "a" deleted\nconfigmap "b" deleted\n')
  await kubectl.ok('delete configmap --all -n many')
  assert.equal(await kubectl.ok('get configmap -n many -l app -o name'), '')
  assert.match(await kubectl.ok('delete namespace many'), /^namespace "many" deleted\n/)
  assert.match((await kubectl.run('get namespace many')).err, /namespaces "many" not found/)
})

test('what is not there cannot be deleted, and that may be asked not to matter', withKubectl, async () => {
  const { code, err } = await kubectl.run('delete configmap none')
  assert.equal(code, 1)
  assert.match(err, /configmaps "none" not found/)
  assert.equal(await kubectl.ok('delete configmap none --ignore-not-found'), '')
})

test('namespaces that all stands on cannot be deleted', withKubectl, async () => {
  for (const name of ['default', 'kube-system', 'eksa-system']) {
    assert.match((await kubectl.run(`delete namespace ${name}`)).err, /Forbidden.*this namespace may not be deleted/)
  }
})

test('a dry run deletes nothing, force and no grace delete at once', withKubectl, async () => {
  await kubectl.ok('run kept --image=i')
  assert.match(brief(await kubectl.ok('delete pod kept --dry-run=server')), /deleted \(server dry run\)\n$/)
  assert.equal((await kubectl.run('get pod kept')).code, 0)
  await kubectl.ok('delete pod kept --grace-period=0 --force')
  assert.equal((await kubectl.run('get pod kept')).code, 1)
})
