import { Fault } from '../../wire/fault.ts'

/** Mistakes in how controllers are written or wired; none of them is mended by trying again. */
export type ControlCode =
  | 'control/owned-twice' // two writers of one kind
  | 'control/not-owner' // a write of what was not declared
  | 'control/not-leading' // a write after the leadership was over

/** A controller does what it must not. */
export class ControlFault extends Fault<ControlCode> {}
