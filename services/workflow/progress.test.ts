import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HANDOVER } from '../../machinery/api/tink/handover.ts'
import type { WorkflowStatus, WorkflowTask } from '../../machinery/api/workflow.ts'
import { progress, type Turn, type WorkflowEvent } from './progress.ts'
import { handedOver } from './status.ts'
import { DEFAULT_PATIENCE } from './waiting.ts'

const START = Date.UTC(2026, 0, 1)
const MAC = '52:54:00:00:00:01'
const at = (seconds: number) => ({ now: START + seconds * 1000, patience: DEFAULT_PATIENCE })

const tasks: readonly WorkflowTask[] = [
  {
    id: 't',
    name: 'os',
    worker: MAC,
    actions: [
      { id: 'a', name: 'stream', image: 'hub/image2disk:1', timeout: 600, status: 'STATE_PENDING' },
      { id: 'b', name: 'kexec', image: 'hub/kexec:1', timeout: 90, status: 'STATE_PENDING' },
    ],
  },
]

const report = (
  action: string,
  state: Extract<WorkflowEvent, { is: 'reported' }>['state'],
  more: { worker?: string; message?: string } = {},
) => ({ is: 'reported', worker: MAC, task: 't', action, state, ...more }) as const

/** Every event there is. */
const EVENTS = {
  held: {
    is: 'held',
    waiting: { what: 'Template t', who: 'its author' },
    condition: 'TemplateRenderedSuccess',
    reason: 'no Template t',
  },
  rendered: { is: 'rendered', tasks, prepare: false },
  toPrepare: { is: 'rendered', tasks, prepare: true },
  preparing: { is: 'preparing', what: 'Job j completes', who: 'rufio' },
  prepared: { is: 'prepared' },
  ready: { is: 'ready' },
  unprepared: { is: 'unprepared', reason: 'the BMC does not answer' },
  asked: { is: 'asked', worker: MAC },
  askedForeign: { is: 'asked', worker: 'somebody' },
  aRuns: report('a', 'STATE_RUNNING'),
  aSucceeds: report('a', 'STATE_SUCCESS'),
  aFails: report('a', 'STATE_FAILED', { message: 'exit 1' }),
  aTimesOut: report('a', 'STATE_TIMEOUT'),
  bRuns: report('b', 'STATE_RUNNING'),
  bTakesOver: report('b', 'STATE_RUNNING', { message: HANDOVER.kexec }),
  bSucceeds: report('b', 'STATE_SUCCESS'),
  bFails: report('b', 'STATE_FAILED', { message: 'no kernel' }),
  unknown: report('z', 'STATE_SUCCESS'),
  foreign: report('a', 'STATE_SUCCESS', { worker: 'somebody' }),
  soon: { is: 'time' },
  muchLater: { is: 'time' },
} as const satisfies Record<string, WorkflowEvent>
type EventName = keyof typeof EVENTS

function after(...names: readonly EventName[]): WorkflowStatus {
  return names.reduce<WorkflowStatus>((status, name) => step(status, name).status, {})
}

function step(status: WorkflowStatus, name: EventName): Turn {
  return progress(status, EVENTS[name], at(name === 'muchLater' ? 100_000 : 10))
}

/** The states that a workflow is found in, and how it came there. */
const STATES = {
  fresh: after(),
  held: after('held'),
  preparing: after('toPrepare'),
  pending: after('rendered'),
  'a runs': after('rendered', 'aRuns'),
  'a done': after('rendered', 'aRuns', 'aSucceeds'),
  'b runs': after('rendered', 'aRuns', 'aSucceeds', 'bRuns'),
  'b gone': after('rendered', 'aRuns', 'aSucceeds', 'bRuns', 'bTakesOver'),
  success: after('rendered', 'aRuns', 'aSucceeds', 'bRuns', 'bSucceeds'),
  failed: after('rendered', 'aRuns', 'aFails'),
  timeout: after('rendered', 'aRuns', 'aTimesOut'),
} as const
type StateName = keyof typeof STATES

/** What the pair comes to: a state's short name, `-` for nothing at all, or why it is refused. */
const TABLE: Record<StateName, Record<EventName, string>> = {
  // biome-ignore format: a table is read in columns
  fresh:     { ready: 'early', held: 'PENDING', rendered: 'PENDING a=PENDING', toPrepare: 'PREPARING a=PENDING', preparing: 'early', prepared: 'early', unprepared: 'early', asked: 'early', askedForeign: 'early', aRuns: 'early', aSucceeds: 'early', aFails: 'early', aTimesOut: 'early', bRuns: 'early', bTakesOver: 'early', bSucceeds: 'early', bFails: 'early', unknown: 'early', foreign: 'early', soon: '-', muchLater: '-' },
  // biome-ignore format: a table is read in columns
  held:      { ready: 'early', held: '-', rendered: 'PENDING a=PENDING', toPrepare: 'PREPARING a=PENDING', preparing: 'early', prepared: 'early', unprepared: 'early', asked: 'early', askedForeign: 'early', aRuns: 'early', aSucceeds: 'early', aFails: 'early', aTimesOut: 'early', bRuns: 'early', bTakesOver: 'early', bSucceeds: 'early', bFails: 'early', unknown: 'early', foreign: 'early', soon: '-', muchLater: '-' },
  // biome-ignore format: a table is read in columns
  preparing: { ready: 'wrong-state', held: 'PREPARING a=PENDING', rendered: 'doubled', toPrepare: 'doubled', preparing: 'PREPARING a=PENDING', prepared: 'PENDING a=PENDING', unprepared: 'FAILED a=PENDING', asked: 'early', askedForeign: 'early', aRuns: 'early', aSucceeds: 'early', aFails: 'early', aTimesOut: 'early', bRuns: 'out-of-order', bTakesOver: 'out-of-order', bSucceeds: 'out-of-order', bFails: 'out-of-order', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: 'TIMEOUT a=PENDING' },
  // biome-ignore format: a table is read in columns
  pending:   { ready: '-', held: 'PENDING a=PENDING', rendered: 'doubled', toPrepare: 'doubled', preparing: 'wrong-state', prepared: 'wrong-state', unprepared: 'wrong-state', asked: '-', askedForeign: 'foreign', aRuns: 'RUNNING a=RUNNING', aSucceeds: 'RUNNING a=SUCCESS', aFails: 'FAILED a=FAILED', aTimesOut: 'TIMEOUT a=TIMEOUT', bRuns: 'out-of-order', bTakesOver: 'out-of-order', bSucceeds: 'out-of-order', bFails: 'out-of-order', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: 'TIMEOUT a=PENDING' },
  // biome-ignore format: a table is read in columns
  'a runs':  { ready: 'wrong-state', held: 'wrong-state', rendered: 'doubled', toPrepare: 'doubled', preparing: 'wrong-state', prepared: 'wrong-state', unprepared: 'wrong-state', asked: '-', askedForeign: 'foreign', aRuns: 'doubled', aSucceeds: 'RUNNING a=SUCCESS', aFails: 'FAILED a=FAILED', aTimesOut: 'TIMEOUT a=TIMEOUT', bRuns: 'out-of-order', bTakesOver: 'out-of-order', bSucceeds: 'out-of-order', bFails: 'out-of-order', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: 'TIMEOUT a=TIMEOUT' },
  // biome-ignore format: a table is read in columns
  'a done':  { ready: 'wrong-state', held: 'wrong-state', rendered: 'doubled', toPrepare: 'doubled', preparing: 'wrong-state', prepared: 'wrong-state', unprepared: 'wrong-state', asked: '-', askedForeign: 'foreign', aRuns: 'late', aSucceeds: 'late', aFails: 'late', aTimesOut: 'late', bRuns: 'RUNNING b=RUNNING', bTakesOver: 'RUNNING b=RUNNING gone', bSucceeds: 'SUCCESS b=SUCCESS', bFails: 'FAILED b=FAILED', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: 'TIMEOUT b=PENDING' },
  // biome-ignore format: a table is read in columns
  'b runs':  { ready: 'wrong-state', held: 'wrong-state', rendered: 'doubled', toPrepare: 'doubled', preparing: 'wrong-state', prepared: 'wrong-state', unprepared: 'wrong-state', asked: '-', askedForeign: 'foreign', aRuns: 'late', aSucceeds: 'late', aFails: 'late', aTimesOut: 'late', bRuns: 'doubled', bTakesOver: 'RUNNING b=RUNNING gone', bSucceeds: 'SUCCESS b=SUCCESS', bFails: 'FAILED b=FAILED', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: 'RUNNING b=RUNNING gone' },
  // biome-ignore format: a table is read in columns
  'b gone':  { ready: 'wrong-state', held: 'wrong-state', rendered: 'doubled', toPrepare: 'doubled', preparing: 'wrong-state', prepared: 'wrong-state', unprepared: 'wrong-state', asked: 'late', askedForeign: 'late', aRuns: 'late', aSucceeds: 'late', aFails: 'late', aTimesOut: 'late', bRuns: 'doubled', bTakesOver: 'doubled', bSucceeds: 'SUCCESS b=SUCCESS', bFails: 'FAILED b=FAILED', unknown: 'unknown', foreign: 'foreign', soon: '-', muchLater: '-' },
  success: allRefused('late'),
  failed: allRefused('late'),
  timeout: allRefused('late'),
}

function allRefused(why: string): Record<EventName, string> {
  return Object.fromEntries(Object.keys(EVENTS).map(name => [name, why])) as Record<EventName, string>
}

function shown({ status, refusal }: Turn, before: WorkflowStatus): string {
  if (refusal) return refusal.why
  if (status === before) return '-'
  const short = (state?: string) => state?.replace('STATE_', '') ?? 'none'
  const actions = status.tasks?.flatMap(task => task.actions) ?? []
  const current = actions.findLast(action => action.status !== 'STATE_PENDING') ?? actions[0]
  const next = actions.find(action => action.status === 'STATE_PENDING')
  const one = short(status.state) === 'TIMEOUT' && current?.status === 'STATE_SUCCESS' ? next : current
  const gone = handedOver(status) ? ' gone' : ''
  return `${short(status.state)}${one ? ` ${one.id}=${short(one.status)}` : ''}${gone}`
}

for (const [state, expected] of Object.entries(TABLE) as [StateName, Record<EventName, string>][]) {
  for (const [name, want] of Object.entries(expected) as [EventName, string][]) {
    test(`${state}, ${name}: ${want}`, () => {
      const before = structuredClone(STATES[state])
      const turn = step(STATES[state], name)
      assert.equal(shown(turn, STATES[state]), want)
      assert.deepEqual(STATES[state], before, 'a status is never changed in place')
      if (turn.refusal) {
        assert.equal(turn.status, STATES[state])
        assert.deepEqual(turn.effects, [])
        assert.ok(turn.refusal.says.length > 10)
      }
    })
  }
}

test('every wait has an owner, a deadline and a next action', () => {
  for (const state of ['preparing', 'pending', 'a runs', 'a done', 'b runs'] as const) {
    const { waitingFor } = STATES[state]
    assert.ok(waitingFor?.what && waitingFor.who && waitingFor.since && waitingFor.until && waitingFor.next, state)
  }
  for (const state of ['b gone', 'success', 'failed', 'timeout'] as const)
    assert.equal(STATES[state].waitingFor, undefined)
})

test('an action has its timeout and the grace for its report, and not a second less', () => {
  const running = STATES['a runs']
  assert.equal(progress(running, { is: 'time' }, at(10 + 600 + 59)).status, running)
  const late = progress(running, { is: 'time' }, at(10 + 600 + 60))
  assert.equal(late.status.state, 'STATE_TIMEOUT')
  assert.equal(late.status.tasks?.[0]?.actions[0]?.seconds, 660)
  assert.deepEqual(
    late.effects.map(effect => effect.what),
    ['action-timeout', 'workflow-timeout'],
  )
})

test('the global timeout ends a workflow whose actions are in time', () => {
  const planned = progress({}, { is: 'rendered', tasks, prepare: false, globalTimeout: 100 }, at(0)).status
  const running = progress(planned, EVENTS.aRuns, at(5)).status
  assert.equal(running.waitingFor?.until, '2026-01-01T00:01:45Z')
  const over = progress(running, { is: 'time' }, at(105)).status
  assert.equal(over.state, 'STATE_TIMEOUT')
  assert.match(over.message ?? '', /the whole workflow took longer than 100 s/)
})

test('a report fills in the seconds and the reason as the EKS Anywhere documents show them', () => {
  const action = STATES.failed.tasks?.[0]?.actions[0]
  assert.deepEqual(action, {
    id: 'a',
    name: 'stream',
    image: 'hub/image2disk:1',
    timeout: 600,
    status: 'STATE_FAILED',
    startedAt: '2026-01-01T00:00:10Z',
    seconds: 0,
    message: 'exit 1',
  })
  assert.equal(STATES.failed.message, 'action stream: exit 1')
})

test('a template without actions has nothing to do and succeeds', () => {
  const idle = progress(
    {},
    { is: 'rendered', tasks: [{ id: 't', name: 'x', worker: MAC, actions: [] }], prepare: true },
    at(0),
  )
  assert.equal(idle.status.state, 'STATE_SUCCESS')
})

test("the next task of another worker is that worker's turn", () => {
  const two: readonly WorkflowTask[] = [
    {
      id: 't',
      name: 'one',
      worker: MAC,
      actions: [{ id: 'a', name: 'x', image: 'x', timeout: 9, status: 'STATE_PENDING' }],
    },
    {
      id: 'u',
      name: 'two',
      worker: 'other',
      actions: [{ id: 'c', name: 'y', image: 'y', timeout: 9, status: 'STATE_PENDING' }],
    },
  ]
  const planned = progress({}, { is: 'rendered', tasks: two, prepare: false }, at(0)).status
  assert.equal(planned.worker, MAC)
  const next = progress(planned, EVENTS.aSucceeds, at(1)).status
  assert.deepEqual(
    [next.state, next.worker, next.currentTask, next.currentAction],
    ['STATE_RUNNING', 'other', 'two', 'y'],
  )
  assert.equal(progress(next, { is: 'asked', worker: MAC }, at(2)).refusal?.why, 'foreign')
})
