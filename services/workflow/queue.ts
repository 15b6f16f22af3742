import { keyOf, keyText, type ObjectKey } from '../../machinery/api/object.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import type { World } from '../../machinery/control/controller.ts'
import { workerKey } from './identity.ts'
import { conditionOf, final, handedOver, rendered } from './status.ts'

export const BY_WORKER = 'workflow/worker'
const BY_TEMPLATE = 'workflow/template'
const BY_HARDWARE = 'workflow/hardware'

/** Files every Workflow under the worker whose turn it is, its Template and its Hardware. */
export function workflowIndexes(world: World): void {
  const cache = world.cache(Workflow)
  cache.index(BY_WORKER, ({ status }) => (status?.worker ? [workerKey(status.worker)] : []))
  cache.index(BY_TEMPLATE, ({ metadata, spec }) =>
    spec.templateRef ? [`${metadata.namespace}/${spec.templateRef}`] : [],
  )
  cache.index(BY_HARDWARE, ({ metadata, spec }) =>
    spec.hardwareRef ? [`${metadata.namespace}/${spec.hardwareRef}`] : [],
  )
}

export function ofTemplate(world: World, key: ObjectKey): readonly Workflow[] {
  return world.cache(Workflow).find(BY_TEMPLATE, keyText(key))
}

export function ofHardware(world: World, key: ObjectKey): readonly Workflow[] {
  return world.cache(Workflow).find(BY_HARDWARE, keyText(key))
}

/** Workflows of one worker that are not over, in the order in which they run: what runs already, then the oldest. */
export function queueOf(world: World, worker: string): readonly Workflow[] {
  return world.cache(Workflow).find(BY_WORKER, workerKey(worker)).filter(busy).sort(inOrder)
}

/** The workflow that has to end before this one may touch the machine. */
export function aheadOf(world: World, workflow: Workflow): Workflow | undefined {
  const { worker } = workflow.status ?? {}
  if (worker === undefined) return undefined
  const first = queueOf(world, worker).find(other => !other.spec.disabled || running(other))
  return first && keyText(keyOf(first)) !== keyText(keyOf(workflow)) ? first : undefined
}

const running = ({ status }: Workflow): boolean => status?.state === 'STATE_RUNNING'

function busy({ spec, status, metadata }: Workflow): boolean {
  if (!rendered(status) || metadata.deletionTimestamp) return false
  if (!final(status) && !handedOver(status)) return true
  // Over, but network boot is still to be forbidden: what comes next would lose its own permission by that.
  return spec.bootOptions?.toggleAllowNetboot === true && conditionOf(status, 'AllowNetbootFalse')?.status !== 'True'
}

function inOrder(one: Workflow, other: Workflow): number {
  if (running(one) !== running(other)) return running(one) ? -1 : 1
  const age = (one.metadata.creationTimestamp ?? '').localeCompare(other.metadata.creationTimestamp ?? '')
  return age !== 0 ? age : keyText(keyOf(one)).localeCompare(keyText(keyOf(other)))
}
