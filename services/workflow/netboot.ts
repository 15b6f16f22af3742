import { Hardware } from '../../machinery/api/hardware.ts'
import { keyOf, type ObjectKey } from '../../machinery/api/object.ts'
import type { Workflow } from '../../machinery/api/workflow.ts'
import { conditionOf } from './status.ts'
import type { StatusWriter, WorkflowParts } from './writer.ts'

/** Allows or forbids network boot once for a workflow that toggles it, and notes that it did. */
export async function toggleNetboot(
  workflow: Workflow,
  allow: boolean,
  { parts, writer }: { readonly parts: WorkflowParts; readonly writer: StatusWriter },
): Promise<void> {
  const type = allow ? 'AllowNetbootTrue' : 'AllowNetbootFalse'
  if (!workflow.spec.bootOptions?.toggleAllowNetboot) return
  if (conditionOf(workflow.status, type)?.status === 'True') return
  const { hardwareRef } = workflow.spec
  const { namespace } = workflow.metadata
  const key = { name: hardwareRef ?? '', ...(namespace && { namespace }) }
  const there = hardwareRef !== undefined && (await setAllowPxe(parts, key, allow))
  const message = there
    ? `allowPXE is ${allow} on Hardware ${hardwareRef}`
    : `there is no Hardware ${hardwareRef ?? ''}`
  await writer.apply(keyOf(workflow), { is: 'noted', type, reason: 'Complete', message })
}

/** Sets allowPXE on every interface that says otherwise, under the version that was read: whoever edits meanwhile wins. */
async function setAllowPxe({ world, host }: WorkflowParts, key: ObjectKey, allowPXE: boolean): Promise<boolean> {
  const hardware = await world.client.get(Hardware, key)
  if (!hardware) return false
  const before = hardware.spec.interfaces ?? []
  if (before.every(({ netboot }) => netboot?.allowPXE === allowPXE)) return true
  const interfaces = before.map(each => ({ ...each, netboot: { ...each.netboot, allowPXE } }))
  await world.client.update(Hardware, { ...hardware, spec: { ...hardware.spec, interfaces } })
  host.log.info(allowPXE ? 'network boot allowed' : 'network boot forbidden', { hardware: key.name })
  return true
}
