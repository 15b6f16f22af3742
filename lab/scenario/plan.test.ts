import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsv } from '../../machinery/inventory/csv.ts'
import { hardwareCsv, planRack, readSize } from './plan.ts'

test('the list of the rack is one that bellhop reads', () => {
  const plans = planRack({ machines: 3, firmware: 'mixed' })
  const rows = readCsv(hardwareCsv(plans), 'hardware.csv')
  assert.deepEqual(
    rows.map(row => row.hostname),
    ['rack1', 'rack2', 'rack3'],
  )
  assert.deepEqual(
    plans.map(plan => plan.firmware),
    ['uefi', 'bios', 'uefi'],
  )
})

test('what MACHINES and FIRMWARE cannot be is said', () => {
  assert.deepEqual(readSize(), { machines: 1, firmware: 'uefi' })
  assert.throws(() => readSize('0'), { message: 'MACHINES "0": not a number from 1 to 80' })
  assert.throws(() => readSize('two'), { message: 'MACHINES "two": not a number from 1 to 80' })
  assert.throws(() => readSize('1', 'coreboot'), { message: 'FIRMWARE "coreboot": not bios, uefi or mixed' })
})
