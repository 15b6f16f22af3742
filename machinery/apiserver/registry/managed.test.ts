import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import type { Kind } from '../../api/kind.ts'
import type { SchemaNode } from '../../api/schema.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import type { Body } from '../store/change.ts'
import { memoryDisk } from '../store/disk.ts'
import type { Admission } from './admission.ts'
import { apply } from './apply.ts'
import { ALLOW_ALL } from './authorizer.ts'
import { create } from './create.ts'
import { OWN } from './options.ts'
import { openRegistry } from './registry.ts'
import { asBody, custom, isObject } from './served.ts'
import { update } from './update.ts'

const TEXT: SchemaNode = { type: 'string' }
const SCHEMA: SchemaNode = {
  type: 'object',
  properties: {
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      properties: {
        size: { type: 'integer' },
        mode: { type: 'string', default: 'slow' },
        map: { type: 'object', additionalProperties: TEXT },
      },
    },
    status: { type: 'object', properties: { phase: TEXT } },
  },
}
const THING: Kind = {
  group: 'example.com',
  version: 'v1',
  kind: 'Thing',
  plural: 'things',
  singular: 'thing',
  shortNames: [],
  categories: [],
  namespaced: true,
  statusSubresource: true,
  columns: [],
  schema: SCHEMA,
}
const HEAD = { apiVersion: 'example.com/v1', kind: 'Thing' }
const key = { name: 'a', namespace: 'default' }

type Wish = { readonly spec?: object; readonly status?: object; readonly metadata?: object }

async function open(admission: readonly Admission[] = []) {
  const clock = new SimulatedClock()
  const host: Host = { clock, log: silentLog, random: Math.random }
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: [THING], admission, authorizer: ALLOW_ALL })
  const { room } = registry
  const served = room.catalog.of(THING)
  const by = (manager: string) => ({ ...OWN, manager })
  const whole = (wish: Wish) => ({ ...HEAD, ...wish, metadata: { ...key, ...wish.metadata } })
  return {
    room,
    clock,
    make: (manager: string, wish: Wish) => create(room, served, { ...key, body: whole(wish), options: by(manager) }),
    change: (manager: string, wish: Wish, subresource?: string) => {
      const revise = (now: Body) => ({ ...now, ...wish, metadata: { ...now.metadata, ...wish.metadata } })
      return update(room, served, { key, revise, subresource, options: by(manager) })
    },
    apply: (manager: string, wish: Wish, { force = false, subresource = undefined as string | undefined } = {}) =>
      apply(room, served, { key, configuration: whole(wish), force, subresource, options: by(manager) }),
    [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
  }
}

/** Managers in short: `name operation[/subresource] fields`. */
function managersOf({ metadata }: Body): readonly string[] {
  return (metadata.managedFields ?? []).map(entry => {
    const { manager, operation, subresource, fieldsV1 } = isObject(entry) ? entry : {}
    return `${manager} ${operation}${subresource ? `/${subresource}` : ''} ${JSON.stringify(fieldsV1)}`
  })
}

const timesOf = ({ metadata }: Body) => (metadata.managedFields ?? []).map(entry => isObject(entry) && entry.time)

test('who makes an object has what he said and what was meant, but not its status', async () => {
  await using api = await open()
  const made = await api.make('ann', { spec: { size: 1 }, status: { phase: 'x' }, metadata: { labels: { a: 'b' } } })
  assert.deepEqual(managersOf(made), [
    'ann Update {"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{".":{},"f:mode":{},"f:size":{}}}',
  ])
})

test('an update takes what it changes, and an update of nothing changes nothing', async () => {
  await using api = await open()
  const made = await api.make('ann', { spec: { size: 1, map: { a: '1' } } })
  await api.clock.advance(5_000)
  assert.equal(await api.change('bob', {}), made)
  const changed = await api.change('bob', { spec: { size: 2, mode: 'slow', map: { a: '1' } } })
  assert.deepEqual(managersOf(changed), [
    'ann Update {"f:spec":{".":{},"f:map":{".":{},"f:a":{}},"f:mode":{}}}',
    'bob Update {"f:spec":{"f:size":{}}}',
  ])
  const [first, second] = timesOf(changed)
  assert.notEqual(first, second)
})

test('the status has managers of its own', async () => {
  await using api = await open()
  await api.make('ann', { spec: { size: 1 } })
  const reported = await api.change('bob', { spec: { size: 9 }, status: { phase: 'Up' } }, 'status')
  assert.deepEqual(reported.spec, { size: 1, mode: 'slow' })
  assert.deepEqual(managersOf(reported), [
    'ann Update {"f:spec":{".":{},"f:mode":{},"f:size":{}}}',
    'bob Update/status {"f:status":{".":{},"f:phase":{}}}',
  ])
  await assert.rejects(
    api.apply('cid', { status: { phase: 'Down' } }, { subresource: 'status' }),
    fault => isApiFault(fault, 'Conflict') && /conflict with "bob" with subresource "status" using/.test(fault.message),
  )
})

test('to apply the same again writes nothing, however late', async () => {
  await using api = await open()
  const first = await api.apply('ann', { spec: { size: 1 } })
  assert.equal(first.created, true)
  await api.clock.advance(60_000)
  const second = await api.apply('ann', { spec: { size: 1 } })
  assert.equal(second.created, false)
  assert.equal(second.object.metadata.resourceVersion, first.object.metadata.resourceVersion)
  assert.deepEqual(timesOf(second.object), timesOf(first.object))
  // The real server tells no time of who changed nothing when he came.
  const { object } = await api.apply('bob', { spec: { size: 1 } })
  assert.deepEqual(
    timesOf(object).map(time => time !== undefined),
    [false, true],
  )
})

test('empty metadata that was applied is its manager’s, but nowhere', async () => {
  await using api = await open()
  const nothing = { annotations: {}, labels: {}, finalizers: [], ownerReferences: [] }
  for (const size of [1, 2, 2]) {
    const { object } = await api.apply('ann', { spec: { size }, metadata: nothing })
    assert.deepEqual(
      Object.keys(object.metadata).filter(name => name in nothing),
      [],
    )
    assert.equal(object.metadata.generation, size)
    assert.deepEqual(managersOf(object), [
      'ann Apply {"f:metadata":{"f:annotations":{},"f:labels":{}},"f:spec":{"f:size":{}}}',
    ])
  }
  const changed = await api.change('bob', { metadata: { annotations: { a: 'b' } } })
  assert.deepEqual(managersOf(changed), [
    'ann Apply {"f:metadata":{"f:labels":{}},"f:spec":{"f:size":{}}}',
    'bob Update {"f:metadata":{"f:annotations":{".":{},"f:a":{}}}}',
  ])
})

test('what nobody is known to manage belongs to who was there before the first to apply', async () => {
  await using api = await open()
  await api.make('ann', { spec: { size: 1 } })
  const bare = await api.change('ann', { metadata: { managedFields: [{}] } })
  assert.deepEqual(managersOf(bare), [])
  assert.deepEqual(managersOf(await api.change('ann', { spec: { size: 2 } })), [])
  const { object } = await api.apply('bob', { spec: { map: { a: '1' } } })
  assert.deepEqual(managersOf(object), [
    'bob Apply {"f:spec":{"f:map":{"f:a":{}}}}',
    'before-first-apply Update {"f:spec":{".":{},"f:mode":{},"f:size":{}}}',
  ])
})

test('the oldest of more than ten who update become one', async () => {
  await using api = await open()
  let object = await api.make('m0', { spec: { size: 1 } })
  for (let n = 1; n <= 11; n++) {
    await api.clock.advance(1_000)
    const map = Object.fromEntries(Array.from({ length: n }, (_, at) => [`k${at + 1}`, '1']))
    object = await api.change(`m${n}`, { spec: { size: 1, mode: 'slow', map } })
  }
  const names = managersOf(object).map(one => one.split(' ')[0])
  assert.deepEqual(names, ['ancient-changes', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10', 'm11'])
})

test('managers that admission spoils are as they were, and the client is told', async () => {
  const spoil: Admission = {
    mutate: async ({ object }) =>
      asBody({ ...object, metadata: { ...object.metadata, managedFields: [{ manager: 'x' }] } }),
  }
  await using api = await open([spoil])
  const said: string[] = []
  const options = { ...OWN, manager: 'ann', warn: (sentence: string) => said.push(sentence) }
  const made = await create(api.room, api.room.catalog.of(THING), {
    ...key,
    body: { ...HEAD, metadata: key, spec: {} },
    options,
  })
  assert.deepEqual(managersOf(made), ['ann Update {"f:spec":{".":{},"f:mode":{}}}'])
  assert.match(
    said.join(),
    /managedFields was in an invalid state after admission.*operation must be `Apply` or `Update`$/,
  )
})

test('admission may say no more than the client: no status of an object, no object of a status', async () => {
  const mutate: Admission['mutate'] = async ({ object }) =>
    object.kind === 'Thing' ? asBody({ ...object, spec: { size: 7 }, status: { phase: 'Mine' } }) : object
  await using api = await open([{ mutate }])
  const made = await api.make('ann', { spec: { size: 1 } })
  assert.deepEqual([made.spec, made.status], [{ size: 7, mode: 'slow' }, undefined])
  const changed = await api.change('bob', { spec: { size: 2 } })
  assert.deepEqual([changed.spec, changed.status], [{ size: 7, mode: 'slow' }, undefined])
  const { object } = await api.apply('cid', { metadata: { labels: { a: 'b' } } })
  assert.deepEqual([object.metadata.labels, object.status], [{ a: 'b' }, undefined])
  const reported = await api.change('bob', { spec: { size: 3 }, status: { phase: 'Up' } }, 'status')
  assert.deepEqual([reported.spec, reported.status], [{ size: 7, mode: 'slow' }, { phase: 'Mine' }])
})

test('managers speak of the fields of their own version', async () => {
  await using api = await open()
  const renamed: SchemaNode = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { count: { type: 'integer' }, mode: TEXT } } },
  }
  const other: Kind = { ...THING, version: 'v2', schema: renamed }
  const rename = (from: string, to: string, version: string) => async (objects: readonly Body[]) =>
    objects.map(object => {
      const { [from]: value, ...spec } = isObject(object.spec) ? object.spec : {}
      return asBody({ ...object, apiVersion: version, spec: value === undefined ? spec : { ...spec, [to]: value } })
    })
  const conversion = {
    fromStored: rename('size', 'count', 'example.com/v2'),
    toStored: rename('count', 'size', 'example.com/v1'),
  }
  const [first] = api.room.catalog.versions('things.example.com')
  assert.ok(first)
  const second = { ...custom(other), conversion }
  api.room.catalog.replace('things.example.com', [first, second])
  await api.apply('ann', { spec: { size: 1 } })
  const configuration = { ...HEAD, apiVersion: 'example.com/v2', metadata: key, spec: { count: 2 } }
  const request = { key, configuration, force: false, options: { ...OWN, manager: 'bob' } }
  await assert.rejects(apply(api.room, second, request), {
    message: 'Apply failed with 1 conflict: conflict with "ann": .spec.size',
  })
  const { object } = await apply(api.room, second, { ...request, force: true })
  assert.deepEqual(object.spec, { mode: 'slow', count: 2 })
  assert.deepEqual(managersOf(object), ['bob Apply {"f:spec":{"f:count":{}}}'])
  // A manager goes with the version it spoke of.
  api.room.catalog.replace('things.example.com', [first])
  assert.deepEqual(managersOf(await api.change('cid', { spec: { size: 3 } })), ['cid Update {"f:spec":{"f:size":{}}}'])
})
