import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { test } from 'node:test'
import { BmcMachine, Job } from '../../machinery/api/bmc.ts'
import { Secret } from '../../machinery/api/core.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import type { Observation } from '../../machinery/api/journal.ts'
import { make } from '../../machinery/api/kind.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { runController, worldOf } from '../../machinery/control/controller.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { systemUdp } from '../../machinery/host/udp/system.ts'
import { bmcControllers } from './controllers.ts'
import { ipmiDriver } from './ipmi/driver.ts'
import { noIpmiSim, startIpmiSim } from './simulated/ipmi-sim.ts'
import { machine, namespace, provision, secret } from './simulated/rack.ts'

test('a provision job drives OpenIPMI: off, boot from the network, on', {
  skip: noIpmiSim,
  timeout: 60_000,
}, async () => {
  await using scope = new Scope()
  const sim = scope.hold(await startIpmiSim())
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const { client } = scope.hold(await memoryApi(host))
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  const facts = new EventEmitter()
  const journal = { record: ({ what }: Observation) => void facts.emit(what) }
  const world = worldOf(client, host)
  const controllers = bmcControllers({
    host,
    journal,
    drivers: [ipmiDriver({ udp: systemUdp, host, signal: stop.signal })],
  })
  for (const { for: kind, reads } of controllers)
    for (const each of [kind, ...reads.map(r => r.kind)]) world.cache(each)
  await world.caches.start(stop.signal)
  for (const controller of controllers) void runController(controller, world, stop.signal)

  const connection = { ...machine().spec.connection, host: '127.0.0.1', port: sim.port }
  await client.create(Hardware, make(Hardware, { metadata: { name: 'rack1', namespace }, spec: {} }))
  await client.create(Secret, secret('password'))
  await client.create(BmcMachine, { ...machine(), spec: { connection } })
  const poweredOn = once(facts, 'power-on')
  await client.create(Job, provision())
  await poweredOn
  const sets = sim.calls().filter(call => call.includes(' set '))
  assert.deepEqual(sets, ['0x20 set boot pxe', '0x20 set power 1'], 'it was off already')
})
