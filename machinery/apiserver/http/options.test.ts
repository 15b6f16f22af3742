import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiFault } from '../../api/fault.ts'
import { checkOptions, fieldManager, isForced, type Write } from './options.ts'

const asked = (query: string) => ({ query: new URLSearchParams(query) })

// As a real kube-apiserver v1.32 answered.
const REFUSED: readonly [Write, query: string, message: string][] = [
  ['apply', '', 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch'],
  [
    'patch',
    'force=true',
    'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
  ],
  [
    'create',
    `fieldManager=${'x'.repeat(129)}`,
    'CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
  ],
  [
    'update',
    'fieldManager=a%0Ab',
    'UpdateOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\nb": invalid character U+000A (at position 1)',
  ],
  [
    'update',
    'dryRun=Some',
    'UpdateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: []string{"Some"}: supported values: "All"',
  ],
  [
    'apply',
    'fieldManager=a&dryRun=x&fieldValidation=Maybe',
    'PatchOptions.meta.k8s.io "" is invalid: [dryRun: Unsupported value: []string{"x"}: supported values: "All", fieldValidation: Unsupported value: "Maybe": supported values: "", "Ignore", "Strict", "Warn"]',
  ],
]

test('options that mean nothing are refused, all at once', () => {
  for (const [write, query, message] of REFUSED) {
    assert.throws(
      () => checkOptions(asked(query), write),
      fault => {
        assert.ok(fault instanceof ApiFault)
        assert.equal(fault.code, 'Invalid')
        assert.equal(fault.message, message)
        return true
      },
    )
  }
  checkOptions(asked('fieldManager=kubectl&force=true&dryRun=All&fieldValidation=Strict'), 'apply')
})

test('the manager is the one that is named, else what stands before the slash of the agent', () => {
  const rows: readonly [query: string, agent: string | undefined, manager: string][] = [
    ['fieldManager=ann', 'kubectl/v1', 'ann'],
    ['', 'kubectl/v1.32.0 (linux/amd64)', 'kubectl'],
    ['', 'Go http/1', 'Go http'],
    ['', `${'x'.repeat(140)}/v1`, 'x'.repeat(128)],
    ['', `${'x'.repeat(127)}ä/v1`, 'x'.repeat(127)],
    ['', 'a\tb/v1', 'ab'],
    ['', undefined, ''],
  ]
  for (const [query, agent, manager] of rows) assert.equal(fieldManager(new URLSearchParams(query), agent), manager)
})

test('force is asked for by all but 0 and false', () => {
  const rows = { '': false, force: true, 'force=': true, 'force=maybe': true, 'force=false': false, 'force=0': false }
  for (const [query, forced] of Object.entries(rows)) assert.equal(isForced(asked(query)), forced, query)
})
