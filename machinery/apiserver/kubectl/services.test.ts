import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Job, Task } from '../../api/bmc.ts'
import { Event, Pod } from '../../api/core.ts'
import { Hardware } from '../../api/hardware.ts'
import { make } from '../../api/kind.ts'
import { Workflow } from '../../api/workflow.ts'
import { systemClock, timestamp } from '../../host/clock.ts'
import { createLog } from '../../host/log.ts'
import { type Kubectl, openKubectl, rows, withKubectl } from './kubectl.ts'

// What an operator types while a machine is being provisioned, and the shapes of the EKS Anywhere documents.

const NS = 'eksa-system'
const BOOTS = 'boots-5dc66b5d4-klhmj'
const at = (name: string) => ({ name, namespace: NS })

let kubectl: Kubectl
before(async () => {
  if (!withKubectl.skip) kubectl = await openKubectl()
})
after(() => kubectl?.[Symbol.asyncDispose]())

test('tasks, jobs and workflows have their columns', withKubectl, async () => {
  const { client, ok } = kubectl
  const machineRef = { name: 'm', namespace: NS }
  const job = { machineRef, tasks: [{ powerAction: 'off' as const }] }
  await client.create(Job, make(Job, { metadata: at('m-provision'), spec: job }))
  const task = make(Task, { metadata: at('m-provision-task-0'), spec: { task: { powerAction: 'off' } } })
  const made = await client.create(Task, task)
  const completionTime = timestamp(systemClock)
  const conditions = [{ type: 'Completed', status: 'True' } as const]
  await client.updateStatus(Task, { ...made, status: { conditions, completionTime } })
  const workflow = await client.create(Workflow, make(Workflow, { metadata: at('m'), spec: { templateRef: 'm' } }))
  await client.updateStatus(Workflow, { ...workflow, status: { state: 'STATE_RUNNING' } })

  assert.match(await ok('get job.bmc -A'), /^NAMESPACE +NAME +AGE\neksa-system +m-provision +\d+s\n$/)
  assert.match(await ok('get tasks.bmc -A'), /^NAMESPACE +NAME +AGE\neksa-system +m-provision-task-0 +\d+s\n$/)
  assert.match(
    await ok(`describe tasks.bmc -n ${NS} m-provision-task-0`),
    /Task:\n {4}Power Action: +off\nStatus:\n {2}Completion Time: +\d{4}.*Z\n {2}Conditions:\n {4}Status: +True\n {4}Type: +Completed/,
  )
  assert.deepEqual(rows(await ok(`get workflows.tinkerbell.org -n ${NS}`)), [
    ['NAME', 'TEMPLATE', 'STATE'],
    ['m', 'm', 'STATE_RUNNING'],
  ])
})

test('every name by which the documents call a kind is known', withKubectl, async () => {
  for (const name of ['hw', 'hardware', 'tasks.bmc', 'workflows.tinkerbell.org', 'machines.bmc.tinkerbell.org', 'wf']) {
    assert.equal((await kubectl.run(`get ${name} -n default`)).err, 'No resources found in default namespace.\n')
  }
})

test('pods look like pods, and their logs can be followed', withKubectl, async () => {
  const { client, ok, run, logs } = kubectl
  const log = createLog(systemClock, logs.sink(`${NS}/${BOOTS}`))
  const containers = [{ name: 'boots', image: 'bellhop' }]
  const made = await client.create(Pod, make(Pod, { metadata: at(BOOTS), spec: { containers } }))
  const state = { running: {} }
  const status = { name: 'boots', ready: true, restartCount: 0, image: 'bellhop', imageID: '', state }
  await client.updateStatus(Pod, { ...made, status: { phase: 'Running', containerStatuses: [status] } })
  const [head, row] = rows(await ok(`get pods -n ${NS}`))
  assert.deepEqual(head, ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
  assert.deepEqual(row?.slice(0, 4), [BOOTS, '1/1', 'Running', '0'])
  log.info('first', { mac: 'm' })
  log.info('second')
  assert.match(await ok(`logs -n ${NS} ${BOOTS}`), /"msg":"first","mac":"m"\}\n.*"msg":"second"\}\n$/)
  assert.match(await ok(`logs -n ${NS} ${BOOTS} --tail=1 --timestamps`), /^\d{4}-[^ ]+Z \{.*"second"\}\n$/)
  const third = { act: () => log.info('third'), until: /third/ }
  await kubectl.follows(`logs -f -n ${NS} ${BOOTS} --tail=0 --since=1h`, third)
  assert.match((await run(`logs -n ${NS} ${BOOTS} -c nope`)).err, /container nope is not valid/)
})

test('a watch prints each change in its columns', withKubectl, async () => {
  await kubectl.client.create(Hardware, make(Hardware, { metadata: at('rack3'), spec: {} }))
  const patch = { body: { status: { state: 'in_use' } }, subresource: 'status' } as const
  const act = () => kubectl.client.patch(Hardware, at('rack3'), patch)
  await kubectl.follows(`get hw -n ${NS} -w`, { act, until: /^rack3 +in_use$/ })
})

test('events are listed, and described with their object', withKubectl, async () => {
  const { client, ok } = kubectl
  const hardware = await client.create(Hardware, make(Hardware, { metadata: at('rack4'), spec: {} }))
  const { uid } = hardware.metadata
  const involvedObject = { apiVersion: hardware.apiVersion, kind: 'Hardware', ...at('rack4'), ...(uid && { uid }) }
  const now = timestamp(systemClock)
  const event = { reason: 'DhcpAck', message: 'got its address', type: 'Normal' } as const
  const seen = { firstTimestamp: now, lastTimestamp: now, count: 1, source: { component: 'boots' } }
  await client.create(Event, make(Event, { metadata: at('rack4.1'), involvedObject, ...event, ...seen }))
  assert.match(
    await ok(`get events -n ${NS}`),
    /LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\d+s +Normal +DhcpAck +hardware\/rack4 +got its address/,
  )
  assert.match(await ok(`get events.events.k8s.io -n ${NS}`), /DhcpAck +hardware\/rack4 +got its address/)
  assert.match(await ok(`events -n ${NS} --for hardware/rack4`), /DhcpAck/)
  assert.match(await ok(`describe hw rack4 -n ${NS}`), /Normal +DhcpAck +\d+s +boots +got its address/)
})
