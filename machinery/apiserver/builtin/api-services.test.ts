import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { openRegistry } from '../registry/registry.ts'
import { custom } from '../registry/served.ts'
import { memoryDisk } from '../store/disk.ts'
import { APIService } from './api-services.ts'

const names = (found: { readonly items: readonly { readonly metadata: { readonly name: string } }[] }) =>
  found.items.map(({ metadata }) => metadata.name)

test('every group and version is an APIService, for as long as it is served', async () => {
  const host = { clock: new SimulatedClock(), log: silentLog, random: Math.random }
  await using registry = await openRegistry({ disk: memoryDisk(), host, kinds: CUSTOM_KINDS })
  const client = registry.client({ user: 'test', groups: ['system:masters'] })
  const before = names(await client.list(APIService))
  for (const name of ['v1.', 'v1.apps', 'v1.authorization.k8s.io', 'v1alpha1.tinkerbell.org']) {
    assert.ok(before.includes(name), name)
  }
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  const other = custom({ ...kind, group: 'example.org', version: 'v2' })
  registry.room.catalog.replace(other.collection, [other])
  await registry.settled()
  assert.deepEqual(names(await client.list(APIService)).toSorted(), [...before, 'v2.example.org'].toSorted())
  registry.room.catalog.replace(other.collection, [])
  await registry.settled()
  assert.deepEqual(names(await client.list(APIService)), before)
})
