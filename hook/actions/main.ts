import { writeSync } from 'node:fs'
import { type ActionEvent, EVENT_FD_VARIABLE, encodeEvent } from '../../machinery/api/tink/event.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { realMachine } from './machine.ts'
import { runProgram } from './program.ts'
import { runAction } from './run.ts'

// Run as `node actions.mjs NAME` by the worker, with the action's variables in the environment. Also by hand, on the shell.

/** Set by the worker; by hand nobody listens. */
const events = Number(process.env[EVENT_FD_VARIABLE] ?? Number.NaN)

function tell(event: ActionEvent): void {
  if (Number.isInteger(events)) writeSync(events, encodeEvent(event))
}

process.umask(0o022)
const stop = new AbortController()
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort(new Error(`${name} came`)))

process.exitCode = await runAction(process.argv[2] ?? '', {
  env: process.env,
  signal: stop.signal,
  clock: systemClock,
  log: line => console.log(line),
  run: runProgram,
  machine: realMachine,
  tell,
})
