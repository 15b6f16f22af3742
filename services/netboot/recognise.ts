import { Reader } from '../../wire/bytes.ts'
import { ask, FIELD, type MessageType } from '../../wire/dhcp/field.ts'
import { decodeSubOptions, type Options } from '../../wire/dhcp/options.ts'
import { clientMac, type DhcpPacket } from '../../wire/dhcp/packet.ts'
import { WireFault } from '../../wire/fault.ts'
import { ANY, type Ipv4 } from '../../wire/ipv4.ts'
import type { Mac } from '../../wire/mac.ts'
import { architecture } from './architecture.ts'

/**
 * Who speaks. `tinkerbell`: iPXE built to announce that class. `http`: UEFI HTTP boot. `ipxe`: any other iPXE.
 * `pxe`: firmware with PXE. `os`: everybody else, who wants an address and nothing more.
 */
export type Who = 'tinkerbell' | 'http' | 'ipxe' | 'pxe' | 'os'

export interface Asker {
  readonly mac: Mac
  readonly message: MessageType
  readonly who: Who
  /** Why a client that says it boots from the network is not taken for one. */
  readonly incomplete?: string
  readonly arch: number | undefined
  /** iPXE names its features; one without HTTP cannot fetch a script from us. */
  readonly speaksHttp: boolean
  /** The address it wants to have (option 50), or has (ciaddr). */
  readonly wants: Ipv4 | undefined
  /** The server it has chosen (option 54). */
  readonly chose: Ipv4 | undefined
}

/** Tells from a packet alone who asks. Throws a WireFault for what no client sends. */
export function recognise(packet: DhcpPacket): Asker {
  const { options } = packet
  const mac = clientMac(packet)
  if (packet.op !== 'request') throw new WireFault('wire/unsupported', 'a reply where requests are due')
  if (!mac) throw new WireFault('wire/unsupported', `hardware type ${packet.htype}; only Ethernet is served`)
  const message = ask(options, FIELD.messageType)
  if (!message) throw new WireFault('wire/unsupported', 'no message type: BOOTP without DHCP')
  return {
    mac,
    message,
    ...whoIs(options, message),
    arch: architecture(ask(options, FIELD.clientArch) ?? [], mac),
    speaksHttp: speaksHttp(options),
    wants: ask(options, FIELD.requestedAddress) ?? (packet.ciaddr === ANY ? undefined : packet.ciaddr),
    chose: ask(options, FIELD.serverId),
  }
}

function whoIs(options: Options, message: MessageType): Pick<Asker, 'who' | 'incomplete'> {
  const vendor = ask(options, FIELD.vendorClass) ?? ''
  if (!vendor.startsWith('PXEClient') && !vendor.startsWith('HTTPClient')) return { who: 'os' }
  const missing = netbootLacks(options, message)
  if (missing) return { who: 'os', incomplete: missing }
  const classes = ask(options, FIELD.userClass) ?? []
  if (classes.includes('Tinkerbell')) return { who: 'tinkerbell' }
  if (vendor.startsWith('HTTPClient')) return { who: 'http' }
  return { who: classes.includes('iPXE') ? 'ipxe' : 'pxe' }
}

/** What a network boot client must say besides its vendor class (RFC 4578 §2, PXE 2.1 §2.2). */
function netbootLacks(options: Options, message: MessageType): string | undefined {
  if (message !== 'discover' && message !== 'request') return `a ${message} is not part of booting`
  if (!options.has(FIELD.clientArch.code)) return 'option 93 (client architecture) is missing'
  if (!options.has(FIELD.clientInterface.code)) return 'option 94 (client network interface) is missing'
  const guid = options.get(FIELD.clientGuid.code)
  if (!guid || guid.length === 0) return undefined
  if (guid.length !== 17) return `option 97 (client GUID) has ${guid.length} bytes, not 17`
  return guid[0] === 0 ? undefined : `option 97 (client GUID) is of type ${guid[0]}, not 0`
}

const IPXE_HTTP = 0x13 // iPXE's encapsulated feature option for HTTP

/** iPXE that names features at all names HTTP when it has it; an iPXE that names none is given the benefit. */
function speaksHttp(options: Options): boolean {
  const features = ask(options, FIELD.ipxe)
  return !features || decodeSubOptions(new Reader(features)).has(IPXE_HTTP)
}
