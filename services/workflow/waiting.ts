import type { WaitingFor, WorkflowStatus } from '../../machinery/api/workflow.ts'
import { currentStep, final, handedOver, instant } from './status.ts'

/** How long each wait may take, in seconds. */
export interface Patience {
  /** For a worker to ask for its first or next action. */
  readonly worker: number
  /** For a report, beyond the timeout of the action itself: the worker's own timer comes first. */
  readonly report: number
  /** For a boot job to bring the machine up. */
  readonly boot: number
}

export const DEFAULT_PATIENCE: Patience = { worker: 30 * 60, report: 60, boot: 30 * 60 }

/** What a rendered workflow waits for, told from its status alone; nothing once it has ended. */
export function awaited(status: WorkflowStatus, patience: Patience, now: number): WaitingFor | undefined {
  if (final(status) || handedOver(status)) return undefined
  const step = currentStep(status)
  if (!step) return undefined
  const { task, action } = step
  const wait =
    action.status === 'STATE_RUNNING'
      ? {
          what: `action ${action.name} ends`,
          who: `worker ${task.worker}`,
          since: action.startedAt ?? instant(now),
          seconds: (action.timeout ?? 0) + patience.report,
        }
      : {
          what: `worker ${task.worker} asks for action ${action.name}`,
          who: `worker ${task.worker}`,
          since: instant(now),
          seconds: patience.worker,
        }
  return limited(status, wait)
}

interface Wait {
  readonly what: string
  readonly who: string
  readonly since: string
  readonly seconds: number
}

/** Ends with the wait's own time, or with that of the whole workflow if it is sooner. */
export function limited(status: WorkflowStatus, { what, who, since, seconds }: Wait): WaitingFor {
  const own = Date.parse(since) + seconds * 1000
  const all = globalEnd(status) ?? Number.POSITIVE_INFINITY
  const before = status.waitingFor
  // The same wait goes on: it began when it began.
  if (before?.what === what && before.until !== undefined) return before
  return { what, who, since, until: instant(Math.min(own, all)), next: 'the workflow ends in STATE_TIMEOUT' }
}

/** When the whole workflow has to be over, in milliseconds. */
export function globalEnd({ startedAt, globalTimeout }: WorkflowStatus): number | undefined {
  return startedAt && globalTimeout ? Date.parse(startedAt) + globalTimeout * 1000 : undefined
}
