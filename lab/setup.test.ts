import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../machinery/host/log.ts'
import { testPackages } from './host-packages.ts'
import { installPackages } from './setup.ts'

test('nothing is installed, nor root asked for, when everything is there', async () => {
  await installPackages({ packages: { dpkg: 'always there', 'base-files': 'always there' }, log: silentLog })
})

test('every package says what it is for', () => {
  for (const [name, reason] of Object.entries(testPackages())) assert.notEqual(reason, '', name)
})
