import { CommanderError } from 'commander'
import { hostFault } from '../machinery/host/fault.ts'
import { InventoryFault } from '../machinery/inventory/csv.ts'
import { Fault } from '../wire/fault.ts'
import { InputFault } from './cli/program.ts'
import { ConfigFault } from './config.ts'

/** What the process ends with, besides 0. */
export const EXIT = { failed: 1, wrongInput: 2, bug: 70 } as const

export const EXIT_TEXT = `
Exit codes:
  0   it was done; bellhop up was told to stop
  1   it could not be done: a sentence says why, and what to do
  2   what it was given is wrong: the command line, a setting, a file
  70  a mistake in bellhop; please report it`

/** A sentence for what an operator can mend, a trace for what only we can. */
export function explain(thrown: unknown): { readonly code: number; readonly says?: string } {
  // Commander has said it already.
  if (thrown instanceof CommanderError) return { code: thrown.exitCode === 0 ? 0 : EXIT.wrongInput }
  // The system may refuse anything at any time: a disk is full, a file is not ours.
  const fault = thrown instanceof Error ? hostFault(thrown, thrown.message) : thrown
  if (!(fault instanceof Fault)) {
    const trace = thrown instanceof Error ? thrown.stack : String(thrown)
    return { code: EXIT.bug, says: `this is a mistake in bellhop, please report it:\n${trace}` }
  }
  const theirs = [ConfigFault, InventoryFault, InputFault].some(kind => fault instanceof kind)
  return { code: theirs ? EXIT.wrongInput : EXIT.failed, says: fault.message }
}
