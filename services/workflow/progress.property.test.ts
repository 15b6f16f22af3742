import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HANDOVER } from '../../machinery/api/tink/handover.ts'
import type { WorkflowStatus, WorkflowTask } from '../../machinery/api/workflow.ts'
import { progress, type WorkflowEvent } from './progress.ts'
import { currentStep, final, handedOver, rendered, stepsOf } from './status.ts'
import { DEFAULT_PATIENCE } from './waiting.ts'

const WORKERS = ['52:54:00:00:00:01', 'other'] as const
const ACTIONS = ['a', 'b', 'c', 'd', 'z'] as const

const pending = (id: string, image: string) =>
  ({ id, name: `name-${id}`, image, timeout: 60, status: 'STATE_PENDING' }) as const
const tasks: readonly WorkflowTask[] = [
  { id: 't', name: 'one', worker: WORKERS[0], actions: [pending('a', 'image2disk'), pending('b', 'writefile')] },
  { id: 'u', name: 'two', worker: WORKERS[1], actions: [pending('c', 'writefile'), pending('d', 'kexec')] },
]

const reports: fc.Arbitrary<WorkflowEvent> = fc.record({
  is: fc.constant('reported' as const),
  worker: fc.constantFrom(...WORKERS),
  task: fc.constantFrom('t', 'u'),
  action: fc.constantFrom(...ACTIONS),
  state: fc.constantFrom('STATE_RUNNING', 'STATE_SUCCESS', 'STATE_SUCCESS', 'STATE_FAILED', 'STATE_TIMEOUT'),
  message: fc.constantFrom('', 'said', HANDOVER.kexec, HANDOVER.reboot),
})
const others: fc.Arbitrary<WorkflowEvent> = fc.constantFrom<WorkflowEvent>(
  { is: 'rendered', tasks, prepare: false },
  { is: 'rendered', tasks, prepare: true, globalTimeout: 300 },
  { is: 'held', waiting: { what: 'x', who: 'y' }, reason: 'z' },
  { is: 'preparing', what: 'Job j', who: 'rufio' },
  { is: 'prepared' },
  { is: 'ready' },
  { is: 'asked', worker: WORKERS[0] },
  { is: 'time' },
)
const happenings = fc.array(
  fc.record({ event: fc.oneof({ weight: 3, arbitrary: reports }, others), after: fc.nat(120) }),
  { maxLength: 60 },
)

test('whatever happens in whatever order, the workflow makes sense', () => {
  fc.assert(
    fc.property(happenings, list => {
      let status: WorkflowStatus = {}
      let now = Date.UTC(2026, 0, 1)
      for (const { event, after } of list) {
        now += after * 1000
        const turn = progress(status, event, { now, patience: DEFAULT_PATIENCE })
        if (turn.refusal) assert.equal(turn.status, status)
        if (final(status)) assert.equal(turn.status, status, 'an end is for good')
        sensible(status, turn.status)
        status = turn.status
      }
    }),
    { numRuns: 3000 },
  )
})

function sensible(before: WorkflowStatus, status: WorkflowStatus): void {
  const steps = stepsOf(status)
  const current = currentStep(status)
  for (const [at, { action }] of steps.entries()) {
    const earlier = stepsOf(before)[at]?.action.status
    if (earlier === 'STATE_SUCCESS') assert.equal(action.status, 'STATE_SUCCESS', 'what succeeded stays so')
    if (current && at > steps.findIndex(step => step.action.id === current.action.id)) {
      assert.equal(action.status, 'STATE_PENDING', 'nothing runs before its turn')
    }
  }
  if (status.state === 'STATE_SUCCESS') assert.equal(current, undefined, 'success means all of them')
  if (final(status)) assert.ok(status.endedAt)
  if (rendered(status) && !final(status) && !handedOver(status)) {
    assert.ok(status.waitingFor?.what && status.waitingFor.who, 'no wait without an owner')
    assert.ok(status.waitingFor.until ?? status.message, 'no wait without a deadline or a reason')
  } else if (rendered(status)) {
    assert.equal(status.waitingFor, undefined)
  }
}

test('time alone brings every workflow to an end, or to the system that took over', () => {
  fc.assert(
    fc.property(happenings, list => {
      let now = Date.UTC(2026, 0, 1)
      let status: WorkflowStatus = progress(
        {},
        { is: 'rendered', tasks, prepare: false },
        { now, patience: DEFAULT_PATIENCE },
      ).status
      for (const { event, after } of list.filter(({ event: { is } }) => is !== 'held')) {
        now += after * 1000
        status = progress(status, event, { now, patience: DEFAULT_PATIENCE }).status
      }
      now += 24 * 3600 * 1000
      status = progress(status, { is: 'time' }, { now, patience: DEFAULT_PATIENCE }).status
      assert.ok(final(status) || handedOver(status))
    }),
    { numRuns: 1000 },
  )
})
