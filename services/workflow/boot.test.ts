import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Job } from '../../machinery/api/bmc.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import { house, key, NAMESPACE, state } from './house.test.ts'

test('boot mode netboot: a Job switches the machine off, to the network, on; then the worker may come', async () => {
  await using at = await house()
  await at.put(Hardware, at.hardware)
  await at.put(Template, at.template())
  await at.put(Workflow, at.workflow('w', { bootOptions: { bootMode: 'netboot', toggleAllowNetboot: true } }))
  const preparing = await at.when('w', ({ status }) => status?.waitingFor?.who === 'rufio')
  assert.equal(preparing.status?.state, 'STATE_PREPARING')
  const job = await at.client.get(Job, key('netboot-w'))
  assert.ok(job)
  assert.deepEqual(job.spec, {
    machineRef: { name: 'rack1', namespace: NAMESPACE },
    tasks: [
      { powerAction: 'off' },
      { oneTimeBootDeviceAction: { device: ['pxe'], efiBoot: true } },
      { powerAction: 'on' },
    ],
  })
  assert.equal(job.metadata.ownerReferences?.[0]?.name, 'w')
  await at.client.updateStatus(Job, { ...job, status: { conditions: [{ type: 'Completed', status: 'True' }] } })
  await at.when('w', state('STATE_PENDING'))
  assert.equal((await at.ask()).name, 'stream-image')
})

test('a boot job that fails ends the workflow with its reason', async () => {
  await using at = await house()
  await at.put(Hardware, at.hardware)
  await at.put(Template, at.template())
  await at.put(Workflow, at.workflow('w', { bootOptions: { bootMode: 'netboot', toggleAllowNetboot: true } }))
  await at.when('w', ({ status }) => status?.waitingFor?.who === 'rufio')
  const job = await at.client.get(Job, key('netboot-w'))
  assert.ok(job)
  const conditions = [{ type: 'Failed', status: 'True', message: 'the BMC does not answer' }] as const
  await at.client.updateStatus(Job, { ...job, status: { conditions } })
  const over = await at.when(
    'w',
    ({ status }) => status?.conditions?.some(({ type }) => type === 'AllowNetbootFalse') ?? false,
  )
  assert.equal(over.status?.state, 'STATE_FAILED')
  assert.equal(over.status.message, 'Job netboot-w: the BMC does not answer')
  assert.equal(await at.allowPxe(), false)
})
