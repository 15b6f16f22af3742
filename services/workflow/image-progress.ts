import { keyFrom } from '../../machinery/api/object.ts'
import type { ReportProgressRequest } from '../../machinery/api/tink/generated/worker_pb.js'
import { Workflow } from '../../machinery/api/workflow.ts'
import { sameWorker } from './identity.ts'
import { stepsOf } from './status.ts'
import type { WorkflowParts } from './writer.ts'

/** Tells the journal how far an image is on its way to the disk; the newest report takes the place of the last. */
export class ImageProgress {
  readonly #parts: WorkflowParts

  constructor(parts: WorkflowParts) {
    this.#parts = parts
  }

  /** Reports of actions that do not run, or of other workers, are dropped: nothing depends on them. */
  note(request: ReportProgressRequest): void {
    const { workflowId, agentId, actionId, doneBytes, totalBytes } = request
    const workflow = this.#parts.world.cache(Workflow).get(keyFrom(workflowId))
    const step = stepsOf(workflow?.status).find(({ action }) => action.id === actionId)
    const { hardwareRef } = workflow?.spec ?? {}
    if (!workflow || !step || !hardwareRef || step.action.status !== 'STATE_RUNNING') return
    if (!sameWorker(step.task.worker, agentId) || doneBytes < 0n || totalBytes < 0n) return
    const { name, namespace = 'default' } = workflow.metadata
    this.#parts.journal.record({
      of: { hardware: hardwareRef, namespace },
      stage: 'image',
      what: 'image-progress',
      says: totalBytes > 0n ? `${(doneBytes * 100n) / totalBytes} % of the image` : `${doneBytes} bytes of the image`,
      evidence: { workflow: name, action: step.action.name, bytes: String(doneBytes), total: String(totalBytes) },
      replaces: true,
    })
  }
}
