import type { Progress } from '../../../machinery/api/tink/event.ts'
import type { Handover } from '../../../machinery/api/tink/handover.ts'

/** A process that cannot be taken for a later one with the same number. */
export interface ProcessId {
  readonly pid: number
  /** When it started, as the kernel counts. */
  readonly started: string
}

export interface Job {
  /** Name of the built-in action. */
  readonly action: string
  readonly environment: Readonly<Record<string, string>>
  readonly line: (text: string) => void
  readonly progress: (progress: Progress) => void
}

/** How a program ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: string | null
  /** The last sentence that it said of itself. */
  readonly message?: string
  readonly handover?: Handover
}

export interface Running {
  readonly process: ProcessId
  /** Resolves when it has ended and everything that it started is gone. */
  readonly ended: Promise<Exit>
  /** Asks it to end, and after a while makes it. */
  stop(): void
}

/** How the worker runs programs. */
export interface Runner {
  readonly actions: readonly string[]
  /** Rejects when the program cannot be started at all. */
  start(job: Job): Promise<Running>
  /** Ends what an earlier worker left behind. */
  end(process: ProcessId): Promise<void>
}
