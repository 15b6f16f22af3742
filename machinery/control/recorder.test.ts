import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../api/client.ts'
import { Event } from '../api/core.ts'
import { ApiFault } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import { make } from '../api/kind.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { createLog, silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { Correlator } from './correlator.ts'
import { Recorder } from './recorder.ts'

const namespace = 'eksa-system'
const said = (message: string) => ({ type: 'Warning', reason: 'Unreachable', message }) as const

async function open(scope: Scope, bend: (client: Client) => Client = client => client) {
  const clock = new SimulatedClock()
  const lines: string[] = []
  const host = { clock, log: createLog(clock, ({ sentence }) => lines.push(sentence)), random: () => 0 }
  const { client } = scope.hold(await memoryApi({ ...host, log: silentLog, random: Math.random }))
  const rack1 = await client.create(Hardware, make(Hardware, { metadata: { name: 'rack1', namespace }, spec: {} }))
  const recorder = scope.hold(new Recorder({ client: bend(client), host, component: 'rufio' }))
  const events = async () => (await client.list(Event)).items
  return { clock, client, rack1, recorder, events, lines }
}

test('an event names its object, who says it and when', async () => {
  await using scope = new Scope()
  const { rack1, recorder, events } = await open(scope)
  recorder.event(rack1, said('no answer'))
  await recorder.flushed()
  const [event] = await events()
  const { name, resourceVersion, uid } = rack1.metadata
  assert.deepEqual(event?.involvedObject, {
    apiVersion: 'tinkerbell.org/v1alpha1',
    kind: 'Hardware',
    name,
    namespace,
    uid,
    resourceVersion,
  })
  assert.match(event.metadata.name, /^rack1\.[0-9a-f]{16}$/)
  assert.deepEqual(
    [event.type, event.reason, event.message, event.count, event.source?.component, event.firstTimestamp],
    ['Warning', 'Unreachable', 'no answer', 1, 'rufio', '2026-01-01T00:00:00Z'],
  )
})

test('what happens again is counted in the one Event', async () => {
  await using scope = new Scope()
  const { clock, client, rack1, recorder, events } = await open(scope)
  for (let n = 0; n < 3; n++) {
    recorder.event(rack1, said('no answer'))
    await clock.advance(1000)
  }
  await recorder.flushed()
  const [event, ...more] = await events()
  assert.deepEqual(
    [event?.count, event?.firstTimestamp, event?.lastTimestamp, more.length],
    [3, '2026-01-01T00:00:00Z', '2026-01-01T00:00:02Z', 0],
  )
  await client.deleteCollection(Event, { namespace })
  recorder.event(rack1, said('no answer'))
  await recorder.flushed()
  assert.deepEqual(
    (await events()).map(({ count }) => count),
    [4],
    'an Event that is gone by then is written anew, and still knows how often it happened',
  )
})

test('events that differ in their message alone are told as one from the tenth on', async () => {
  await using scope = new Scope()
  const { rack1, recorder, events } = await open(scope)
  for (let n = 1; n <= 15; n++) recorder.event(rack1, said(`lost packet ${n}`))
  recorder.event(rack1, said('lost packet 3'))
  await recorder.flushed()
  const all = (await events()).map(({ message, count }) => `${count} ${message}`).sort()
  const single = [1, 2, 4, 5, 6, 7, 8, 9].map(n => `1 lost packet ${n}`)
  assert.deepEqual(all, [...single, '2 lost packet 3', '6 (combined from similar events): lost packet 15'].sort())
})

test('an object that says too much is heard now and then only, and the others all the time', async () => {
  const clock = new SimulatedClock()
  const correlator = new Correlator(clock)
  const tell = (about: string) => correlator.tell({ ...said('x'), about })?.count
  const counts = Array.from({ length: 30 }, () => tell('loud'))
  assert.deepEqual([counts[24], counts[25], counts[29]], [25, undefined, undefined])
  assert.equal(tell('quiet'), 1)
  await clock.advance(300_000)
  assert.deepEqual([tell('loud'), tell('loud')], [31, undefined], 'what was not told was counted')
})

test('similar events long after one another are told each for itself again', async () => {
  const clock = new SimulatedClock()
  const correlator = new Correlator(clock)
  for (let n = 0; n < 12; n++) correlator.tell({ ...said(`m${n}`), about: 'a' })
  await clock.advance(600_001)
  assert.equal(correlator.tell({ ...said('m99'), about: 'a' })?.message, 'm99')
})

test('nobody is remembered for ever', () => {
  const limits = { similarMost: 10, similarWithin: 1000, perObject: { burst: 1, perSecond: 0 }, remembered: 2 }
  const correlator = new Correlator(new SimulatedClock(), limits)
  const tell = (about: string) => correlator.tell({ ...said('x'), about }) !== undefined
  assert.deepEqual([tell('a'), tell('a'), tell('b'), tell('c'), tell('a')], [true, false, true, true, true])
})

test('a server that is away is waited for, one that refuses is not', async () => {
  await using scope = new Scope()
  const answers = [new ApiFault('ServiceUnavailable', 'down'), undefined, new ApiFault('Forbidden', 'no')]
  const { clock, rack1, recorder, events, lines } = await open(
    scope,
    client =>
      new Proxy(client, {
        get: (target, name: keyof Client) =>
          name === 'create' && answers[0] !== undefined ? () => Promise.reject(answers.shift()) : target[name],
      }),
  )
  recorder.event(rack1, said('no answer'))
  await clock.advance(0)
  assert.equal((await events()).length, 0)
  await clock.advance(10_000)
  await recorder.flushed()
  assert.equal((await events()).length, 1)
  answers.shift()
  recorder.event(rack1, said('another'))
  await recorder.flushed()
  assert.equal((await events()).length, 1)
  assert.deepEqual(lines, ['an event was not written'])
})

test('closing does not wait for a server that is away', async () => {
  await using scope = new Scope()
  const down = () => Promise.reject(new ApiFault('ServiceUnavailable', 'down'))
  const { clock, rack1, recorder, lines } = await open(scope, client => ({ ...client, create: down }))
  recorder.event(rack1, said('no answer'))
  await clock.advance(0)
  await recorder[Symbol.asyncDispose]()
  assert.deepEqual(lines, ['an event was not written'])
})
