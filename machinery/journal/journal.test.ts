import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../api/client.ts'
import { Event } from '../api/core.ts'
import { ApiFault } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import type { Observation } from '../api/journal.ts'
import { make } from '../api/kind.ts'
import { Timeline } from '../api/timeline.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { ApiJournal } from './journal.ts'
import { FACTS_KEPT } from './page.ts'

const of = { hardware: 'rack1', namespace: 'eksa-system' }
const key = { name: 'rack1', namespace: 'eksa-system' }
const ack = (more: Partial<Observation> = {}): Observation => ({
  of,
  stage: 'dhcp',
  what: 'dhcp-ack',
  says: 'has 10.0.0.11',
  evidence: { ip: '10.0.0.11' },
  ...more,
})

async function open(scope: Scope, bend: (client: Client) => Client = client => client) {
  const clock = new SimulatedClock()
  const host = { clock, log: silentLog, random: () => 0 }
  const api = scope.hold(await memoryApi(host))
  const client = bend(api.client)
  const journal = scope.hold(new ApiJournal(client, host))
  return { clock, client: api.client, journal }
}

test('facts stand in the timeline of their machine, in their order, with stage and since', async () => {
  await using scope = new Scope()
  const { clock, client, journal } = await open(scope)
  const boots = journal.of('boots')
  boots.record(ack({ what: 'dhcp-discover' }))
  await clock.advance(1000)
  boots.record(ack())
  await clock.advance(1000)
  journal.of('tink-server').record(ack({ stage: 'hookos', what: 'worker', says: 'asks for work' }))
  await journal.flushed()
  const timeline = await client.get(Timeline, key)
  assert.deepEqual(timeline?.spec, { hardwareRef: 'rack1' })
  assert.deepEqual(
    timeline?.status?.facts?.map(({ at, by, what }) => [at, by, what]),
    [
      ['2026-01-01T00:00:00.000000Z', 'boots', 'dhcp-discover'],
      ['2026-01-01T00:00:01.000000Z', 'boots', 'dhcp-ack'],
      ['2026-01-01T00:00:02.000000Z', 'tink-server', 'worker'],
    ],
  )
  assert.equal(timeline?.status?.stage, 'hookos')
  assert.equal(timeline?.status?.since, '2026-01-01T00:00:02.000000Z')
})

test('a report of progress takes the place of the last one', async () => {
  await using scope = new Scope()
  const { client, journal } = await open(scope)
  const progress = (bytes: string) =>
    ack({ stage: 'image', what: 'image-progress', evidence: { bytes }, replaces: true })
  for (const bytes of ['1', '2', '3']) journal.of('tink-server').record(progress(bytes))
  await journal.flushed()
  const facts = (await client.get(Timeline, key))?.status?.facts
  assert.deepEqual(
    facts?.map(fact => fact.evidence?.bytes),
    ['3'],
  )
  assert.deepEqual((await client.list(Event)).items, [], 'progress is no event')
})

test('the journal is bounded, and its oldest facts go first', async () => {
  await using scope = new Scope()
  const { client, journal } = await open(scope)
  for (let n = 0; n < FACTS_KEPT + 50; n++) journal.of('boots').record(ack({ says: `fact ${n}` }))
  await journal.flushed()
  const facts = (await client.get(Timeline, key))?.status?.facts ?? []
  assert.equal(facts.length, FACTS_KEPT)
  assert.equal(facts.at(-1)?.says, `fact ${FACTS_KEPT + 49}`)
})

test('a fact seen again is one Event on the Hardware, counted', async () => {
  await using scope = new Scope()
  const { client, journal } = await open(scope)
  const hardware = await client.create(Hardware, make(Hardware, { metadata: key, spec: {} }))
  for (let n = 0; n < 3; n++) journal.of('boots').record(ack())
  journal.of('rufio').record(ack({ stage: 'power', what: 'bmc-unreachable', severity: 'warning', says: 'no answer' }))
  await journal.flushed()
  const events = (await client.list(Event, { namespace: 'eksa-system' })).items
  assert.deepEqual(events.map(({ reason, type, count, source }) => [reason, type, count, source?.component]).sort(), [
    ['BmcUnreachable', 'Warning', 1, 'rufio'],
    ['DhcpAck', 'Normal', 3, 'boots'],
  ])
  assert.equal(events[0]?.involvedObject.uid, hardware.metadata.uid)
})

test('a machine that no Hardware knows has a timeline by its MAC', async () => {
  await using scope = new Scope()
  const { client, journal } = await open(scope)
  journal.of('boots').record(ack({ of: { mac: '52:54:00:00:00:09' }, what: 'dhcp-silent' }))
  await journal.flushed()
  const found = await client.get(Timeline, { name: 'mac-52-54-00-00-00-09', namespace: 'eksa-system' })
  assert.equal(found?.status?.what, 'dhcp-silent')
})

test('what the API refuses is written when it can be again, in its order', async () => {
  await using scope = new Scope()
  let refusals = 2
  const unwell = (client: Client): Client => ({
    ...bound(client),
    updateStatus: (kind, object) => {
      if (refusals-- > 0) return Promise.reject(new ApiFault('ServiceUnavailable', 'the disk is full'))
      return client.updateStatus(kind, object)
    },
  })
  const { clock, client, journal } = await open(scope, unwell)
  journal.of('boots').record(ack({ says: 'first' }))
  await clock.advance(100)
  journal.of('boots').record(ack({ says: 'second' }))
  await clock.advance(2000)
  await journal.flushed()
  const facts = (await client.get(Timeline, key))?.status?.facts
  assert.deepEqual(
    facts?.map(fact => fact.says),
    ['first', 'second'],
  )
})

function bound(client: Client): Client {
  return {
    get: (kind, at) => client.get(kind, at),
    list: (kind, options) => client.list(kind, options),
    pages: (kind, options) => client.pages(kind, options),
    watch: (kind, options) => client.watch(kind, options),
    create: (kind, object) => client.create(kind, object),
    update: (kind, object) => client.update(kind, object),
    updateStatus: (kind, object) => client.updateStatus(kind, object),
    patch: (kind, at, patch) => client.patch(kind, at, patch),
    apply: (kind, wanted, options) => client.apply(kind, wanted, options),
    getScale: (kind, at) => client.getScale(kind, at),
    scale: (kind, at, replicas) => client.scale(kind, at, replicas),
    delete: (kind, at, options) => client.delete(kind, at, options),
    deleteCollection: (kind, options) => client.deleteCollection(kind, options),
  }
}
