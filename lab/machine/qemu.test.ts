import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MachinePlan } from './plan.ts'
import { qemuArguments } from './qemu.ts'

const plan: MachinePlan = {
  name: 'machine-1',
  mac: '52:54:00:be:11:01',
  firmware: 'uefi',
  nic: 'virtio-net-pci',
  disk: 'scsi',
  diskGib: 4,
  memoryMib: 2048,
  cpus: 2,
  bmc: { address: '172.30.0.101', username: 'admin', password: 'swordfish' },
}

const line = (changed: Partial<MachinePlan>, boot: 'network' | 'disk' = 'disk') =>
  qemuArguments({ plan: { ...plan, ...changed }, acceleration: 'tcg', tap: 'port0', boot }).join(' ')

test('the network card stands before the disk for a network boot, and behind it otherwise', () => {
  assert.match(line({}, 'network'), /id=nic0,\S*bootindex=0/)
  assert.match(line({}, 'disk'), /id=nic0,\S*bootindex=2/)
  assert.match(line({}), /id=hd0,bootindex=1/)
})

test('UEFI has flash of its own, and its own network stack where it has a driver', () => {
  assert.match(line({}), /pflash,format=raw,unit=1,file=vars\.fd/)
  assert.match(line({}), /,romfile=( |$)/)
  assert.doesNotMatch(line({ nic: 'e1000e' }), /romfile/)
  assert.doesNotMatch(line({ firmware: 'bios' }), /pflash|romfile/)
})

test('the BMC’s password is on no command line', () => {
  assert.doesNotMatch(line({}), /swordfish/)
})
