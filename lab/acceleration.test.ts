import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { KERNEL } from '../hook/build.ts'
import { silentLog } from '../machinery/host/log.ts'
import { boots, probeAcceleration } from './acceleration.ts'
import { builtHookOs } from './scenario/open.ts'

const MINUTE = 60_000

test('the probe really boots a kernel under emulation', async () => {
  const kernel = join(await builtHookOs('.cache', silentLog), KERNEL)
  assert.equal(await boots(kernel, 'tcg', MINUTE), true)
  assert.ok(['kvm', 'tcg'].includes(await probeAcceleration(kernel, silentLog)))
})

test('what is no kernel boots nowhere, and an answer comes all the same', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bellhop-'))
  try {
    await writeFile(join(dir, 'kernel'), new Uint8Array(4096))
    assert.equal(await boots(join(dir, 'kernel'), 'tcg', 2000), false)
  } finally {
    await rm(dir, { recursive: true })
  }
})
