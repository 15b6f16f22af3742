import type { Facts } from '../../../wire/fault.ts'
import { setSessionPrivilege } from '../../../wire/ipmi/command.ts'
import { completionName, statusName } from '../../../wire/ipmi/completion.ts'
import { type PowerCode, PowerFault } from '../fault.ts'

// What a BMC's "no" asks of us. Codes that are not here are `bmc/refused`.

/** §5.2, table 5-2; 0x80 is "parameter not supported" of the boot options, §28.12. */
const COMPLETION_MEANS: Readonly<Record<number, PowerCode>> = {
  128: 'bmc/unsupported',
  192: 'bmc/busy',
  193: 'bmc/unsupported',
  194: 'bmc/unsupported',
  195: 'bmc/busy',
  199: 'bmc/unsupported',
  201: 'bmc/unsupported',
  204: 'bmc/unsupported',
  206: 'bmc/busy',
  207: 'bmc/busy',
  209: 'bmc/busy',
  210: 'bmc/busy',
  211: 'bmc/busy',
  212: 'bmc/forbidden',
  213: 'bmc/busy', // the machine is between two states
  214: 'bmc/unsupported',
}

/** Commands that give codes below 0xc0 a meaning of their own. */
const OWN_MEANS: Readonly<Record<string, Readonly<Record<number, PowerCode>>>> = {
  [setSessionPrivilege('operator').name]: { 128: 'bmc/forbidden', 129: 'bmc/forbidden' }, // §22.18
}

/** §13.24, table 13-15 */
const STATUS_MEANS: Readonly<Record<number, PowerCode>> = {
  1: 'bmc/busy',
  2: 'bmc/busy', // it has forgotten the session: a packet was lost, or it restarted
  4: 'bmc/unsupported',
  5: 'bmc/unsupported',
  8: 'bmc/busy',
  9: 'bmc/forbidden',
  10: 'bmc/forbidden',
  11: 'bmc/busy',
  13: 'bmc/bad-credentials',
  15: 'bmc/busy', // our password was right by RAKP 2: it answered a repeated packet with a new nonce
  16: 'bmc/unsupported',
  17: 'bmc/unsupported',
}

export function completionFault(completion: number, command: string, facts: Facts): PowerFault {
  const code = OWN_MEANS[command]?.[completion] ?? COMPLETION_MEANS[completion] ?? 'bmc/refused'
  const sentence = `the BMC ${facts.host} refused ${command}: ${completionName(completion)}`
  return new PowerFault(code, sentence, { ...facts, command, completion })
}

export function statusFault(status: number, step: string, facts: Facts): PowerFault {
  const code = STATUS_MEANS[status] ?? 'bmc/refused'
  return new PowerFault(code, `the BMC ${facts.host} refused ${step}: ${statusName(status)}`, {
    ...facts,
    step,
    status,
  })
}
