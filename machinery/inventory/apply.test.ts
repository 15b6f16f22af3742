import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BmcMachine } from '../api/bmc.ts'
import { Secret } from '../api/core.ts'
import { Hardware } from '../api/hardware.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { applyInventory } from './apply.ts'
import { readCsv } from './csv.ts'
import { objectsOf } from './objects.ts'

const HEADER = 'hostname,bmc_ip,bmc_username,bmc_password,mac,ip_address,netmask,gateway,nameservers,labels,disk'
const list = (...rows: string[]) => readCsv([HEADER, ...rows].join('\n'), 'hardware.csv').map(objectsOf)
const RACK1 = 'rack1,10.0.1.1,root,secret,52:54:00:aa:00:01,10.0.0.11,255.255.255.0,10.0.0.1,1.1.1.1,type=cp,/dev/sda'
const key = { name: 'rack1', namespace: 'eksa-system' }

async function open(scope: Scope) {
  const { client } = scope.hold(await memoryApi({ clock: new SimulatedClock(), log: silentLog, random: () => 0 }))
  return client
}

test('a machine is added with all that belongs to it, once', async () => {
  await using scope = new Scope()
  const client = await open(scope)
  assert.deepEqual((await applyInventory(client, list(RACK1))).get('rack1'), { is: 'created' })
  assert.ok(await client.get(BmcMachine, { ...key, name: 'bmc-rack1' }))
  assert.ok(await client.get(Secret, { ...key, name: 'bmc-rack1-auth' }))
  await client.patch(Hardware, key, { body: { spec: { userData: '#cloud-config' } } })
  assert.deepEqual((await applyInventory(client, list(RACK1))).get('rack1'), { is: 'there' })
  assert.equal((await client.get(Hardware, key))?.spec.userData, '#cloud-config')
})

test('a machine that is there is left as it is, and where the list says otherwise is told', async () => {
  await using scope = new Scope()
  const client = await open(scope)
  await applyInventory(client, list(RACK1))
  const moved = RACK1.replace('10.0.0.11', '10.0.0.12').replace('/dev/sda', '/dev/nvme0n1')
  assert.deepEqual((await applyInventory(client, list(moved))).get('rack1'), {
    is: 'differs',
    fields: ['spec.disks[0].device', 'spec.metadata.instance.ips[0].address', 'spec.interfaces[0].dhcp.ip.address'],
  })
  assert.equal((await client.get(Hardware, key))?.spec.disks?.[0]?.device, '/dev/sda')
})

test('a MAC or an address that another Hardware has adds nothing at all', async () => {
  await using scope = new Scope()
  const client = await open(scope)
  await applyInventory(client, list(RACK1))
  const fine = RACK1.replace('rack1', 'rack2')
    .replace('10.0.1.1', '10.0.1.2')
    .replace('aa:00:01', 'aa:00:02')
    .replace('0.11', '0.12')
  const clash = RACK1.replace('rack1', 'rack3').replace('10.0.1.1', '10.0.1.3').replace('10.0.0.11', '10.0.0.13')
  await assert.rejects(applyInventory(client, list(fine, clash)), {
    message: 'rack3: 52:54:00:aa:00:01 belongs to the Hardware rack1 already',
  })
  assert.deepEqual(
    (await client.list(Hardware)).items.map(({ metadata }) => metadata.name),
    ['rack1'],
  )
})
