import { Job } from '../../machinery/api/bmc.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { keyOf, type ObjectKey } from '../../machinery/api/object.ts'
import { Template, Workflow } from '../../machinery/api/workflow.ts'
import {
  type Controller,
  controller,
  type Next,
  ownerKeys,
  read,
  type World,
} from '../../machinery/control/controller.ts'
import { objectsOf, shared, statusOf } from '../../machinery/control/ownership.ts'
import { bootStep } from './boot.ts'
import { checkTemplate, mistakeText } from './check.ts'
import { toggleNetboot } from './netboot.ts'
import { rendering } from './plan.ts'
import type { WorkflowEvent } from './progress.ts'
import { aheadOf, ofHardware, ofTemplate, queueOf, workflowIndexes } from './queue.ts'
import { currentStep, final, givesAway, handedOver, rendered } from './status.ts'
import { StatusWriter, type WorkflowParts } from './writer.ts'

/** What the controllers are built from; their world comes with each call. */
export type EngineParts = Omit<WorkflowParts, 'world'>

/** tink-controller: brings each Workflow on, and says of each Template whether it can be read. */
export function workflowControllers(parts: EngineParts): Controller[] {
  let known: Engine | undefined
  const engine = (world: World): Engine => {
    known ??= new Engine({ ...parts, world })
    return known
  }
  return [
    controller({
      name: 'workflow/workflows',
      for: Workflow,
      // Whoever else boots machines makes Jobs of other names; the operator edits Hardware too, and wins.
      owns: [shared(statusOf(Workflow)), shared(objectsOf(Job)), shared(objectsOf(Hardware))],
      reads: [
        read(Template, (template, world) => engine(world).ofTemplate(template)),
        read(Hardware, (hardware, world) => engine(world).ofHardware(hardware)),
        read(Job, job => ownerKeys(Workflow, job)),
        read(Workflow, (workflow, world) => engine(world).behind(workflow)),
      ],
      reconcile: (workflow, world) => engine(world).reconcile(workflow),
    }),
    controller({
      name: 'workflow/templates',
      for: Template,
      owns: [statusOf(Template)],
      reconcile: (template, world) => judge(template, { ...parts, world }),
    }),
  ]
}

/** Timers longer than this are set in steps: Node's own end at 24 days. */
const LOOK_MOST = 60 * 60 * 1000

class Engine {
  readonly #parts: WorkflowParts
  readonly #writer: StatusWriter
  /** Before this time no deadline is enforced: reports that waited for the server to come back come first. */
  readonly #patientUntil: number

  constructor(parts: WorkflowParts) {
    this.#parts = parts
    this.#writer = new StatusWriter(parts)
    this.#patientUntil = parts.host.clock.now() + this.#writer.patience.report * 1000
    workflowIndexes(parts.world)
  }

  ofTemplate(template: Template): readonly ObjectKey[] {
    return ofTemplate(this.#parts.world, keyOf(template)).map(keyOf)
  }

  ofHardware(hardware: Hardware): readonly ObjectKey[] {
    return ofHardware(this.#parts.world, keyOf(hardware)).map(keyOf)
  }

  /** Those that wait for the same worker. */
  behind({ status }: Workflow): readonly ObjectKey[] {
    return status?.worker ? queueOf(this.#parts.world, status.worker).map(keyOf) : []
  }

  async reconcile(workflow: Workflow): Promise<Next | undefined> {
    const { status, metadata } = workflow
    if (metadata.deletionTimestamp) return undefined
    if (final(status) || handedOver(status)) return this.#close(workflow)
    if (!rendered(status)) return this.#bring(workflow, rendering(workflow, this.#parts))
    if (status?.state === 'STATE_RUNNING') {
      const step = currentStep(status)
      // From here on the machine may go down at any moment without another word.
      if (step?.action.status === 'STATE_RUNNING' && givesAway(step)) await this.#close(workflow)
      return this.#watch(workflow)
    }
    const holding = this.#holding(workflow)
    if (holding) return this.#bring(workflow, holding)
    if (status?.state === 'STATE_PREPARING') return this.#prepare(workflow)
    await this.#writer.apply(keyOf(workflow), { is: 'ready' })
    return this.#watch(workflow)
  }

  /** Ended well or badly, or gone its own way: the machine must not boot from the network again. */
  async #close(workflow: Workflow): Promise<undefined> {
    await toggleNetboot(workflow, false, { parts: this.#parts, writer: this.#writer })
  }

  #holding(workflow: Workflow): WorkflowEvent | undefined {
    if (workflow.spec.disabled) {
      const waiting = { what: 'spec.disabled is taken away', who: 'whoever set it', next: 'the workflow begins' }
      return { is: 'held', reason: 'spec.disabled: the workflow shall not run', waiting }
    }
    const ahead = aheadOf(this.#parts.world, workflow)
    if (!ahead) return undefined
    const { name } = ahead.metadata
    const waiting = {
      what: `Workflow ${name} of the same worker ends`,
      who: `Workflow ${name}`,
      next: 'the workflow begins',
    }
    return { is: 'held', reason: `Workflow ${name} of the same worker comes first`, waiting }
  }

  async #prepare(workflow: Workflow): Promise<Next | undefined> {
    const { hardwareRef } = workflow.spec
    const { namespace } = workflow.metadata
    const hardware = this.#parts.world.cache(Hardware).get({ name: hardwareRef ?? '', ...(namespace && { namespace }) })
    if (!hardware) {
      const reason = `spec.hardwareRef: there is no Hardware ${JSON.stringify(hardwareRef ?? '')} to boot`
      return this.#bring(workflow, { is: 'unprepared', reason })
    }
    await toggleNetboot(workflow, true, { parts: this.#parts, writer: this.#writer })
    return this.#bring(workflow, await bootStep(workflow, hardware, this.#parts))
  }

  /** Brings an event to the workflow, and looks again when what it then waits for is due. */
  async #bring(workflow: Workflow, event: WorkflowEvent): Promise<Next | undefined> {
    const applied = await this.#writer.apply(keyOf(workflow), event)
    return applied && this.#watch(applied.workflow)
  }

  async #watch(workflow: Workflow): Promise<Next | undefined> {
    const { until } = workflow.status?.waitingFor ?? {}
    if (until === undefined) return undefined
    const left = Math.max(Date.parse(until), this.#patientUntil) - this.#parts.host.clock.now()
    if (left > 0) return { lookAgainIn: Math.min(left, LOOK_MOST) }
    await this.#writer.apply(keyOf(workflow), { is: 'time' })
    return undefined
  }
}

/** Says on the Template whether it can be read, for those that came past admission. */
async function judge(template: Template, { world, host }: WorkflowParts): Promise<undefined> {
  const mistakes = checkTemplate(template.spec.data ?? '')
  const state = mistakes.length === 0 ? 'Ready' : 'Error'
  const message = mistakes.map(mistakeText).slice(0, 5).join('; ')
  if (template.status?.state === state && (template.status.message ?? '') === message) return
  if (state === 'Error') host.log.warn('template cannot be read', { template: template.metadata.name, reason: message })
  await world.client.updateStatus(Template, { ...template, status: { state, ...(message && { message }) } })
}
