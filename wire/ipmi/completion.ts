/** Completion codes that any command may answer. §5.2, table 5-2 */
export const COMPLETION: Readonly<Record<number, string>> = {
  0: 'command completed normally',
  192: 'node busy',
  193: 'invalid command',
  194: 'command invalid for this LUN',
  195: 'timeout while processing the command',
  196: 'out of space',
  197: 'reservation cancelled or invalid',
  198: 'request data truncated',
  199: 'request data length invalid',
  200: 'request data field length limit exceeded',
  201: 'parameter out of range',
  202: 'cannot return the number of requested bytes',
  203: 'requested sensor, data or record not present',
  204: 'invalid data field in request',
  205: 'command illegal for the sensor or record type',
  206: 'response could not be provided',
  207: 'cannot execute a duplicated request',
  208: 'SDR repository in update mode',
  209: 'device in firmware update mode',
  210: 'BMC is initialising',
  211: 'destination unavailable',
  212: 'insufficient privilege',
  213: 'not supported in the present state',
  214: 'command or sub-function disabled',
  255: 'unspecified error',
}

export function completionName(code: number): string {
  return COMPLETION[code] ?? `unknown (0x${code.toString(16)})`
}

/** How a BMC refuses a packet of the handshake. §13.24, table 13-15 */
export const STATUS: Readonly<Record<number, string>> = {
  0: 'no errors',
  1: 'insufficient resources to create a session',
  2: 'invalid session id',
  3: 'invalid payload type',
  4: 'invalid authentication algorithm',
  5: 'invalid integrity algorithm',
  6: 'no matching authentication payload',
  7: 'no matching integrity payload',
  8: 'inactive session id',
  9: 'invalid role',
  10: 'unauthorized role or privilege level requested',
  11: 'insufficient resources to create a session at the requested role',
  12: 'invalid name length',
  13: 'unauthorized name',
  14: 'unauthorized GUID',
  15: 'invalid integrity check value',
  16: 'invalid confidentiality algorithm',
  17: 'no cipher suite match with the proposed algorithms',
  18: 'illegal or unrecognized parameter',
}

export function statusName(status: number): string {
  return STATUS[status] ?? `unknown (0x${status.toString(16)})`
}
