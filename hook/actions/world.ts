import type { NetworkInterfaceInfo } from 'node:os'
import type { Handover } from '../../machinery/api/tink/handover.ts'
import type { Clock } from '../../machinery/host/clock.ts'
import type { Run } from './program.ts'
import type { Environment, Variables } from './variables.ts'

/** All that an action is given; what it does not find here it cannot know. */
export interface World {
  readonly variables: Variables
  /** The whole environment, for programs that are started on behalf of the template. */
  readonly env: Environment
  /** Aborted when the action has to end now: its timeout, or the worker's end. */
  readonly signal: AbortSignal
  readonly clock: Clock
  /** A line for the console and the machine's log. */
  readonly log: (line: string) => void
  readonly progress: (done: number, total: number) => void
  readonly run: Run
  readonly machine: Machine
}

/** What an action may ask about the machine that it runs on. */
export interface Machine {
  /** A file of /proc, /sys or /etc as text; undefined when there is none. */
  read(path: string): Promise<string | undefined>
  interfaces(): NodeJS.Dict<NetworkInterfaceInfo[]>
}

/** How an action ended when it ended well. */
export interface Done {
  readonly message: string
  /** What the worker has to do next with the whole machine. */
  readonly handover?: Handover
}

export type Action = (world: World) => Promise<Done>
