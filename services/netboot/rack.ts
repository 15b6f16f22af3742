import { Hardware, type Interface } from '../../machinery/api/hardware.ts'
import { make } from '../../machinery/api/kind.ts'
import { FIELD, option } from '../../wire/dhcp/field.ts'
import type { DhcpPacket } from '../../wire/dhcp/packet.ts'
import { ANY } from '../../wire/ipv4.ts'
import { macBytes, parseMac } from '../../wire/mac.ts'

// A small rack for the tests of this room.

export const MAC = parseMac('01:02:03:04:05:06') ?? failed()

/** A Hardware with one interface, allowed to boot from the network. */
export function machine(name: string, over: Partial<Interface> = {}): Hardware {
  const { dhcp, ...rest } = over
  const at: Interface = {
    netboot: { allowPXE: true },
    ...rest,
    dhcp: { mac: MAC, ip: { address: '10.0.0.10', netmask: '255.255.255.0', gateway: '10.0.0.1' }, ...dhcp },
  }
  return make(Hardware, { metadata: { name, namespace: 'eksa-system' }, spec: { interfaces: [at] } })
}

export interface Says {
  readonly message?: 'discover' | 'request' | 'inform' | 'release' | 'decline'
  readonly vendorClass?: string
  readonly userClass?: string
  readonly arch?: number
  readonly guid?: Uint8Array
  readonly wants?: string
  readonly chose?: string
  /** Option 175, raw. */
  readonly ipxe?: Uint8Array
  readonly packet?: Partial<DhcpPacket>
  /** Options left out again. */
  readonly without?: readonly number[]
}

/** What a client says; a PXE firmware on a BIOS unless told. */
export function question(says: Says = {}): DhcpPacket {
  const text = (value: string | undefined) => value && new TextEncoder().encode(value)
  const address = (value: string | undefined) => value && Uint8Array.from(value.split('.'), Number)
  const options = new Map<number, Uint8Array>(option(FIELD.messageType, says.message ?? 'discover'))
  const given = {
    60: text(says.vendorClass ?? 'PXEClient:Arch:00000:UNDI:002001'),
    77: text(says.userClass),
    93: Uint8Array.of(0, says.arch ?? 0),
    94: Uint8Array.of(1, 2, 1),
    97: says.guid,
    50: address(says.wants),
    54: address(says.chose),
    175: says.ipxe,
  }
  for (const [code, value] of Object.entries(given)) if (value) options.set(Number(code), value)
  for (const code of says.without ?? []) options.delete(code)
  return { ...BARE, ...says.packet, options: says.packet?.options ?? options }
}

/** An operating system's DHCP client. */
export function osQuestion(says: Says = {}): DhcpPacket {
  return question({ ...says, without: [60, 93, 94, 97, ...(says.without ?? [])] })
}

const BARE = {
  op: 'request',
  htype: 1,
  hops: 0,
  xid: 0x12345678,
  secs: 0,
  broadcast: false,
  ciaddr: ANY,
  yiaddr: ANY,
  siaddr: ANY,
  giaddr: ANY,
  chaddr: macBytes(MAC),
  sname: '',
  file: '',
} as const

function failed(): never {
  throw new TypeError('not a MAC')
}
