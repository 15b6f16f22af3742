import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Job } from '../../machinery/api/bmc.ts'
import { make } from '../../machinery/api/kind.ts'
import type { Fact } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { type Known, outcome, PATIENCE } from './outcome.ts'

const start = Date.parse('2026-01-01T00:00:00Z')
const fact = (second: number, what: string): Fact => ({
  at: new Date(start + second * 1000).toISOString(),
  by: 'boots',
  stage: 'dhcp',
  what,
  severity: 'normal',
  says: `it did ${what}`,
})
const known = (more: Partial<Known>): Known => ({
  facts: [],
  workflow: undefined,
  job: undefined,
  ordered: start,
  now: start,
  ...more,
})
const metadata = { name: 'rack1', namespace: 'eksa-system' }

test('a machine that called home is home, whatever came before', () => {
  assert.deepEqual(outcome(known({ facts: [fact(0, 'power-on'), fact(9, 'called-home')] })), { is: 'home' })
})

test('a machine that called home before it was switched on again is underway', () => {
  assert.deepEqual(outcome(known({ facts: [fact(0, 'called-home'), fact(9, 'power-on')] })), { is: 'underway' })
})

test('a failed action says which and why', () => {
  const action = {
    id: '1',
    name: 'stream-image',
    image: 'image2disk',
    status: 'STATE_FAILED',
    message: '404 Not Found',
  } as const
  const tasks = [{ id: '1', name: 'debian', worker: 'mac', actions: [action] }]
  const workflow = { ...make(Workflow, { metadata, spec: {} }), status: { state: 'STATE_FAILED', tasks } } as const
  const reason = 'STATE_FAILED: stream-image: 404 Not Found'
  assert.deepEqual(outcome(known({ workflow })), { is: 'failed', stage: 'workflow', reason })
})

test('a BMC that does not answer is a failure of the power stage', () => {
  const spec = { machineRef: { name: 'bmc-rack1', namespace: 'eksa-system' }, tasks: [] }
  const conditions = [{ type: 'Failed', status: 'True', message: '172.30.0.101 does not answer' }] as const
  const job = { ...make(Job, { metadata, spec }), status: { conditions } }
  assert.deepEqual(outcome(known({ job })), { is: 'failed', stage: 'power', reason: '172.30.0.101 does not answer' })
})

test('a machine that goes quiet fails at the milestone it did not reach', () => {
  const facts = [fact(0, 'power-on'), fact(5, 'dhcp-ack')]
  assert.deepEqual(outcome(known({ facts, now: start + 5000 + PATIENCE - 1 })), { is: 'underway' })
  assert.deepEqual(outcome(known({ facts, now: start + 5000 + PATIENCE })), {
    is: 'failed',
    stage: 'ipxe',
    reason: 'nothing happened for 480 s while waiting for "fetched iPXE"; the last thing seen was: it did dhcp-ack',
  })
})
