import { Fault } from '../../wire/fault.ts'

/** Mistakes in how controllers are written or wired, which trying again does not mend, and what a watch may meet. */
export type ControlCode =
  | 'control/owned-twice' // two writers of one kind
  | 'control/not-owner' // a write of what was not declared
  | 'control/not-leading' // a write after the leadership was over
  | 'control/silence' // a stream said nothing for too long
  | 'control/cut' // a stream ended in the middle

/** A controller does what it must not, or sees what it cannot use. */
export class ControlFault extends Fault<ControlCode> {}
