import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { silentLog } from '../machinery/host/log.ts'
import { command } from './command.ts'
import { kubectlFolder, provideKubectl } from './kubectl.ts'

test('a kubectl that can be used is on the PATH or in the cache afterwards', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'bellhop-'))
  try {
    await provideKubectl(cache, silentLog)
    const path = `${kubectlFolder(cache)}:${process.env.PATH}`
    const version = await command(['kubectl', 'version', '--client', '--output=json'], { env: { PATH: path } })
    assert.ok(Number.parseInt(JSON.parse(version).clientVersion.minor, 10) >= 27)
  } finally {
    await rm(cache, { recursive: true })
  }
})
