import { Reader } from '../bytes.ts'
import { COMMAND, type Command, NET_FN } from './command.ts'

/** Parameters of the boot options. §28.14, table 28-14 */
export const PARAMETER = { setInProgress: 0, flagClearing: 3, acknowledge: 4, flags: 5 } as const

/** Devices that can be booted from. Table 28-14, parameter 5, data 2, bits 5:2 */
export const DEVICE = { none: 0, pxe: 1, disk: 2, safe: 3, cdrom: 5, bios: 6 } as const
export type BootDevice = keyof typeof DEVICE

export interface BootFlags {
  /** Whether the BMC still holds them for the next boot. */
  readonly valid: boolean
  readonly persistent: boolean
  readonly efi: boolean
  /** Undefined for one that is not in the table. */
  readonly device: BootDevice | undefined
}

const VALID = 0x80
const PERSISTENT = 0x40
const EFI = 0x20

export function encodeFlags({ valid, persistent, efi, device }: BootFlags): Uint8Array {
  const first = (valid ? VALID : 0) | (persistent ? PERSISTENT : 0) | (efi ? EFI : 0)
  return Uint8Array.of(first, DEVICE[device ?? 'none'] << 2, 0, 0, 0)
}

export function decodeFlags(data: Uint8Array): BootFlags {
  const reader = new Reader(data)
  const first = reader.u8()
  const number = (reader.u8() >> 2) & 0x0f
  return {
    valid: (first & VALID) !== 0,
    persistent: (first & PERSISTENT) !== 0,
    efi: (first & EFI) !== 0,
    device: isDevice(number),
  }
}

function isDevice(number: number): BootDevice | undefined {
  const names: readonly BootDevice[] = ['none', 'pxe', 'disk', 'safe', 'cdrom', 'bios']
  return names.find(name => DEVICE[name] === number)
}

/** §28.12. `data` is what table 28-14 says for the parameter. */
function setBootOption(name: string, parameter: number, data: ArrayLike<number>): Command<undefined> {
  return {
    name: `Set System Boot Options (${name})`,
    request: {
      netFn: NET_FN.chassis,
      command: COMMAND.setBootOptions,
      data: Uint8Array.from([parameter, ...Array.from(data)]),
    },
    decode: () => undefined,
  }
}

/** Others keep their hands off while it is 1; 0 ends it. */
export function setInProgress(inProgress: boolean): Command<undefined> {
  return setBootOption('set in progress', PARAMETER.setInProgress, [inProgress ? 1 : 0])
}

/**
 * A BMC forgets the flags when no power command follows within 60 s. Bit 3 tells it not to: a machine that is slow to
 * switch on still boots from the network.
 */
export const keepFlags: Command<undefined> = setBootOption('flag clearing', PARAMETER.flagClearing, [0x08])

/** Says on the firmware's behalf that older options were seen, so that they do not mix with the new ones. */
export const acknowledge: Command<undefined> = setBootOption('acknowledge', PARAMETER.acknowledge, [0x01, 0x01])

export function setFlags(flags: BootFlags): Command<undefined> {
  return setBootOption('boot flags', PARAMETER.flags, encodeFlags(flags))
}

/** §28.13 */
export const getFlags: Command<BootFlags> = {
  name: 'Get System Boot Options (boot flags)',
  request: {
    netFn: NET_FN.chassis,
    command: COMMAND.getBootOptions,
    data: Uint8Array.of(PARAMETER.flags, 0, 0),
  },
  decode: data => decodeFlags(data.subarray(2)), // after the version and the parameter
}
