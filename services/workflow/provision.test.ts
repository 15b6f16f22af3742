import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hardware } from '../../machinery/api/hardware.ts'
import { ActionStatusRequest_StateType as State } from '../../machinery/api/tink/generated/workflow_pb.js'
import { HANDOVER } from '../../machinery/api/tink/handover.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { openDispatch } from './dispatch.ts'
import { house, KEXEC, key, MAC, started, state, TEMPLATE, waiting } from './house.test.ts'

test('a machine is installed: rendered, handed out, reported, and forbidden to boot from the network again', async () => {
  await using at = await house()
  await started(at, { bootOptions: { toggleAllowNetboot: true } })
  const planned = await at.when(
    'w',
    ({ status }) => status?.state === 'STATE_PENDING' && status.waitingFor !== undefined,
  )
  assert.deepEqual(
    planned.status?.tasks?.[0]?.actions.map(({ name, status }) => [name, status]),
    [
      ['stream-image', 'STATE_PENDING'],
      ['reboot', 'STATE_PENDING'],
    ],
  )
  assert.equal(await at.allowPxe(), true)
  assert.equal(planned.status.waitingFor?.what, `worker ${MAC} asks for action stream-image`)

  const first = await at.ask(MAC.toUpperCase().replaceAll(':', '-'))
  assert.equal(first.workflowId, 'eksa-system/w')
  assert.equal(first.timeout, 600n)
  assert.deepEqual(first.volumes, ['/dev:/dev', '/tmp:/tmp'])
  assert.deepEqual(first.environment, ['A=task', 'B=action', 'DEST_DISK=/dev/sda', 'SECRET=hunter2'])
  await at.report(first, State.RUNNING)
  const names = { workflowId: first.workflowId, agentId: MAC, taskId: first.taskId, actionId: first.actionId }
  await at.when('w', state('STATE_RUNNING'))
  await at.tell.reportProgress({ ...names, doneBytes: 50n, totalBytes: 200n }, { timeout: 5000 })
  const again = await at.ask()
  assert.equal(again.actionId, first.actionId, 'a worker that was started again gets the same action')
  await at.clock.advance(35_000)
  await at.report(first, State.SUCCESS)

  const second = await at.ask()
  assert.equal(second.name, 'reboot')
  await at.report(second, State.RUNNING)
  await at.report(second, State.SUCCESS, HANDOVER.reboot)
  const done = await at.when(
    'w',
    ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
  )
  assert.equal(done.status?.state, 'STATE_SUCCESS')
  assert.equal(done.status.tasks?.[0]?.actions[0]?.seconds, 35)
  assert.equal(done.status.waitingFor, undefined)
  assert.equal(await at.allowPxe(), false)
  assert.deepEqual(
    at.journal.observations.map(({ stage, what }) => `${stage} ${what}`),
    [
      'hookos worker',
      'workflow action-started',
      'image image-progress',
      'workflow action-succeeded',
      'image image-done',
      'workflow action-started',
      'workflow action-succeeded',
      'workflow workflow-succeeded',
      'boot reboot',
    ],
  )
  assert.ok(at.journal.observations.every(({ of }) => 'hardware' in of && of.hardware === 'rack1'))
  assert.ok(!at.lines.some(line => line.includes('hunter2')), 'no log line holds a value of the environment')
})

test('kexec: the action stays running for as long as the machine runs, and nobody waits', async () => {
  await using at = await house()
  await started(at, { bootOptions: { toggleAllowNetboot: true } }, KEXEC)
  const first = await at.ask()
  await at.report(first, State.SUCCESS)
  const kexec = await at.ask()
  await at.report(kexec, State.RUNNING)
  await at.report(kexec, State.RUNNING, HANDOVER.kexec)
  const gone = await at.when(
    'w',
    ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
  )
  await at.clock.advance(24 * 3600 * 1000)
  const later = await at.when('w', () => true)
  for (const { status } of [gone, later]) {
    assert.equal(status?.state, 'STATE_RUNNING')
    assert.equal(status.tasks?.[0]?.actions[1]?.status, 'STATE_RUNNING')
  }
  assert.equal(later.status?.waitingFor, undefined)
  assert.equal(await at.allowPxe(), false)
  assert.ok(at.journal.observations.some(({ stage, what }) => stage === 'boot' && what === 'kexec'))
})

test('what is not there yet is waited for by name, and its coming wakes the workflow', async () => {
  await using at = await house()
  await at.put(Workflow, at.workflow('w'))
  const noTemplate = await at.when('w', ({ status }) => status?.waitingFor !== undefined)
  assert.equal(noTemplate.status?.state, 'STATE_PENDING')
  assert.equal(noTemplate.status.message, 'spec.templateRef: there is no Template "os" in namespace eksa-system')
  await at.put(Template, at.template(TEMPLATE.replace('.device_1', 'nope 1')))
  const wrong = await at.when('w', ({ status }) => status?.message?.includes('Hardware') ?? false)
  assert.equal(wrong.status?.message, 'spec.hardwareRef: there is no Hardware "rack1" in namespace eksa-system')
  await at.put(Hardware, at.hardware)
  const unreadable = await at.when('w', ({ status }) => status?.message?.includes('nope') ?? false)
  assert.equal(unreadable.status?.message, 'Template os: line 5, column 16: there is no function nope')
  const template = await at.client.get(Template, key('os'))
  assert.deepEqual(template?.status, { state: 'Error', message: 'line 5, column 16: there is no function nope' })
  await at.client.patch(Template, key('os'), { body: { spec: { data: TEMPLATE } } })
  const planned = await at.when('w', ({ status }) => status?.tasks !== undefined)
  assert.equal(planned.status?.message, undefined)
  assert.equal(planned.status?.state, 'STATE_PENDING')
})

test('a worker that never comes ends the workflow with the reason, and network boot is forbidden', async () => {
  await using at = await house()
  await started(at, { bootOptions: { toggleAllowNetboot: true } })
  await at.when('w', ({ status }) => status?.waitingFor?.who === `worker ${MAC}`)
  await at.clock.advance(30 * 60_000 + 1000)
  const over = await at.when(
    'w',
    ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
  )
  assert.equal(over.status?.state, 'STATE_TIMEOUT')
  assert.match(
    over.status.message ?? '',
    /in vain waited since .*: worker 52:54:00:12:34:01 asks for action stream-image/,
  )
  assert.equal(await at.allowPxe(), false)
})

test('an action without a report ends in its timeout; its late report changes nothing and is no refusal', async () => {
  await using at = await house()
  await started(at)
  const first = await at.ask()
  await at.report(first, State.RUNNING)
  await at.when('w', ({ status }) => status?.waitingFor?.what === 'action stream-image ends')
  await at.clock.advance(661_000)
  const over = await at.when('w', state('STATE_TIMEOUT'))
  assert.equal(over.status?.tasks?.[0]?.actions[0]?.status, 'STATE_TIMEOUT')
  await at.report(first, State.SUCCESS)
  const later = await at.when('w', () => true)
  assert.deepEqual(later.status, over.status)
  assert.ok(at.lines.some(line => line.includes('report changes nothing') && line.includes('STATE_TIMEOUT')))
})

test('a report that waited for the server to come back is taken, though its time is over', async () => {
  await using at = await house()
  await started(at)
  const first = await at.ask()
  await at.report(first, State.RUNNING)
  await at.when('w', ({ status }) => status?.waitingFor?.what === 'action stream-image ends')
  await at.restart(3600_000)
  await at.clock.advance(30_000)
  await at.report(first, State.SUCCESS)
  assert.equal((await at.ask()).name, 'reboot')
  await at.restart(3600_000)
  await at.clock.advance(61_000)
  await at.when('w', state('STATE_TIMEOUT'))
})

test('reports that come at once are counted one by one', async () => {
  await using at = await house()
  await started(at)
  const first = await at.ask()
  await Promise.all([1, 2, 3, 4, 5].map(() => at.report(first, State.RUNNING)))
  await Promise.all([1, 2, 3, 4, 5].map(() => at.report(first, State.SUCCESS)))
  const { status } = await at.when('w', () => true)
  assert.deepEqual(
    status?.tasks?.[0]?.actions.map(({ status }) => status),
    ['STATE_SUCCESS', 'STATE_PENDING'],
  )
  const told = at.journal.observations.map(({ what }) => what)
  assert.equal(told.filter(what => what === 'action-started').length, 1)
  assert.equal(told.filter(what => what === 'action-succeeded').length, 1)
})

test('a failure ends the workflow with the reason of the action', async () => {
  await using at = await house()
  await started(at, { bootOptions: { toggleAllowNetboot: true } })
  const first = await at.ask()
  await at.report(first, State.RUNNING)
  await at.report(first, State.FAILED, 'image2disk ended with code 1; its last line: 404')
  const over = await at.when(
    'w',
    ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
  )
  assert.equal(over.status?.state, 'STATE_FAILED')
  assert.equal(over.status.tasks?.[0]?.actions[0]?.message, 'image2disk ended with code 1; its last line: 404')
  assert.match(over.status.message ?? '', /^action stream-image: image2disk ended/)
  assert.equal(await at.allowPxe(), false)
})

test('requests that cannot be right are refused as Tinkerbell refuses them', async () => {
  await using at = await house()
  await started(at)
  const first = await at.ask()
  await assert.rejects(at.ask(''), { code: 'rpc/invalid-argument' })
  await assert.rejects(at.report({ ...first, actionId: '' }, State.RUNNING), { code: 'rpc/invalid-argument' })
  await assert.rejects(at.report(first, State.PENDING), { code: 'rpc/invalid-argument' })
  await assert.rejects(at.report({ ...first, workflowId: 'eksa-system/nope' }, State.RUNNING), {
    code: 'rpc/not-found',
  })
  await assert.rejects(at.report({ ...first, workflowId: 'nonsense' }, State.RUNNING), {
    code: /^rpc\/(not-found|unavailable)$/,
  })
  await assert.rejects(at.report({ ...first, actionId: 'other-attempt' }, State.RUNNING), { code: 'rpc/not-found' })
})

test('an idle worker is kept waiting, woken when there is work, and told after 25 s when there is none', async () => {
  await using at = await house()
  const nothing = assert.rejects(at.ask(), { code: 'rpc/not-found' })
  await waiting(at)
  await at.clock.advance(25_000)
  await nothing
  const held = at.ask()
  await waiting(at)
  await started(at)
  assert.equal((await held).name, 'stream-image')
})

test('of two workflows of one worker the second waits for the first by name, and follows it', async () => {
  await using at = await house()
  await started(at)
  await at.clock.advance(2000)
  await at.put(Workflow, at.workflow('x'))
  const second = await at.when('x', ({ status }) => status?.waitingFor?.who === 'Workflow w')
  assert.equal(second.status?.message, 'Workflow w of the same worker comes first')
  const first = await at.ask()
  assert.equal(first.workflowId, 'eksa-system/w')
  await at.report(first, State.FAILED, 'no disk')
  await at.when('x', ({ status }) => status?.waitingFor?.who === `worker ${MAC}`)
  assert.equal((await at.ask()).workflowId, 'eksa-system/x')
})

test('a disabled workflow is rendered and not run', async () => {
  await using at = await house()
  await started(at, { disabled: true })
  await at.when('w', ({ status }) => status?.waitingFor?.what === 'spec.disabled is taken away')
  const held = at.ask()
  await waiting(at)
  await at.client.patch(Workflow, key('w'), { body: { spec: { disabled: false } } })
  assert.equal((await held).name, 'stream-image')
})

test('a port that is taken is a fault with a cure', async () => {
  await using at = await house()
  const again = openDispatch({ address: '127.0.0.1', port: at.dispatch.port }, at.parts)
  await assert.rejects(again, {
    code: 'host/port-in-use',
    message: /^gRPC on 127\.0\.0\.1:[0-9]+: another program has this port/,
  })
})
