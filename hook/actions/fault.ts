import { Fault } from '../../wire/fault.ts'

/** Why an action gave up. The sentence is what the Workflow's status shows. */
export type ActionCode =
  | 'action/unknown'
  | 'action/variable' // the template's mistake
  | 'action/device' // not there, not a disk, in use, too small
  | 'action/download' // the server's answer, or its silence
  | 'action/truncated'
  | 'action/checksum'
  | 'action/format' // the image is not what it says
  | 'action/path' // leads out of the file system it was meant for
  | 'action/program' // a program that it called failed
  | 'action/partitions'
  | 'action/boot' // nothing to boot where it was said to be

export class ActionFault extends Fault<ActionCode> {}
