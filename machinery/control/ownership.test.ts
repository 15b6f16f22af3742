import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Job, Task } from '../api/bmc.ts'
import type { Client } from '../api/client.ts'
import { make } from '../api/kind.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { createLog, type LogLine } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { type Controller, controller, place, runController, worldOf } from './controller.ts'
import { type Claim, claimedClient, Ownership, objectsOf, shared, statusOf } from './ownership.ts'

const key = { name: 'provision', namespace: 'eksa-system' }
const job = make(Job, {
  metadata: key,
  spec: { machineRef: { name: 'bmc-rack1', namespace: 'eksa-system' }, tasks: [{ powerAction: 'off' }] },
})

async function open(scope: Scope) {
  const lines: LogLine[] = []
  const clock = new SimulatedClock()
  const host = { clock, log: createLog(clock, line => lines.push(line)), random: () => 0 }
  const api = scope.hold(await memoryApi(host))
  return { client: api.client, host, lines }
}

const pairs: readonly { name: string; one: Claim; other: Claim; refused: boolean }[] = [
  { name: 'two that write the same alone', one: statusOf(Job), other: statusOf(Job), refused: true },
  { name: 'one alone and one that shares', one: objectsOf(Job), other: shared(objectsOf(Job)), refused: true },
  { name: 'one that shares and one alone', one: shared(objectsOf(Job)), other: objectsOf(Job), refused: true },
  { name: 'two that share', one: shared(objectsOf(Job)), other: shared(objectsOf(Job)), refused: false },
  { name: 'object and status', one: objectsOf(Job), other: statusOf(Job), refused: false },
  { name: 'two kinds', one: statusOf(Job), other: statusOf(Task), refused: false },
]
for (const { name, one, other, refused } of pairs) {
  test(`of two owners, ${name} ${refused ? 'are refused' : 'go together'}`, () => {
    const ownership = new Ownership()
    ownership.claim('first', [one])
    const claim = () => ownership.claim('second', [other])
    if (refused) assert.throws(claim, { code: 'control/owned-twice', message: / is owned by first and second; / })
    else claim()
  })
}

test('wiring refuses a second controller that writes what another one owns', async () => {
  await using scope = new Scope()
  const { client, host } = await open(scope)
  const world = worldOf(client, host)
  const ownership = new Ownership()
  const definition = (name: string): Controller =>
    controller({ name, for: Job, owns: [statusOf(Job)], reconcile: async () => undefined })
  place(definition('bmc/jobs'), world, ownership)
  assert.throws(() => place(definition('other/jobs'), world, ownership), {
    message:
      'jobs.bmc.tinkerbell.org/status is owned by bmc/jobs and other/jobs; ' +
      'one of them must stop writing it, or both must share it',
  })
})

const writes: readonly { name: string; write: (client: Client) => Promise<unknown>; needs: 'object' | 'status' }[] = [
  { name: 'create', write: client => client.create(Job, job), needs: 'object' },
  { name: 'update', write: client => client.update(Job, job), needs: 'object' },
  { name: 'patch', write: client => client.patch(Job, key, { body: {} }), needs: 'object' },
  { name: 'patch by steps', write: client => client.patch(Job, key, { steps: [] }), needs: 'object' },
  { name: 'apply', write: client => client.apply(Job, { metadata: key }, { manager: 'm' }), needs: 'object' },
  { name: 'scale', write: client => client.scale(Job, key, 1), needs: 'object' },
  { name: 'delete', write: client => client.delete(Job, key), needs: 'object' },
  { name: 'deleteCollection', write: client => client.deleteCollection(Job, {}), needs: 'object' },
  { name: 'updateStatus', write: client => client.updateStatus(Job, job), needs: 'status' },
  {
    name: 'patch of the status',
    write: client => client.patch(Job, key, { body: {}, subresource: 'status' }),
    needs: 'status',
  },
  {
    name: 'apply of the status',
    write: client => client.apply(Job, { metadata: key }, { manager: 'm', subresource: 'status' }),
    needs: 'status',
  },
]
for (const { name, write, needs } of writes) {
  test(`${name} is let through to the owner of the ${needs} alone`, async () => {
    const reached = { reached: true }
    const client = new Proxy({}, { get: () => () => Promise.resolve(reached) }) as Client
    const [mine, other] = needs === 'object' ? [objectsOf(Job), statusOf(Job)] : [statusOf(Job), objectsOf(Job)]
    await assert.doesNotReject(write(claimedClient(client, 'me', [mine])))
    await assert.rejects(write(claimedClient(client, 'me', [other])), {
      code: 'control/not-owner',
      message: `me writes jobs.bmc.tinkerbell.org${needs === 'status' ? '/status' : ''}, which it does not own`,
    })
  })
}

test('a controller that writes what it did not claim fails by name, and writes nothing', async () => {
  await using scope = new Scope()
  const { client, host, lines } = await open(scope)
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  const world = worldOf(client, host)
  const definition = controller({
    name: 'test/jobs',
    for: Job,
    owns: [statusOf(Job)],
    reconcile: async (object, { client }) => {
      await client.delete(Job, object.metadata)
      return undefined
    },
  })
  place(definition, world)
  await client.create(Job, job)
  await world.caches.start(stop.signal)
  void runController(definition, world, stop.signal)
  const says = () => lines.filter(({ sentence }) => sentence.startsWith('reconcile failed'))
  for (let turn = 0; turn < 1000 && says().length === 0; turn++) await new Promise(resolve => setImmediate(resolve))
  assert.match(String(says()[0]?.facts.reason), /test\/jobs writes jobs.bmc.tinkerbell.org, which it does not own/)
  assert.ok(await client.get(Job, key))
})
