import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Job, Task } from '../api/bmc.ts'
import { Hardware } from '../api/hardware.ts'
import { apiVersion, make } from '../api/kind.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { type Controller, controller, ownerKeys, read, runController, worldOf } from './controller.ts'

const namespace = 'eksa-system'
async function open(scope: Scope) {
  const clock = new SimulatedClock()
  const host = { clock, log: silentLog, random: () => 0 }
  const { client } = scope.hold(await memoryApi(host))
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  return { clock, host, client, signal: stop.signal }
}

/** Resolves when the condition holds; the clock stands still, only what is ready runs. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000; turn++) {
    if (condition()) return
    await new Promise(resolve => setImmediate(resolve))
  }
  assert.fail('it never came to be')
}

async function running(scope: Scope, definition: Controller) {
  const parts = await open(scope)
  const world = worldOf(parts.client, parts.host)
  for (const kind of [definition.for, ...definition.reads.map(other => other.kind)]) world.cache(kind)
  await world.caches.start(parts.signal)
  void runController(definition, world, parts.signal)
  return { ...parts, world }
}

const job = (name: string) =>
  make(Job, {
    metadata: { name, namespace },
    spec: { machineRef: { name: 'bmc-rack1', namespace }, tasks: [{ powerAction: 'off' }] },
  })

test('a controller that is called off before it begins ends at once', { timeout: 5000 }, async () => {
  await using scope = new Scope()
  const { host, client } = await open(scope)
  const world = worldOf(client, host)
  const definition = controller({ name: 'test/idle', for: Hardware, reconcile: async () => undefined })
  world.cache(Hardware)
  await runController(definition, world, AbortSignal.abort())
})

test('a controller is called for its objects and for those that own what it reads', async () => {
  await using scope = new Scope()
  const calls: string[] = []
  const definition = controller({
    name: 'jobs',
    for: Job,
    reads: [read(Task, task => ownerKeys(Job, task))],
    reconcile: async ({ metadata }) => {
      calls.push(metadata.name)
      return undefined
    },
  })
  const { client } = await running(scope, definition)
  const owner = await client.create(Job, job('provision'))
  await until(() => calls.length === 1)
  const ownerReferences = [
    { apiVersion: apiVersion(Job), kind: 'Job', name: 'provision', uid: owner.metadata.uid ?? '', controller: true },
  ]
  await client.create(
    Task,
    make(Task, {
      metadata: { name: 'provision-task-0', namespace, ownerReferences },
      spec: { task: { powerAction: 'off' } },
    }),
  )
  await until(() => calls.length === 2)
  assert.deepEqual(calls, ['provision', 'provision'])
})

test('a reconciler that throws is called again later, one that asks for it at its time', async () => {
  await using scope = new Scope()
  const calls: number[] = []
  let parts: Awaited<ReturnType<typeof running>> | undefined
  const definition = controller({
    name: 'jobs',
    for: Job,
    reconcile: async () => {
      calls.push(parts?.clock.now() ?? 0)
      if (calls.length === 1) throw new Error('the BMC is rebooting')
      return calls.length === 2 ? { lookAgainIn: 10_000 } : undefined
    },
  })
  parts = await running(scope, definition)
  const start = parts.clock.now()
  await parts.client.create(Job, job('provision'))
  await until(() => calls.length === 1)
  await parts.clock.advance(50)
  await until(() => calls.length === 2)
  await parts.clock.advance(9_999)
  assert.equal(calls.length, 2)
  await parts.clock.advance(1)
  await until(() => calls.length === 3)
  assert.deepEqual(
    calls.map(at => at - start),
    [0, 50, 10_050],
  )
})

test('a controller that ended hears nothing more of the caches that outlive it', async () => {
  await using scope = new Scope()
  const { host, client, signal } = await open(scope)
  const world = worldOf(client, host)
  const woken: string[] = []
  const note = (name: string) => {
    woken.push(name)
    return []
  }
  const definition = controller({
    name: 'jobs',
    for: Job,
    reads: [read(Task, task => note(task.metadata.name))],
    reconcile: async () => undefined,
  })
  world.cache(Job)
  world.cache(Task)
  await world.caches.start(signal)
  const term = new AbortController()
  const running = runController(definition, world, term.signal)
  const task = (name: string) => make(Task, { metadata: { name, namespace }, spec: { task: { powerAction: 'off' } } })
  await client.create(Task, task('first'))
  await until(() => woken.length === 1)
  term.abort()
  await running
  await client.create(Task, task('second'))
  await until(() => world.cache(Task).all().length === 2)
  assert.deepEqual(woken, ['first'])
})
