import { Fault } from '../../wire/fault.ts'

/** What each power failure asks of the caller. A new code does not compile until it is answered here. */
const CURE = {
  'bmc/unreachable': 'retry', // the BMC may itself be rebooting
  'bmc/unknown-host': 'retry', // its name may be entered into the DNS any time
  'bmc/busy': 'retry',
  'bmc/refused': 'retry', // a completion code that says neither why nor for how long
  'bmc/not-taken': 'retry', // it accepted the command and shows something else
  'bmc/no-credentials': 'retry', // the Secret may come later than its Machine
  'bmc/unsupported': 'next-driver',
  'bmc/bad-credentials': 'give-up', // only a person can mend this
  'bmc/forbidden': 'give-up',
} as const

export type PowerCode = keyof typeof CURE
export type Cure = (typeof CURE)[PowerCode]

export class PowerFault extends Fault<PowerCode> {
  get cure(): Cure {
    return CURE[this.code]
  }

  /** Passes faults of this room through; anything else is a bug and goes on up. */
  static from(thrown: unknown): PowerFault {
    if (thrown instanceof PowerFault) return thrown
    throw thrown
  }
}
