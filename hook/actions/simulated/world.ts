import type { ActionEvent } from '../../../machinery/api/tink/event.ts'
import { systemClock } from '../../../machinery/host/clock.ts'
import { runProgram } from '../program.ts'
import { runAction } from '../run.ts'
import type { Environment } from '../variables.ts'
import type { Machine } from '../world.ts'

export interface Outcome {
  readonly code: number
  /** The last sentence. */
  readonly message: string
  readonly events: readonly ActionEvent[]
  readonly log: readonly string[]
}

/** A machine of which nothing can be read but what is given. */
export function machineOf(
  files: Readonly<Record<string, string>>,
  interfaces: Machine['interfaces'] = () => ({}),
): Machine {
  return { read: async path => files[path], interfaces }
}

export interface Settings {
  readonly machine?: Machine
  readonly signal?: AbortSignal
}

/** Runs an action in this process, on the real system, and keeps what it says. */
export async function act(name: string, env: Environment, settings: Settings = {}): Promise<Outcome> {
  const events: ActionEvent[] = []
  const log: string[] = []
  const code = await runAction(name, {
    env,
    signal: settings.signal ?? new AbortController().signal,
    clock: systemClock,
    log: line => log.push(line),
    run: runProgram,
    machine: settings.machine ?? machineOf({}),
    tell: event => events.push(event),
  })
  const said = events.flatMap(event => ('message' in event ? [event.message] : []))
  return { code, message: said.at(-1) ?? '', events, log }
}
