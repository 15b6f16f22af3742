import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HookFault } from '../hook/fault.ts'
import { ApiFault } from '../machinery/api/fault.ts'
import { KubeconfigFault } from '../machinery/api/remote/kubeconfig.ts'
import { StoreFault } from '../machinery/apiserver/store/fault.ts'
import { HostFault } from '../machinery/host/fault.ts'
import { ClashFault } from '../machinery/inventory/apply.ts'
import { InventoryFault } from '../machinery/inventory/csv.ts'
import { PowerFault } from '../services/bmc/fault.ts'
import { ConfigFault } from './config.ts'
import { explain } from './explain.ts'

test('a fault of any room is one sentence and no trace', () => {
  const says = 'the sentence; what to do'
  const faults = [
    new HostFault('host/port-in-use', says),
    new StoreFault('store/in-use', says),
    new KubeconfigFault('kubeconfig/unreadable', says),
    new ApiFault('ServiceUnavailable', says),
    new PowerFault('bmc/unreachable', says),
    new HookFault('hook/packages', says),
    new ClashFault('inventory/clash', says),
  ]
  for (const fault of faults) assert.deepEqual(explain(fault), { code: 1, says })
  assert.deepEqual(explain(new ConfigFault('config/invalid', says)), { code: 2, says })
})

test('a list with mistakes is one line for each', () => {
  const fault = new InventoryFault('hardware.csv', [
    { line: 2, column: 'mac', value: 'zz', says: 'not a MAC' },
    { line: 3, says: 'too short' },
  ])
  assert.deepEqual(explain(fault), {
    code: 2,
    says: 'hardware.csv:2: mac "zz": not a MAC\nhardware.csv:3: too short',
  })
})

test('what the system refuses somewhere deep is still a sentence', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const { code, says } = explain(error)
  assert.equal(code, 1)
  assert.match(says ?? '', /^ENOSPC.*the disk is full; free some space/)
})

test('a mistake of ours shows its trace and asks for a report', () => {
  const { code, says } = explain(new TypeError('x is undefined'))
  assert.equal(code, 70)
  assert.match(says ?? '', /please report it:\nTypeError: x is undefined\n {4}at /)
})
