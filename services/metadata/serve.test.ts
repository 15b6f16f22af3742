import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hardware } from '../../machinery/api/hardware.ts'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { make } from '../../machinery/api/kind.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { worldOf } from '../../machinery/control/controller.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { metadataIndexes, openMetadata } from './serve.ts'

const rack1 = (name: string, address = '127.0.0.1') =>
  make(Hardware, {
    metadata: { name, namespace: 'eksa-system' },
    spec: {
      userData: '#cloud-config\nhostname: rack1',
      interfaces: [{ dhcp: { mac: '52:54:00:00:00:01', ip: { address } } }],
      metadata: { instance: { id: '52:54:00:00:00:01', hostname: name } },
    },
  })

async function serving(scope: Scope, hardware: readonly Hardware[]) {
  const clock = new SimulatedClock()
  const host = { clock, log: silentLog, random: () => 0 }
  const api = scope.hold(await memoryApi(host))
  for (const one of hardware) await api.client.create(Hardware, one)
  const world = worldOf(api.client, host)
  metadataIndexes(world)
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  await world.caches.start(stop.signal)
  const journal = new MemoryJournal()
  const listener = scope.hold(await openMetadata({ address: '127.0.0.1', port: 0 }, { world, host, journal }))
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${listener.port}${path}`, init)
    return { status: response.status, body: await response.text() }
  }
  return { ask, journal, clock }
}

test('a machine reads its own metadata and user-data, and one visit is told once', async () => {
  await using scope = new Scope()
  const { ask, journal, clock } = await serving(scope, [rack1('rack1'), rack1('rack2', '10.0.0.2')])
  assert.deepEqual(await ask('/2009-04-04/meta-data/hostname'), { status: 200, body: 'rack1' })
  assert.deepEqual(await ask('/2009-04-04/meta-data/instance-id/'), { status: 200, body: '52:54:00:00:00:01' })
  assert.deepEqual(await ask('/2009-04-04/user-data'), { status: 200, body: '#cloud-config\nhostname: rack1' })
  assert.deepEqual(await ask('/latest/meta-data/hostname'), { status: 200, body: 'rack1' })
  const told = () => journal.observations.map(({ what }) => what)
  assert.deepEqual(told(), ['metadata-read', 'user-data-read'])
  await clock.advance(61_000)
  await ask('/2009-04-04/meta-data/hostname')
  assert.deepEqual(told(), ['metadata-read', 'user-data-read', 'metadata-read'])
})

test('calling home is recorded with what the machine said of itself', async () => {
  await using scope = new Scope()
  const { ask, journal } = await serving(scope, [rack1('rack1')])
  const body = new URLSearchParams({ instance_id: 'i-1', hostname: 'rack1', pub_key_rsa: 'ssh-rsa A' })
  assert.equal((await ask('/phone-home', { method: 'POST', body })).status, 200)
  assert.deepEqual(journal.observations, [
    {
      of: { hardware: 'rack1', namespace: 'eksa-system' },
      stage: 'home',
      what: 'called-home',
      says: 'its operating system is up and called home',
      evidence: { ip: '127.0.0.1', path: '/phone-home', instance_id: 'i-1', hostname: 'rack1' },
    },
  ])
})

test('a stranger and an address that two machines have get nothing, and are told why', async () => {
  await using scope = new Scope()
  const nobody = await serving(scope, [])
  assert.deepEqual(await nobody.ask('/2009-04-04/user-data'), {
    status: 404,
    body: 'no Hardware has this address: 127.0.0.1\n',
  })
  const both = await serving(scope, [rack1('rack1'), rack1('rack2')])
  assert.equal((await both.ask('/2009-04-04/user-data')).status, 409)
  assert.deepEqual(both.journal.observations, [])
})

test('what is not there is 404, what may not be done 405, what is too long 413', async () => {
  await using scope = new Scope()
  const { ask } = await serving(scope, [rack1('rack1')])
  assert.equal((await ask('/2009-04-04/nothing')).status, 404)
  assert.equal((await ask('/2010-01-01/user-data')).status, 404)
  assert.equal((await ask('/2009-04-04/user-data', { method: 'DELETE' })).status, 405)
  assert.equal((await ask('/phone-home')).status, 405)
  assert.equal((await ask('/phone-home', { method: 'POST', body: 'x'.repeat(70_000) })).status, 413)
  assert.equal((await ask('/healthz')).status, 200)
})
