import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigMap, Event, Namespace } from '../../api/core.ts'
import { Hardware } from '../../api/hardware.ts'
import { make } from '../../api/kind.ts'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import type { OwnerReference } from '../../api/object.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { Definitions, definition, kindOf, openEmpty, version } from '../definitions/opening.ts'
import { memoryDisk } from '../store/disk.ts'
import { expireOnce } from './expiry.ts'
import { openRegistry } from './registry.ts'

const AT = { namespace: 'default' }

async function open() {
  const clock = new SimulatedClock()
  const host: Host = { clock, log: silentLog, random: Math.random }
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: CUSTOM_KINDS })
  const client = registry.client({ user: 'test', groups: ['system:masters'] })
  const owner = async (name: string, finalizers?: readonly string[]): Promise<OwnerReference> => {
    const metadata = { name, ...AT, ...(finalizers && { finalizers }) }
    const made = await client.create(Hardware, make(Hardware, { metadata, spec: {} }))
    const { uid = '' } = made.metadata
    return { apiVersion: made.apiVersion, kind: 'Hardware', name, uid, controller: false, blockOwnerDeletion: true }
  }
  const owned = (name: string, ...ownerReferences: OwnerReference[]) =>
    client.create(ConfigMap, make(ConfigMap, { metadata: { name, ...AT, ownerReferences } }))
  const names = async () => (await client.list(ConfigMap)).items.map(item => item.metadata.name).join(' ')
  return { ...registry, client, clock, owner, owned, names }
}

test('what has another owner left stays, and forgets the one that is gone', async () => {
  await using api = await open()
  const [a, b] = [await api.owner('a'), await api.owner('b')]
  await api.owned('both', a, b)
  await api.client.delete(Hardware, { name: 'a', ...AT })
  await api.settled()
  const both = await api.client.get(ConfigMap, { name: 'both', ...AT })
  assert.deepEqual(both?.metadata.ownerReferences, [b])
  await api.client.delete(Hardware, { name: 'b', ...AT })
  await api.settled()
  assert.equal(await api.names(), '')
})

test('orphaned dependents stay without their owner', async () => {
  await using api = await open()
  await api.owned('x', await api.owner('a'))
  await api.client.delete(Hardware, { name: 'a', ...AT }, { propagationPolicy: 'Orphan' })
  await api.settled()
  assert.equal(await api.client.get(Hardware, { name: 'a', ...AT }), undefined)
  assert.deepEqual((await api.client.get(ConfigMap, { name: 'x', ...AT }))?.metadata.ownerReferences, undefined)
})

test('in the foreground the owner goes last', async () => {
  await using api = await open()
  const a = await api.owner('a')
  await api.client.create(
    ConfigMap,
    make(ConfigMap, { metadata: { name: 'x', ...AT, ownerReferences: [a], finalizers: ['x.io/f'] } }),
  )
  await api.client.delete(Hardware, { name: 'a', ...AT }, { propagationPolicy: 'Foreground' })
  await api.settled()
  assert.ok((await api.client.get(Hardware, { name: 'a', ...AT }))?.metadata.deletionTimestamp)
  await api.client.patch(ConfigMap, { name: 'x', ...AT }, { body: { metadata: { finalizers: [] } } })
  await api.settled()
  assert.equal(await api.client.get(Hardware, { name: 'a', ...AT }), undefined)
  assert.equal(await api.names(), '')
})

test('an owner of a kind that is not served here counts as there', async () => {
  await using api = await open()
  await api.owned('x', { apiVersion: 'cluster.x-k8s.io/v1beta1', kind: 'Machine', name: 'm', uid: 'u' })
  await api.settled()
  assert.equal(await api.names(), 'x')
})

test('events live for an hour after their last word', async () => {
  await using api = await open()
  const event = (name: string) =>
    make(Event, { metadata: { name, ...AT }, involvedObject: {}, reason: 'r', message: 'm', type: 'Normal' })
  await api.client.create(Event, event('old'))
  await api.client.create(Event, event('renewed'))
  await api.clock.advance(59 * 60_000)
  const lastTimestamp = new Date(api.clock.now()).toISOString()
  await api.client.patch(Event, { name: 'renewed', ...AT }, { body: { lastTimestamp } })
  await api.clock.advance(2 * 60_000)
  await expireOnce(api.room)
  const { items } = await api.client.list(Event)
  assert.deepEqual(
    items.map(item => item.metadata.name),
    ['renewed'],
  )
})

test('of many who change one object at a time, each change is kept', async () => {
  await using api = await open()
  await api.owner('a')
  const key = { name: 'a', ...AT }
  const patches = Array.from({ length: 30 }, (_, n) =>
    api.client.patch(Hardware, key, { body: { metadata: { labels: { [`l${n}`]: 'x' } } } }),
  )
  await Promise.all(patches)
  assert.equal(Object.keys((await api.client.get(Hardware, key))?.metadata.labels ?? {}).length, 30)
})

test('a namespace that is going says what it still waits for, and goes when that is gone', async () => {
  await using api = await open()
  await api.client.create(Namespace, make(Namespace, { metadata: { name: 'lab' } }))
  const metadata = { name: 'kept', namespace: 'lab', finalizers: ['example.com/slow'] }
  await api.client.create(ConfigMap, make(ConfigMap, { metadata }))
  await api.client.create(ConfigMap, make(ConfigMap, { metadata: { name: 'free', namespace: 'lab' } }))
  await api.client.delete(Namespace, { name: 'lab' })
  await api.settled()
  const waiting = await api.client.get(Namespace, { name: 'lab' })
  const told = (waiting as unknown as { status: { conditions: Record<string, string>[] } }).status.conditions
  assert.deepEqual(
    told.filter(one => one.status === 'True').map(one => [one.type, one.message]),
    [
      ['NamespaceContentRemaining', 'Some resources are remaining: configmaps. has 1 resource instances'],
      [
        'NamespaceFinalizersRemaining',
        'Some content in the namespace has finalizers remaining: example.com/slow in 1 resource instances',
      ],
    ],
  )
  await api.client.patch(ConfigMap, { name: 'kept', namespace: 'lab' }, { body: { metadata: { finalizers: null } } })
  await api.settled()
  assert.equal(await api.client.get(Namespace, { name: 'lab' }), undefined)
})

test('a namespace waits for finalizers of its own too', async () => {
  await using api = await open()
  await api.client.create(Namespace, make(Namespace, { metadata: { name: 'lab', finalizers: ['example.com/slow'] } }))
  await api.client.delete(Namespace, { name: 'lab' })
  await api.settled()
  assert.ok(await api.client.get(Namespace, { name: 'lab' }))
  await api.client.patch(Namespace, { name: 'lab' }, { body: { metadata: { finalizers: null } } })
  await api.settled()
  assert.equal(await api.client.get(Namespace, { name: 'lab' }), undefined)
})

// The objects of such kinds are read through a conversion, also those in the version that they are kept in.
const CHANGED = {
  'in two versions': [version('v1', { storage: false }), version('v2')],
  'whose schema changed': [version('v1', { schema: { openAPIV3Schema: { type: 'object', properties: {} } } })],
}

for (const [how, versions] of Object.entries(CHANGED)) {
  test(`owners of a kind ${how} keep what they own, and take it with them`, async () => {
    await using api = await openEmpty()
    await api.client.create(Definitions, definition('widgets'))
    await api.registry.settled()
    const Widget = kindOf('widgets')
    const widget = (name: string) => make(Widget, { metadata: { name, ...AT } })
    await api.client.create(Widget, widget('before'))
    await api.client.patch(Definitions, { name: 'widgets.example.com' }, { body: { spec: { versions } } })
    const { metadata } = await api.client.create(Widget, widget('a'))
    const owner = { apiVersion: 'example.com/v1', kind: 'Widget', name: 'a', uid: metadata.uid ?? '' }
    const owned = { metadata: { name: 'x', ...AT, ownerReferences: [owner] } }
    await api.client.create(ConfigMap, make(ConfigMap, owned))
    await api.client.create(Widget, make(Widget, owned))
    await api.registry.settled()
    const names = async () => [
      ...(await api.client.list(ConfigMap)).items.map(item => item.metadata.name),
      ...(await api.client.list(Widget)).items.map(item => item.metadata.name),
    ]
    assert.deepEqual(await names(), ['x', 'a', 'before', 'x'])
    await api.client.delete(Widget, { name: 'a', ...AT })
    await api.registry.settled()
    assert.deepEqual(await names(), ['before'])
  })
}
