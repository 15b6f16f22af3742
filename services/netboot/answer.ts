import { FIELD, option } from '../../wire/dhcp/field.ts'
import type { Options } from '../../wire/dhcp/options.ts'
import { type DhcpPacket, fitsFile } from '../../wire/dhcp/packet.ts'
import { ANY, type Ipv4 } from '../../wire/ipv4.ts'
import type { Boot, Decision } from './decide.ts'
import { broadcastOf, FOR_EVER, type Lease } from './lease.ts'
import type { Asker } from './recognise.ts'
import { noProxyDhcp, vendorOptions } from './vendor.ts'

/** Where a reply goes (RFC 2131 §4.1). */
export type Way =
  | { readonly by: 'relay'; readonly address: Ipv4 }
  | { readonly by: 'unicast'; readonly address: Ipv4 }
  | { readonly by: 'broadcast' }
  /** To the client's Ethernet address, since it cannot answer ARP yet. */
  | { readonly by: 'frame'; readonly address: Ipv4 }

export interface Reply {
  readonly packet: DhcpPacket
  readonly way: Way
}

export interface Identity {
  readonly server: Ipv4
  /** Where machines send their syslog. */
  readonly syslog: Ipv4
}

type Answered = Extract<Decision, { readonly is: 'offer' | 'ack' | 'inform' | 'nak' }>
type Question = { readonly asker: Asker; readonly packet: DhcpPacket }
type Parts = readonly (readonly [number, Uint8Array])[]

/** The packet that says what was decided, and where to. */
export function answer(question: Question, decision: Answered, identity: Identity): Reply {
  const packet =
    decision.is === 'nak' ? refusal(question, decision.says, identity) : consent(question, decision, identity)
  return { packet, way: wayOf(question.packet, packet.yiaddr, decision.is) }
}

type Consent = Exclude<Answered, { readonly is: 'nak' }>

function consent({ asker, packet }: Question, decision: Consent, identity: Identity): DhcpPacket {
  const { lease, boot } = decision
  const file = fileOf(lease, boot)
  const informed = decision.is === 'inform'
  const parts = [
    ...option(FIELD.messageType, decision.is === 'offer' ? 'offer' : 'ack'),
    ...option(FIELD.serverId, identity.server),
    // RFC 2131 §4.3.5: who only asks for information has an address of its own and no lease.
    ...(informed ? [] : times(lease.seconds)),
    ...network(lease, identity),
    ...(lease.custom ? option(FIELD.tftpServer, lease.custom.server) : []),
    ...option(FIELD.bootFile, file),
    ...(asker.who === 'os' ? [] : forFirmware(asker, packet, lease)),
    ...echoed(packet.options),
  ]
  return {
    ...reply(packet),
    ciaddr: informed || asker.message === 'request' ? packet.ciaddr : ANY,
    yiaddr: informed ? ANY : lease.address,
    siaddr: boot.is === 'file' ? boot.nextServer : boot.is === 'refused' ? ANY : identity.server,
    file: file && fitsFile(file) ? file : '',
    options: new Map(parts),
  }
}

function refusal({ packet }: Question, says: string, identity: Identity): DhcpPacket {
  const parts = [
    ...option(FIELD.messageType, 'nak'),
    ...option(FIELD.serverId, identity.server),
    ...option(FIELD.message, says),
    ...echoed(packet.options),
  ]
  // RFC 2131 §4.3.2: the relay broadcasts it, since the client's address is wrong.
  return { ...reply(packet), broadcast: packet.broadcast || packet.giaddr !== ANY, options: new Map(parts) }
}

function reply(packet: DhcpPacket): DhcpPacket {
  const fresh = { hops: 0, secs: 0, ciaddr: ANY, yiaddr: ANY, siaddr: ANY, sname: '', file: '' }
  return { ...packet, ...fresh, op: 'reply' }
}

const NOT_ALLOWED = '/netboot-not-allowed'

function fileOf(lease: Lease, boot: Boot): string | undefined {
  if (boot.is === 'refused') return NOT_ALLOWED
  return boot.is === 'file' ? boot.file : lease.custom?.file
}

function times(seconds: number): Parts {
  const renewals =
    seconds === FOR_EVER
      ? []
      : [
          ...option(FIELD.renewalTime, Math.floor(seconds / 2)), // RFC 2131 §4.4.5
          ...option(FIELD.rebindingTime, Math.floor((seconds * 7) / 8)),
        ]
  return [...option(FIELD.leaseTime, seconds), ...renewals]
}

function network(lease: Lease, identity: Identity): Parts {
  const some = <T>(list: readonly T[]) => (list.length > 0 ? list : undefined)
  return [
    ...option(FIELD.subnetMask, lease.netmask),
    ...option(FIELD.routers, lease.gateway && [lease.gateway]),
    ...option(FIELD.nameServers, some(lease.nameServers)),
    ...option(FIELD.logServers, [identity.syslog]),
    ...option(FIELD.hostName, lease.hostname),
    ...option(FIELD.domainName, lease.domain),
    ...option(FIELD.broadcastAddress, broadcastOf(lease)),
    ...option(FIELD.timeServers, some(lease.timeServers)),
    ...option(FIELD.domainSearch, lease.domain === undefined ? undefined : [lease.domain]),
    ...option(FIELD.classlessRoutes, some(lease.routes)),
  ]
}

/** What firmware and iPXE look for besides: that we are the boot server, and that they need not look for another. */
function forFirmware(asker: Asker, packet: DhcpPacket, lease: Lease): Parts {
  const guid = packet.options.get(FIELD.clientGuid.code)
  const ipxe = asker.who === 'ipxe' || asker.who === 'tinkerbell'
  return [
    ...option(FIELD.vendor, vendorOptions(asker.mac, lease.vlan)),
    ...(ipxe ? [] : option(FIELD.vendorClass, asker.who === 'http' ? 'HTTPClient' : 'PXEClient')),
    ...option(FIELD.clientGuid, guid), // RFC 4578 §2.3: returned as it came
    ...(ipxe ? option(FIELD.ipxe, noProxyDhcp) : []),
  ]
}

/** Option 61 (RFC 6842) and, last of all, option 82 (RFC 3046 §2.2) return as they came. */
function echoed(options: Options): Parts {
  return [
    ...option(FIELD.clientId, options.get(FIELD.clientId.code)),
    ...option(FIELD.relayAgent, options.get(FIELD.relayAgent.code)),
  ]
}

function wayOf(question: DhcpPacket, address: Ipv4, is: Answered['is']): Way {
  if (question.giaddr !== ANY) return { by: 'relay', address: question.giaddr }
  if (is === 'nak') return { by: 'broadcast' }
  if (question.ciaddr !== ANY) return { by: 'unicast', address: question.ciaddr }
  if (question.broadcast || address === ANY) return { by: 'broadcast' }
  return { by: 'frame', address }
}
