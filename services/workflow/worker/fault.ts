import { Fault } from '../../../wire/fault.ts'

export type WorkerCode =
  | 'worker/identity' // the kernel command line does not say who this is, or whom to ask
  | 'worker/handover' // the machine could not be rebooted, nor another kernel started

export class WorkerFault extends Fault<WorkerCode> {}
