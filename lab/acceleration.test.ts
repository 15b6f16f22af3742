import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../machinery/host/log.ts'
import { bootsUnder, probeAcceleration } from './acceleration.ts'

test('the probe really boots its sector under emulation', async () => {
  assert.equal(await bootsUnder('tcg'), true)
})

test('an answer comes soon, whether KVM works, hangs or is missing', async () => {
  assert.ok(['kvm', 'tcg'].includes(await probeAcceleration(silentLog)))
})
