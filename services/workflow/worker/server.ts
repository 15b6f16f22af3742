import type { Progress } from '../../../machinery/api/tink/event.ts'
import type { Assignment, Ending } from './assignment.ts'

export interface Report {
  readonly state: 'RUNNING' | Ending
  readonly message: string
  readonly startedAt: number
  readonly endedAt?: number
}

/** tink-server, as the worker sees it. Every method rejects with an RpcFault. */
export interface TinkServer {
  /** The next action; the server may let it wait. Undefined: there is none now. */
  next(signal: AbortSignal): Promise<Assignment | undefined>
  /** Resolves when the server has made it durable. */
  report(assignment: Assignment, report: Report, signal: AbortSignal): Promise<void>
  progress(assignment: Assignment, progress: Progress, signal: AbortSignal): Promise<void>
}
