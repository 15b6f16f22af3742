import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ConfigMap } from '../../api/core.ts'
import { type Kubectl, openKubectl, withKubectl } from './kubectl.ts'

// What is wanted is said again and again, by one or by several.

let kubectl: Kubectl
before(async () => {
  if (!withKubectl.skip) kubectl = await openKubectl()
})
after(() => kubectl?.[Symbol.asyncDispose]())

const map = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
})
const dataOf = async (name: string) => {
  const found = await kubectl.client.get(ConfigMap, { name, namespace: 'default' })
  return (found as unknown as { readonly data?: object } | undefined)?.data
}

test(
  'apply creates, changes, takes away what is no longer said, and leaves what others said',
  withKubectl,
  async () => {
    const apply = (data: Record<string, string>) => kubectl.ok('apply -f -', { input: map('client', data) })
    assert.equal(await apply({ a: '1', b: '1' }), 'configmap/client created\n')
    assert.equal(await apply({ a: '1', b: '1' }), 'configmap/client unchanged\n')
    await kubectl.ok('patch configmap client --type merge -p', { extra: ['{"data":{"other":"o"}}'] })
    assert.equal(await apply({ a: '2' }), 'configmap/client configured\n')
    assert.deepEqual(await dataOf('client'), { a: '2', other: 'o' })
  },
)

test('diff shows what apply would change, and changes nothing', withKubectl, async () => {
  await kubectl.ok('apply -f -', { input: map('diffed', { a: '1' }) })
  const same = await kubectl.run('diff -f -', { input: map('diffed', { a: '1' }) })
  assert.deepEqual([same.code, same.out], [0, ''])
  for (const how of ['', ' --server-side']) {
    const { code, out } = await kubectl.run(`diff${how} -f -`, { input: map('diffed', { a: '2' }) })
    assert.equal(code, 1)
    assert.match(out, /^-\s+a: "1"$/m)
    assert.match(out, /^\+\s+a: "2"$/m)
  }
  assert.deepEqual(await dataOf('diffed'), { a: '1' })
})

test('two who apply on the server share an object, and are told where they would fight', withKubectl, async () => {
  const apply = (manager: string, data: Record<string, string>, more = '') =>
    kubectl.run(`apply --server-side --field-manager=${manager}${more} -f -`, { input: map('shared', data) })
  assert.equal((await apply('ann', { a: '1' })).out, 'configmap/shared serverside-applied\n')
  assert.equal((await apply('bob', { b: '1' })).code, 0)
  const fight = await apply('bob', { a: '2', b: '1' })
  assert.equal(fight.code, 1)
  assert.match(fight.err, /Apply failed with 1 conflict: conflict with "ann": \.data\.a/)
  assert.deepEqual(await dataOf('shared'), { a: '1', b: '1' })
  assert.equal((await apply('bob', { a: '2', b: '1' }, ' --force-conflicts')).code, 0)
  assert.equal((await apply('ann', {})).code, 0)
  assert.deepEqual(await dataOf('shared'), { a: '2', b: '1' })
  assert.equal((await apply('bob', { b: '1' })).code, 0)
  assert.deepEqual(await dataOf('shared'), { b: '1' })
})

test('who manages which field can be seen', withKubectl, async () => {
  await kubectl.ok('apply --server-side --field-manager=ann -f -', { input: map('seen', { a: '1' }) })
  await kubectl.ok('annotate configmap seen note=n')
  const yaml = await kubectl.ok('get configmap seen -o yaml --show-managed-fields')
  assert.match(yaml, /f:a: \{\}[\s\S]*manager: ann\n {4}operation: Apply/)
  assert.match(yaml, /f:note: \{\}[\s\S]*manager: kubectl-annotate\n {4}operation: Update/)
  assert.doesNotMatch(await kubectl.ok('get configmap seen -o yaml'), /managedFields/)
})

test('who applied by himself so far can let the server do it from now on', withKubectl, async () => {
  await kubectl.ok('apply -f -', { input: map('moved', { a: '1', b: '1' }) })
  const { code, err } = await kubectl.run('apply --server-side -f -', { input: map('moved', { a: '1' }) })
  assert.equal(code, 0, err)
  assert.deepEqual(await dataOf('moved'), { a: '1' })
})

test('custom objects are applied on the server too, with lists as their schema has them', withKubectl, async () => {
  const hardware = (spec: object) => ({
    apiVersion: 'tinkerbell.org/v1alpha1',
    kind: 'Hardware',
    metadata: { name: 'rack1', namespace: 'default' },
    spec,
  })
  const apply = (spec: object) => kubectl.ok('apply --server-side -f -', { input: hardware(spec) })
  await apply({ agentID: 'a', disks: [{ device: '/dev/sda' }] })
  await apply({ disks: [{ device: '/dev/sdb' }] })
  assert.equal(await kubectl.ok('get hw rack1 -o jsonpath={.spec}'), '{"disks":[{"device":"/dev/sdb"}]}')
})

test('a folder of files is applied at once, and what is no longer in it is pruned', withKubectl, async () => {
  const label = { metadata: { labels: { app: 'pruned' } } }
  const write = (name: string) => {
    const object = { ...map(name, { k: 'v' }), metadata: { name, namespace: 'default', ...label.metadata } }
    writeFileSync(join(kubectl.directory, `${name}.json`), JSON.stringify(object))
  }
  write('one')
  write('two')
  const files = `-f ${join(kubectl.directory, 'one.json')}`
  await kubectl.ok(`apply ${files} -f ${join(kubectl.directory, 'two.json')}`)
  const out = await kubectl.ok(`apply ${files} --prune -l app=pruned --prune-allowlist=core/v1/ConfigMap`)
  assert.equal(out, 'configmap/one unchanged\nconfigmap/two pruned\n')
})
