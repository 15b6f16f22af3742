import { createHash } from 'node:crypto'
import { Job } from '../../machinery/api/bmc.ts'
import { isApiFault } from '../../machinery/api/fault.ts'
import type { Hardware } from '../../machinery/api/hardware.ts'
import { apiVersion, make } from '../../machinery/api/kind.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import type { WorkflowEvent } from './progress.ts'
import type { WorkflowParts } from './writer.ts'

/** Names of Jobs become values of labels, which have at most 63 characters. */
const NAME_MOST = 63

/** The Job that boots a workflow's machine; a long name keeps its beginning and ends in a digest of all of it. */
export function bootJobName(workflow: string): string {
  const name = `netboot-${workflow}`
  if (name.length <= NAME_MOST) return name
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, NAME_MOST - 9).replace(/[-.]+$/, '')}-${digest}`
}

/** What the workflow is to be told of its machine's boot, after the next step towards it was taken. */
export async function bootStep(workflow: Workflow, hardware: Hardware, parts: WorkflowParts): Promise<WorkflowEvent> {
  const mode = workflow.spec.bootOptions?.bootMode
  if (mode === undefined) return { is: 'prepared' }
  if (mode !== 'netboot')
    return { is: 'unprepared', reason: `spec.bootOptions.bootMode: ${mode} is not served yet; netboot is` }
  const { name: bmc } = hardware.spec.bmcRef ?? {}
  if (bmc === undefined) return withoutBmc(hardware.metadata.name)
  const name = bootJobName(workflow.metadata.name)
  const { namespace } = workflow.metadata
  const job = await parts.world.client.get(Job, { name, ...(namespace && { namespace }) })
  if (!job) {
    await create(parts, bootJob(workflow, hardware, { name, bmc }))
  } else if (job.metadata.ownerReferences?.every(({ uid }) => uid !== workflow.metadata.uid) ?? true) {
    // Left over from a workflow of the same name: it says nothing about this one.
    const { uid } = job.metadata
    await parts.world.client.delete(Job, { name, ...(namespace && { namespace }) }, { ...(uid && { uid }) })
  } else {
    return outcome(job)
  }
  return { is: 'preparing', what: `Job ${name} boots the machine from the network`, who: 'rufio' }
}

function outcome({ metadata, status }: Job): WorkflowEvent {
  const is = (type: string) => status?.conditions?.find(each => each.type === type && each.status === 'True')
  const failed = is('Failed')
  if (failed) return { is: 'unprepared', reason: `Job ${metadata.name}: ${failed.message ?? 'it failed'}` }
  if (is('Completed')) return { is: 'prepared' }
  return { is: 'preparing', what: `Job ${metadata.name} boots the machine from the network`, who: 'rufio' }
}

function withoutBmc(hardware: string): WorkflowEvent {
  return {
    is: 'held',
    reason: `spec.bootOptions.bootMode: Hardware ${hardware} has no bmcRef, so nobody can switch the machine on`,
    condition: 'BootJobSetupComplete',
    waiting: {
      what: `Hardware ${hardware} gets a bmcRef`,
      who: 'whoever keeps the hardware',
      next: 'its boot job is created',
    },
  }
}

function bootJob(
  workflow: Workflow,
  hardware: Hardware,
  { name, bmc }: { readonly name: string; readonly bmc: string },
): Job {
  const { namespace = 'default', uid = '', name: owner } = workflow.metadata
  const efiBoot = (hardware.spec.interfaces ?? []).some(({ dhcp }) => dhcp?.uefi)
  return make(Job, {
    metadata: {
      name,
      namespace,
      labels: { 'tink-controller-auto-created': 'true' },
      ownerReferences: [
        {
          apiVersion: apiVersion(Workflow),
          kind: Workflow.kind,
          name: owner,
          uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      machineRef: { name: bmc, namespace },
      tasks: [{ powerAction: 'off' }, { oneTimeBootDeviceAction: { device: ['pxe'], efiBoot } }, { powerAction: 'on' }],
    },
  })
}

/** One that is there already is looked at in the next turn. */
async function create({ world }: WorkflowParts, job: Job): Promise<void> {
  try {
    await world.client.create(Job, job)
  } catch (fault) {
    if (!isApiFault(fault, 'AlreadyExists')) throw fault
  }
}
