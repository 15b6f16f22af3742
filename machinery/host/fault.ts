import { Fault } from '../../wire/fault.ts'

/** What the world outside the process may refuse, each with the sentence that tells an operator what to do. */
const CURE = {
  'host/port-in-use': 'stop the other program, or choose another port',
  'host/not-permitted': 'run as root, or grant CAP_NET_RAW, CAP_NET_ADMIN and CAP_NET_BIND_SERVICE',
  'host/no-such-interface': 'choose one that `ip link` shows',
  'host/no-address': 'give the interface an IPv4 address first',
  'host/no-such-address': 'choose an address that `ip address` shows',
  'host/disk-full': 'free some space; nothing that was acknowledged is lost',
  'host/send': 'look at the interface and its cable',
  'host/process': 'see the message of the program',
} as const

export type HostCode = keyof typeof CURE

export class HostFault extends Fault<HostCode> {
  get cure(): string {
    return CURE[this.code]
  }
}

/** Turns a system error into a HostFault that says what was tried; anything unknown goes on up as it is. */
export function hostFault(error: unknown, trying: string): unknown {
  const code = SYSTEM[(error as { code?: string }).code ?? '']
  if (!code) return error
  return new HostFault(code, `${trying}: ${SENTENCE[code]}; ${CURE[code]}`, {}, error)
}

const SYSTEM: Readonly<Record<string, HostCode>> = {
  EADDRINUSE: 'host/port-in-use',
  EACCES: 'host/not-permitted',
  EPERM: 'host/not-permitted',
  ENODEV: 'host/no-such-interface',
  EADDRNOTAVAIL: 'host/no-such-address',
  ENOSPC: 'host/disk-full',
  ENETUNREACH: 'host/send',
  EHOSTUNREACH: 'host/send',
}

const SENTENCE: Readonly<Record<HostCode, string>> = {
  'host/port-in-use': 'another program has this port',
  'host/not-permitted': 'the system does not permit it',
  'host/no-such-interface': 'there is no such interface',
  'host/no-address': 'the interface has no IPv4 address',
  'host/no-such-address': 'no interface has this address',
  'host/disk-full': 'the disk is full',
  'host/send': 'the network is not reachable',
  'host/process': 'the program failed',
}
