import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hardware } from '../../api/hardware.ts'
import { memoryDisk } from '../store/disk.ts'
import { conditionsOf, Definitions, definition, kindOf, type Opened, openEmpty, version } from './opening.ts'

const WIDGETS = { name: 'widgets.example.com' }
const Widget = kindOf('widgets')
const widget = (name: string, more: object = {}, finalizers?: readonly string[]) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name, namespace: 'default', ...(finalizers && { finalizers }) },
  ...more,
})
const at = (name: string) => ({ name, namespace: 'default' })

async function define(api: Opened, ...all: ReturnType<typeof definition>[]) {
  for (const one of all) await api.client.create(Definitions, one)
  await api.registry.settled()
}
const served = (api: Opened) =>
  api.registry.room.catalog
    .versions('widgets.example.com')
    .map(one => `${one.kind.version}${one.hidden ? ' hidden' : ''}`)

test('a new definition gets its names, is established, and is served', async () => {
  await using api = await openEmpty()
  const made = await api.client.create(Definitions, definition('widgets', { names: { shortNames: ['wg'] } }))
  assert.deepEqual(made.status, {
    conditions: null,
    acceptedNames: { plural: '', kind: '' },
    storedVersions: ['v1'],
  })
  assert.equal(made.metadata.generation, 1)
  await api.registry.settled()
  const now = await api.client.get(Definitions, WIDGETS)
  assert.deepEqual(conditionsOf(now), ['NamesAccepted=True NoConflicts', 'Established=True InitialNamesAccepted'])
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wg'] }
  assert.deepEqual(now?.status?.acceptedNames, names)
  assert.equal(now?.metadata.generation, 1)
  assert.deepEqual(served(api), ['v1'])
  const object = await api.client.create(Widget, widget('a', { spec: { size: 1 } }))
  assert.equal(object.metadata.generation, 1)
})

test('a new version is served as soon as the write is acknowledged, and old ones go', async () => {
  await using api = await openEmpty()
  await define(api, definition('widgets'))
  const patch = (...versions: object[]) => api.client.patch(Definitions, WIDGETS, { body: { spec: { versions } } })
  const two = await patch(version('v1', { storage: false }), version('v2'))
  assert.deepEqual(served(api), ['v2', 'v1'])
  assert.deepEqual([two.status?.storedVersions, two.metadata.generation], [['v1', 'v2'], 2])
  await patch(version('v1', { storage: false, served: false }), version('v2'))
  assert.deepEqual(served(api), ['v2'])
  await assert.rejects(
    patch(version('v2')),
    /status.storedVersions\[0\]: Invalid value: "v1": must appear in spec.versions/,
  )
  await api.client.patch(Definitions, WIDGETS, { body: { status: { storedVersions: ['v2'] } }, subresource: 'status' })
  await patch(version('v2'))
  assert.deepEqual(served(api), ['v2'])
})

const CONFLICTS: readonly [names: object, condition: string, message: RegExp][] = [
  [{ singular: 'widget' }, 'NamesAccepted=False SingularConflict', /^"widget" is already in use$/],
  [{ singular: 'wg' }, 'NamesAccepted=False SingularConflict', /^"wg" is already in use$/],
  [
    { shortNames: ['wg', 'x', 'widgets'] },
    'NamesAccepted=False ShortNamesConflict',
    /^\["wg" is .*, "widgets" is .*\]$/,
  ],
  [{ kind: 'Widget', listKind: 'Xs' }, 'NamesAccepted=False KindConflict', /^"Widget" is already in use$/],
  [{ listKind: 'WidgetList' }, 'NamesAccepted=False ListKindConflict', /^"WidgetList" is already in use$/],
  [{ kind: 'WidgetList', listKind: 'Xs' }, 'NamesAccepted=False KindConflict', /^"WidgetList" is already in use$/],
]

for (const [names, condition, message] of CONFLICTS) {
  test(`a name that another definition has is not given away: ${JSON.stringify(names)}`, async () => {
    await using api = await openEmpty()
    const { client } = api
    await define(api, definition('widgets', { names: { shortNames: ['wg'] } }), definition('gadgets', { names }))
    const gadgets = await client.get(Definitions, { name: 'gadgets.example.com' })
    assert.deepEqual(conditionsOf(gadgets), [condition, 'Established=False NotAccepted'])
    const [named] = (gadgets?.status?.conditions ?? []) as readonly { message: string }[]
    assert.match(named?.message ?? '', message)
    assert.deepEqual(api.registry.room.catalog.versions('gadgets.example.com'), [])
    await client.delete(Definitions, WIDGETS)
    await api.registry.settled()
    const freed = await client.get(Definitions, { name: 'gadgets.example.com' })
    assert.deepEqual(conditionsOf(freed), ['NamesAccepted=True NoConflicts', 'Established=True InitialNamesAccepted'])
  })
}

test('an established definition keeps its names while it asks for those of another', async () => {
  await using api = await openEmpty()
  await define(api, definition('widgets'), definition('gadgets'))
  const names = { singular: 'widget', shortNames: ['g'] }
  await api.client.patch(Definitions, { name: 'gadgets.example.com' }, { body: { spec: { names } } })
  await api.registry.settled()
  const gadgets = await api.client.get(Definitions, { name: 'gadgets.example.com' })
  assert.deepEqual(conditionsOf(gadgets), [
    'NamesAccepted=False SingularConflict',
    'Established=True InitialNamesAccepted',
  ])
  const [gadget] = api.registry.room.catalog.versions('gadgets.example.com')
  assert.deepEqual([gadget?.kind.singular, gadget?.kind.shortNames], ['gadget', ['g']])
})

test('a definition goes with its objects, whose finalizers are waited for', async () => {
  await using api = await openEmpty()
  const { client, registry } = api
  await define(api, definition('widgets'))
  await client.create(Widget, widget('free'))
  await client.create(Widget, widget('held', {}, ['example.com/hold']))
  await client.delete(Definitions, WIDGETS)
  const marked = await client.get(Definitions, WIDGETS)
  assert.ok(marked?.metadata.finalizers?.includes('customresourcecleanup.apiextensions.k8s.io'))
  await registry.settled()
  const waiting = await client.get(Definitions, WIDGETS)
  assert.equal(conditionsOf(waiting).at(-1), 'Terminating=True InstanceDeletionInProgress')
  assert.deepEqual(
    (await client.list(Widget)).items.map(item => item.metadata.name),
    ['held'],
  )
  await assert.rejects(client.create(Widget, widget('new')), {
    code: 'MethodNotAllowed',
    message: 'create not allowed while custom resource definition is terminating',
  })
  await client.patch(Widget, at('held'), { body: { metadata: { finalizers: null } } })
  await registry.settled()
  assert.equal(await client.get(Definitions, WIDGETS), undefined)
  assert.deepEqual(served(api), [])
  await assert.rejects(client.list(Widget), { code: 'NotFound' })
})

test('a watch on a kind tells of the last deletions, and ends with its definition', async () => {
  await using api = await openEmpty()
  const { client, registry } = api
  await define(api, definition('widgets'))
  const { resourceVersion } = await client.list(Widget)
  const watch = client.watch(Widget, { resourceVersion, signal: new AbortController().signal })
  const seen = (async () => {
    const types: string[] = []
    for await (const event of watch) types.push(event.type)
    return types
  })()
  await client.create(Widget, widget('a'))
  await client.delete(Definitions, WIDGETS)
  await registry.settled()
  assert.deepEqual(await seen, ['ADDED', 'DELETED'])
})

test('definitions are known again after a restart, those of others as well', async () => {
  const disk = memoryDisk()
  const versionOf = async (api: Opened) => (await api.client.get(Definitions, WIDGETS))?.metadata.resourceVersion
  let before: string | undefined
  {
    await using api = await openEmpty(disk)
    await define(api, definition('widgets'))
    before = await versionOf(api)
  }
  await using api = await openEmpty(disk, [Hardware])
  assert.deepEqual(served(api), ['v1'])
  assert.equal(await versionOf(api), before)
  assert.equal(api.registry.room.catalog.versions('hardware.tinkerbell.org').length, 1)
})

test('our own definitions are written once, and again when they say something else', async () => {
  const disk = memoryDisk()
  const hardware = { name: 'hardware.tinkerbell.org' }
  const read = async (api: Opened) => (await api.client.get(Definitions, hardware))?.metadata
  let first: Awaited<ReturnType<typeof read>>
  {
    await using api = await openEmpty(disk, [Hardware])
    first = await read(api)
    assert.deepEqual(conditionsOf(await api.client.get(Definitions, hardware)).length, 2)
  }
  {
    await using api = await openEmpty(disk, [Hardware])
    assert.deepEqual(await read(api), first)
  }
  await using api = await openEmpty(disk, [{ ...Hardware, shortNames: ['hw', 'h'] }])
  assert.deepEqual([first?.generation, (await read(api))?.generation], [1, 2])
  assert.deepEqual(api.registry.room.catalog.versions(hardware.name)[0]?.kind.shortNames, ['hw', 'h'])
})
