import { Fault } from '../../../wire/fault.ts'

/** Why fields could not be told apart, merged or read. */
export type ApplyCode = 'apply/fields' | 'apply/type' | 'apply/managed'

/** A fault of this room. Whoever asked decides whether it is the client's, and what becomes of the write. */
export class ApplyFault extends Fault<ApplyCode> {}
