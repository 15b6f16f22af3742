import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, BmcMachine, Job, Task } from '../../machinery/api/bmc.ts'
import type { Client } from '../../machinery/api/client.ts'
import { Secret } from '../../machinery/api/core.ts'
import { ApiFault } from '../../machinery/api/fault.ts'
import { make } from '../../machinery/api/kind.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { machine, namespace, provision, rack, secret, until } from './simulated/rack.ts'
import { ended, has, messageOf } from './status.ts'

const key = (name: string) => ({ name, namespace })
const job = (client: Client) => client.get(Job, key('rack1-provision'))
const task = (client: Client, index: number) => client.get(Task, key(`rack1-provision-task-${index}`))

async function ran(scope: Scope, tasks?: readonly Action[]) {
  const parts = await rack(scope, memoryApi)
  await parts.start()
  await parts.client.create(Job, provision(tasks))
  return { ...parts, ended: () => until(parts.clock, async () => ended((await job(parts.client))?.status)) }
}

test('a job becomes tasks one after another: off, boot once from the network, on; as the documents show them', async () => {
  await using scope = new Scope()
  const { client, bmc, journal, ended, lines } = await ran(scope)
  bmc.chassis.power = 'on'
  await ended()
  assert.deepEqual(bmc.chassis.told, ['off', 'boot pxe', 'on'])
  assert.deepEqual(bmc.chassis.boot, { valid: true, persistent: false, efi: true, device: 'pxe' })

  const status = (await job(client))?.status
  assert.deepEqual(status?.conditions, [{ type: 'Completed', status: 'True' }])
  assert.equal(status?.waitingFor, undefined)
  const [off, boot, on] = await Promise.all([0, 1, 2].map(index => task(client, index)))
  assert.deepEqual(off?.spec.task, { powerAction: 'off' })
  assert.deepEqual(boot?.spec.task, { oneTimeBootDeviceAction: { device: ['pxe'], efiBoot: true } })
  assert.deepEqual(on?.spec.task, { powerAction: 'on' })
  for (const one of [off, boot, on]) {
    assert.equal(one?.metadata.labels?.['owner-name'], 'rack1-provision')
    assert.equal(one?.metadata.ownerReferences?.[0]?.kind, 'Job')
    assert.equal(one?.spec.connection?.host, '192.0.2.5')
    assert.deepEqual(Object.keys(one?.status ?? {}).sort(), ['completionTime', 'conditions', 'startTime'])
    assert.deepEqual(one?.status?.conditions, [{ type: 'Completed', status: 'True' }])
  }
  const facts = journal.observations.map(({ of, what }) => ['hardware' in of && of.hardware, what])
  assert.deepEqual(facts, [
    ['rack1', 'power-off'],
    ['rack1', 'boot-device'],
    ['rack1', 'power-on'],
  ])
  const said = lines.filter(({ facts }) => facts.name === 'rack1-provision-task-0').map(({ sentence }) => sentence)
  assert.deepEqual(said, ['task started', 'power command sent', 'task completed'])
  assert.doesNotMatch(JSON.stringify(lines), /"password"|cGFzc3dvcmQ/)
})

test('a machine shows whether its BMC can be contacted, and since when', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, start, journal } = await rack(scope, memoryApi)
  await start()
  const contactable = async () => (await client.get(BmcMachine, key('bmc-rack1')))?.status
  await until(clock, async () => (await contactable())?.powerState === 'off')
  const first = (await contactable())?.conditions?.[0]
  assert.deepEqual(first && { type: first.type, status: first.status }, { type: 'Contactable', status: 'True' })

  bmc.chassis.power = 'on'
  await until(clock, async () => (await contactable())?.powerState === 'on')
  assert.equal(
    (await contactable())?.conditions?.[0]?.lastUpdateTime,
    first?.lastUpdateTime,
    'it moves only when it turns',
  )

  bmc.chassis.silent = true
  await until(clock, async () => (await contactable())?.conditions?.[0]?.status === 'False')
  const silent = await contactable()
  assert.equal(silent?.powerState, 'unknown')
  assert.match(silent?.conditions?.[0]?.message ?? '', /192\.0\.2\.5:623 did not answer/)
  assert.deepEqual(
    journal.observations.map(({ what }) => what),
    ['bmc-unreachable'],
  )

  bmc.chassis.silent = false
  await until(clock, async () => (await contactable())?.conditions?.[0]?.status === 'True')
})

test('a password that is mended in its Secret wakes the machine at once', async () => {
  await using scope = new Scope()
  const { client, clock, start } = await rack(scope, memoryApi, { password: 'wrong' })
  await start()
  const status = async () => (await client.get(BmcMachine, key('bmc-rack1')))?.status
  await until(clock, async () => (await status())?.conditions?.[0]?.status === 'False')
  assert.match((await status())?.conditions?.[0]?.message ?? '', /another password for admin/)
  const before = clock.now()
  await client.update(Secret, secret('password'))
  await until(clock, async () => (await status())?.conditions?.[0]?.status === 'True')
  assert.ok(clock.now() - before < 1000)
})

test('a BMC that is silent for a while is tried again, and the job ends well', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, ended, journal } = await ran(scope)
  bmc.chassis.silent = true
  await until(clock, async () => Boolean((await task(client, 0))?.status?.waitingFor))
  const waiting = (await task(client, 0))?.status
  assert.match(waiting?.waitingFor?.what ?? '', /^the BMC must answer: /)
  assert.equal(waiting?.waitingFor?.next, 'the task fails')
  assert.equal(has(waiting, 'Running'), true)
  await clock.advance(180_000)
  assert.equal(
    has((await task(client, 0))?.status, 'Running'),
    true,
    'one lost packet fails no provisioning, nor do many',
  )
  bmc.chassis.silent = false
  await ended()
  assert.equal(has((await job(client))?.status, 'Completed'), true)
  const unreachable = journal.observations.filter(({ what }) => what === 'bmc-unreachable')
  assert.ok(unreachable.every(({ replaces }) => replaces))
})

test('a BMC that stays silent fails the task at its deadline, naming host and what was tried', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, ended, journal } = await ran(scope)
  bmc.chassis.silent = true
  const start = clock.now()
  await ended()
  const minutes = (clock.now() - start) / 60_000
  assert.ok(minutes >= 10 && minutes < 11, `${minutes} minutes`)
  const says = messageOf((await task(client, 0))?.status, 'Failed') ?? ''
  assert.match(says, /192\.0\.2\.5:623 did not answer .*asked 4 times.*; power off was tried for 10 min/)
  assert.ok(messageOf((await job(client))?.status, 'Failed')?.includes(says))
  assert.equal(await task(client, 1), undefined, 'nothing goes on after a failure')
  assert.equal(journal.observations.at(-1)?.what, 'bmc-failed')
})

test('a wrong password fails the task at once: only a person can mend it', async () => {
  await using scope = new Scope()
  const parts = await rack(scope, memoryApi, { password: 'guess-me' })
  await parts.start()
  await parts.client.create(Job, provision())
  await until(parts.clock, async () => ended((await job(parts.client))?.status))
  const says = messageOf((await task(parts.client, 0))?.status, 'Failed') ?? ''
  assert.match(says, /192\.0\.2\.5 has another password for admin/)
  assert.doesNotMatch(JSON.stringify(parts.lines), /guess-me/)
})

test('a power command that is accepted and not obeyed is given again, and verified', async () => {
  await using scope = new Scope()
  const { client, bmc, ended } = await ran(scope, [{ powerAction: 'on' }])
  bmc.chassis.ignores = 2
  await ended()
  assert.equal(has((await job(client))?.status, 'Completed'), true)
  assert.deepEqual(bmc.chassis.told, ['on', 'on', 'on'])
})

test('busy BMCs are waited for', async () => {
  await using scope = new Scope()
  const { client, bmc, ended } = await ran(scope, [{ powerAction: 'on' }])
  bmc.chassis.refusals.push(0xc0, 0xd5, 0xc0)
  await ended()
  assert.equal(has((await job(client))?.status, 'Completed'), true)
  assert.equal(bmc.chassis.power, 'on')
})

test('status completes after a look; virtual media is refused by name; cycle goes through off', async () => {
  await using scope = new Scope()
  const { client, bmc, ended } = await ran(scope, [
    { powerAction: 'status' },
    { powerAction: 'cycle' },
    { bootDevice: { device: 'disk', persistent: true } },
    { virtualMediaAction: { kind: 'CD', mediaURL: 'http://192.0.2.9/x.iso' } },
  ])
  bmc.chassis.power = 'on'
  await ended()
  assert.deepEqual(bmc.chassis.told, ['off', 'on', 'boot disk'])
  assert.equal(bmc.chassis.boot.persistent, true)
  assert.match(messageOf((await job(client))?.status, 'Failed') ?? '', /task-3 failed: unsupported: virtualMediaAction/)
})

test('a reset that was sent before a restart is not sent again', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, start } = await rack(scope, memoryApi)
  bmc.chassis.power = 'on'
  await client.create(
    Task,
    make(Task, {
      metadata: key('left-over'),
      spec: { task: { powerAction: 'reset' }, connection: machine().spec.connection },
    }),
  )
  const conditions = [
    { type: 'Running', status: 'True' as const },
    { type: 'Sent', status: 'True' as const },
  ]
  await client.patch(Task, key('left-over'), {
    subresource: 'status',
    body: { status: { conditions, startTime: '2026-01-01T00:00:00Z' } },
  })
  await start()
  await until(clock, async () => ended((await client.get(Task, key('left-over')))?.status))
  assert.deepEqual(bmc.chassis.told, [])
})

test('a task that is there already is adopted, not made twice and not an error', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, start } = await rack(scope, memoryApi)
  await client.create(
    Task,
    make(Task, {
      metadata: key('rack1-provision-task-0'),
      spec: { task: { powerAction: 'on' }, connection: machine().spec.connection },
    }),
  )
  await start()
  await until(clock, async () => has((await task(client, 0))?.status, 'Completed'))
  await client.create(Job, provision([{ powerAction: 'on' }]))
  await until(clock, async () => ended((await job(client))?.status))
  assert.equal(has((await job(client))?.status, 'Completed'), true)
  assert.deepEqual(bmc.chassis.told, ['on'])
})

test('a job whose Machine is not there says so, and goes on when it comes', async () => {
  await using scope = new Scope()
  const { client, clock, start } = await rack(scope, memoryApi)
  await client.delete(BmcMachine, key('bmc-rack1'))
  await start()
  await client.create(Job, provision())
  await until(clock, async () => Boolean((await job(client))?.status?.waitingFor))
  assert.equal((await job(client))?.status?.waitingFor?.what, 'Machine eksa-system/bmc-rack1 must exist')
  await client.create(BmcMachine, machine())
  await until(clock, async () => ended((await job(client))?.status))
  assert.equal(has((await job(client))?.status, 'Completed'), true)
})

test('a connection that is mended on the Machine is used by the task that waits for it', async () => {
  await using scope = new Scope()
  const { client, clock, start } = await rack(scope, memoryApi)
  const broken = { ...machine().spec.connection, host: '192.0.2.99' }
  await client.patch(BmcMachine, key('bmc-rack1'), { body: { spec: { connection: broken } } })
  await start()
  await client.create(Job, provision([{ powerAction: 'on' }]))
  await until(clock, async () => Boolean((await task(client, 0))?.status?.waitingFor))
  await client.patch(BmcMachine, key('bmc-rack1'), { body: { spec: machine().spec } })
  await until(clock, async () => ended((await job(client))?.status))
  assert.equal(has((await job(client))?.status, 'Completed'), true)
})

test('a status that cannot be written is written later, and what was done is not done again', async () => {
  await using scope = new Scope()
  const { client, clock, bmc, start } = await rack(scope, memoryApi)
  bmc.chassis.power = 'on'
  let refusals = 3
  const patch = client.patch.bind(client)
  client.patch = (kind, at, change) => {
    const completes = JSON.stringify(change).includes('Completed')
    if (kind.kind === 'Task' && completes && refusals-- > 0) throw new ApiFault('ServiceUnavailable', 'try later')
    return patch(kind, at, change)
  }
  await start()
  await client.create(Job, provision([{ powerAction: 'reset' }, { powerAction: 'cycle' }]))
  await until(clock, async () => ended((await job(client))?.status))
  assert.equal(has((await job(client))?.status, 'Completed'), true)
  assert.ok(refusals < 0)
  assert.deepEqual(bmc.chassis.told, ['reset', 'off', 'on'])
})

test('killed at any of its questions and started anew, the job does each thing once', async () => {
  const tasks: readonly Action[] = [{ powerAction: 'off' }, { powerAction: 'on' }, { powerAction: 'reset' }]
  const done = new Set<number>()
  for (let asks = 6; ; asks++) {
    await using scope = new Scope()
    const { client, clock, bmc, start, ended: killed } = await rack(scope, memoryApi)
    bmc.chassis.power = 'on'
    await client.create(Job, provision(tasks))
    await start(asks)
    await until(clock, async () => killed() || ended((await job(client))?.status))
    if (!killed()) break // it has no more questions than that
    done.add(bmc.chassis.told.length)
    await start()
    await until(clock, async () => ended((await job(client))?.status))
    assert.equal(has((await job(client))?.status, 'Completed'), true, `killed at ${asks}`)
    assert.deepEqual(bmc.chassis.told.slice(0, 2), ['off', 'on'], `killed at ${asks}`)
    assert.ok(bmc.chassis.told.length <= 3, `killed at ${asks}: ${bmc.chassis.told}`)
  }
  assert.deepEqual([...done], [0, 1, 2, 3], 'it was killed before, between and after all of them')
})
