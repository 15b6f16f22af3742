import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byPreference } from './version.ts'

test('released versions come before betas, betas before alphas, and higher ones first', () => {
  // The example of the Kubernetes documentation on versions of CustomResourceDefinitions.
  const wanted = 'v10 v2 v1 v11beta2 v10beta3 v3beta1 v12alpha1 v11alpha2 foo1 foo10'.split(' ')
  assert.deepEqual(wanted.toSorted().sort(byPreference), wanted)
  assert.deepEqual(wanted.toReversed().sort(byPreference), wanted)
  assert.equal(byPreference('v1', 'v1'), 0)
})
