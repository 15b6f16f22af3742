import { Fault } from '../wire/fault.ts'

export type LabCode =
  | 'lab/command' // a program that the lab needs failed or is not there
  | 'lab/cancelled' // the caller called it off
  | 'lab/root' // root is needed and not given
  | 'lab/set-up' // the host cannot be made ready
  | 'lab/timeout' // something did not happen in time
  | 'lab/machine' // a virtual machine did not start

/** What may go wrong around the virtual rack. Its sentence says what to do about it. */
export class LabFault extends Fault<LabCode> {}
