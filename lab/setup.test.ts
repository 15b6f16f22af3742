import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../machinery/host/log.ts'
import { LAB_PACKAGES } from './host-packages.ts'
import { installPackages, testPackages } from './setup.ts'

test('nothing is installed, nor root asked for, when everything is there', async () => {
  await installPackages({ packages: { dpkg: 'always there', 'base-files': 'always there' }, log: silentLog })
})

test('kubectl is asked of Debian only where there is none', async () => {
  assert.ok('kubernetes-client' in (await testPackages('/nonexistent')))
  assert.ok('ipmitool' in (await testPackages('/nonexistent')))
  assert.ok(!('kubernetes-client' in LAB_PACKAGES))
})
