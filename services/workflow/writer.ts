import { isApiFault } from '../../machinery/api/fault.ts'
import type { Journal } from '../../machinery/api/journal.ts'
import type { ObjectKey } from '../../machinery/api/object.ts'
import { Workflow, type WorkflowStatus } from '../../machinery/api/workflow.ts'
import type { World } from '../../machinery/control/controller.ts'
import type { Host } from '../../machinery/host/host.ts'
import { progress, type Refusal, type Turn, type WorkflowEvent } from './progress.ts'
import { DEFAULT_PATIENCE, type Patience } from './waiting.ts'

/** What the controller and the server of workflows are handed. */
export interface WorkflowParts {
  readonly world: World
  readonly host: Host
  readonly journal: Journal
  readonly settings?: WorkflowSettings
}

/** How long each wait may take, in milliseconds; what is not told is the default. */
export interface WorkflowSettings {
  /** For a worker to ask for its first or next action. */
  readonly workerDeadline?: number
  /** For a report, beyond the timeout of the action itself. */
  readonly reportGrace?: number
  /** For a boot job to bring the machine up. */
  readonly bootDeadline?: number
}

/** An event brought to a workflow: how it stands now, and what was refused. Undefined when it is not there any more. */
export type Applied = { readonly workflow: Workflow; readonly refusal?: Refusal } | undefined

/** Two writers of one object meet this often at most before it is somebody else's turn to try. */
const TRIES = 8

/**
 * The only one who writes the status of Workflows. Engine and dispatch bring events: the newest status is read, the state
 * machine asked, and the answer written under the version that was read; who loses the race asks the machine again with
 * what the winner wrote. When `apply` resolves the status is durable, and the journal has been told.
 */
export class StatusWriter {
  readonly #parts: WorkflowParts
  readonly #patience: Patience

  constructor(parts: WorkflowParts) {
    this.#parts = parts
    this.#patience = patienceOf(parts.settings)
  }

  get patience(): Patience {
    return this.#patience
  }

  async apply(key: ObjectKey, ...events: readonly WorkflowEvent[]): Promise<Applied> {
    const { client } = this.#parts.world
    for (let tries = 1; ; tries++) {
      const before = await client.get(Workflow, key)
      if (!before) return undefined
      const status = before.status ?? {}
      const turn = this.#turn(status, events)
      const refused = turn.refusal && { refusal: turn.refusal }
      if (turn.status === status) return { workflow: before, ...refused }
      try {
        const workflow = await client.updateStatus(Workflow, { ...before, status: turn.status })
        this.#tell(workflow, turn)
        return { workflow, ...refused }
      } catch (fault) {
        if (isApiFault(fault, 'NotFound')) return undefined
        if (!isApiFault(fault, 'Conflict') || tries >= TRIES) throw fault
      }
    }
  }

  #turn(status: WorkflowStatus, events: readonly WorkflowEvent[]): Turn {
    const moment = { now: this.#parts.host.clock.now(), patience: this.#patience }
    let turn: Turn = { status, effects: [] }
    for (const event of events) {
      const next = progress(turn.status, event, moment)
      turn = { ...next, effects: [...turn.effects, ...next.effects] }
    }
    return turn
  }

  #tell(workflow: Workflow, { effects }: Turn): void {
    const { name, namespace = 'default' } = workflow.metadata
    const { hardwareRef } = workflow.spec
    for (const effect of effects) {
      const evidence: Readonly<Record<string, string>> = { workflow: name, ...effect.evidence }
      this.#parts.host.log.info('workflow went on', { workflow: name, what: effect.what, action: evidence.action })
      if (hardwareRef) this.#parts.journal.record({ ...effect, of: { hardware: hardwareRef, namespace }, evidence })
    }
  }
}

function patienceOf({ workerDeadline, reportGrace, bootDeadline }: WorkflowSettings = {}): Patience {
  const seconds = (told: number | undefined, usual: number) => (told === undefined ? usual : told / 1000)
  return {
    worker: seconds(workerDeadline, DEFAULT_PATIENCE.worker),
    report: seconds(reportGrace, DEFAULT_PATIENCE.report),
    boot: seconds(bootDeadline, DEFAULT_PATIENCE.boot),
  }
}
