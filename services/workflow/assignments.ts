import type { MessageInitShape } from '@bufbuild/protobuf'
import { keyOf, keyText } from '../../machinery/api/object.ts'
import { RpcFault } from '../../machinery/api/tink/fault.ts'
import type { ActionResponseSchema } from '../../machinery/api/tink/generated/workflow_pb.js'
import { Workflow } from '../../machinery/api/workflow.ts'
import { sameWorker, workerKey } from './identity.ts'
import { queueOf, workflowIndexes } from './queue.ts'
import { currentStep, final, handedOver, type Step } from './status.ts'
import type { StatusWriter, WorkflowParts } from './writer.ts'

export type Assignment = MessageInitShape<typeof ActionResponseSchema>

/** An idle worker is kept waiting this long before it is told that there is nothing, in milliseconds. */
const HOLD = 25_000

/** Finds the action whose turn it is for a worker, and lets the worker wait while there is none. */
export class Assignments {
  readonly #parts: WorkflowParts
  readonly #writer: StatusWriter
  readonly #waiters = new Map<string, Set<() => void>>()
  readonly #closing = new AbortController()

  constructor(parts: WorkflowParts, writer: StatusWriter) {
    this.#parts = parts
    this.#writer = writer
    workflowIndexes(parts.world)
  }

  /** Wakes those who wait whenever a workflow of theirs changes. */
  listen(): void {
    this.#parts.world.cache(Workflow).onChange((now, before) => {
      for (const seen of [now, before]) if (seen?.status?.worker) this.#wake(workerKey(seen.status.worker))
    })
  }

  /** Ends every wait. */
  close(): void {
    this.#closing.abort()
  }

  async next(worker: string, signal: AbortSignal): Promise<Assignment> {
    const { clock } = this.#parts.host
    const end = clock.now() + HOLD
    for (;;) {
      const changed = this.#change(worker)
      try {
        const assignment = await this.#find(worker)
        if (assignment) return assignment
        if (clock.now() >= end) throw this.#nothing(worker)
        await this.#wait(changed.promise, end - clock.now(), signal)
      } finally {
        changed.forget()
      }
    }
  }

  /** Caches may lag behind what was just reported: they say where to look, the newest status says what is next. */
  async #find(worker: string): Promise<Assignment | undefined> {
    for (const candidate of queueOf(this.#parts.world, worker)) {
      const running = candidate.status?.state === 'STATE_RUNNING'
      if (candidate.spec.disabled && !running) continue
      if (final(candidate.status) || handedOver(candidate.status)) return undefined
      const applied = await this.#writer.apply(keyOf(candidate), { is: 'asked', worker })
      if (!applied) continue
      const step = currentStep(applied.workflow.status)
      if (!applied.refusal && step && sameWorker(step.task.worker, worker))
        return this.#hand(applied.workflow, step, worker)
      // Its turn comes, but not now: what stands behind it must not overtake it.
      if (!final(applied.workflow.status) && !handedOver(applied.workflow.status)) return undefined
    }
    return undefined
  }

  #hand(workflow: Workflow, step: Step, worker: string): Assignment {
    const id = keyText(keyOf(workflow))
    const again = step.action.status === 'STATE_RUNNING'
    const { log } = this.#parts.host
    // The environment may hold secrets: its names are not logged either.
    log.info(again ? 'action handed out again' : 'action handed out', {
      worker,
      workflow: id,
      action: step.action.name,
    })
    return assignmentOf(id, step)
  }

  #nothing(worker: string): RpcFault {
    const later = queueOf(this.#parts.world, worker).length > 0
    if (later) return new RpcFault('rpc/failed-precondition', 'the workflow of this worker is not ready yet')
    return new RpcFault('rpc/not-found', 'there is no workflow for this worker')
  }

  /** Resolves when a workflow of this worker changes, from now on. */
  #change(worker: string): { readonly promise: Promise<void>; readonly forget: () => void } {
    const key = workerKey(worker)
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiters = this.#waiters.get(key) ?? new Set()
    this.#waiters.set(key, waiters.add(resolve))
    const forget = () => {
      waiters.delete(resolve)
      if (waiters.size === 0 && this.#waiters.get(key) === waiters) this.#waiters.delete(key)
    }
    return { promise, forget }
  }

  #wake(key: string): void {
    for (const wake of this.#waiters.get(key) ?? []) wake()
  }

  async #wait(changed: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController()
    const either = AbortSignal.any([over.signal, signal, this.#closing.signal])
    // Called off: the conditions below say by whom.
    const time = this.#parts.host.clock.wait(milliseconds, either).catch(() => undefined)
    await Promise.race([changed, time])
    over.abort()
    if (this.#closing.signal.aborted) throw new RpcFault('rpc/unavailable', 'the server is closing')
    if (signal.aborted) throw new RpcFault('rpc/cancelled', 'the worker hung up')
  }
}

/** What the worker is told: volumes of the task come first, environment of the action counts more. */
function assignmentOf(workflowId: string, { task, action }: Step): Assignment {
  const environment = Object.entries({ ...task.environment, ...action.environment })
  return {
    workflowId,
    taskId: task.id,
    agentId: task.worker,
    actionId: action.id,
    name: action.name,
    image: action.image,
    timeout: BigInt(action.timeout ?? 0),
    command: [...(action.command ?? [])],
    volumes: [...(task.volumes ?? []), ...(action.volumes ?? [])],
    environment: environment.map(([name, value]) => `${name}=${value}`).sort(),
    ...(action.pid && { pid: action.pid }),
  }
}
