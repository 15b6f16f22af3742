import type { Journal } from '../../machinery/api/journal.ts'
import type { Host } from '../../machinery/host/host.ts'
import { Malformed } from '../../machinery/host/malformed.ts'
import type { Datagram, LinkSocket, Udp } from '../../machinery/host/udp.ts'
import { decodePacket, encodePacket } from '../../wire/dhcp/packet.ts'
import { encodeNoRouter } from '../../wire/ethernet/router-advertisement.ts'
import { WireFault } from '../../wire/fault.ts'
import { ANY, BROADCAST, type Ipv4 } from '../../wire/ipv4.ts'
import type { Mac } from '../../wire/mac.ts'
import { answer, type Reply } from './answer.ts'
import type { MacFormat } from './boot-file.ts'
import { decide, type Settings } from './decide.ts'
import { DhcpRecord } from './dhcp-record.ts'
import type { Machines } from './hardware.ts'
import { recognise } from './recognise.ts'

export interface DhcpConfig {
  /** The interface to serve; several are served by as many listeners. */
  readonly interface: string
  readonly port?: number
  /** What machines reach us at; the interface's own address unless told. */
  readonly publicAddress?: Ipv4 | undefined
  readonly httpPort: number
  readonly tftpPort?: number
  /** iPXE programs for architectures (option 93), before the built-in table. */
  readonly binaries?: ReadonlyMap<number, string>
  readonly macFormat?: MacFormat
}

export interface NetbootParts {
  readonly udp: Udp
  readonly host: Host
  readonly journal: Journal
  readonly machines: Machines
}

export interface DhcpListener extends AsyncDisposable {
  readonly address: Ipv4
  readonly malformed: Malformed
}

const PORT = { server: 67, client: 68 }

/** Serves DHCP on one interface; rejects with a HostFault that names it. */
export async function openDhcp(config: DhcpConfig, parts: NetbootParts): Promise<DhcpListener> {
  const malformed = new Malformed('DHCP message', parts.host)
  const record = new DhcpRecord(parts.host, parts.journal)
  const socket = await parts.udp.openLink({
    interface: config.interface,
    port: config.port ?? PORT.server,
    receive: (datagram, link) => serve({ datagram, link, config, parts, malformed, record }),
    fault: error => parts.host.log.warn('DHCP socket', { interface: config.interface, reason: String(error) }),
  })
  parts.host.log.info('serving DHCP', { interface: config.interface, address: socket.address })
  return { address: socket.address, malformed, [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose]() }
}

interface Turn {
  readonly datagram: Datagram
  readonly link: LinkSocket
  readonly config: DhcpConfig
  readonly parts: NetbootParts
  readonly malformed: Malformed
  readonly record: DhcpRecord
}

/** One datagram. Nothing that a peer sends gets past here; a bug of ours costs this one answer. */
function serve(turn: Turn): void {
  const { datagram, parts } = turn
  try {
    const reply = replyTo(turn)
    if (reply) void send(turn, reply, encodePacket(reply.packet))
  } catch (fault) {
    if (fault instanceof WireFault) turn.malformed.note(datagram.from.address, fault.message, { ...fault.facts })
    else parts.host.log.error('DHCP answer failed', { peer: datagram.from.address, reason: String(fault) })
  }
}

interface Outgoing extends Reply {
  readonly mac: Mac
  /**
   * iPXE that has its IPv4 address still waits 15 s for an IPv6 router. It is told, and nobody else is, that there is none
   * it needs.
   */
  readonly endsWait: boolean
}

function replyTo({ datagram, link, config, parts, record }: Turn): Outgoing | undefined {
  const packet = decodePacket(datagram.bytes)
  const asker = recognise(packet)
  const settings = settingsOf(config, link.address)
  const found = parts.machines.byMac(asker.mac)
  const decision = decide(asker, found, settings)
  record.note({ asker, found, decision, interface: link.interface, renewal: packet.ciaddr !== ANY })
  if (decision.is === 'silent' || decision.is === 'noted') return undefined
  return {
    ...answer({ asker, packet }, decision, { server: settings.server, syslog: settings.server }),
    mac: asker.mac,
    endsWait: decision.is === 'ack' && (asker.who === 'ipxe' || asker.who === 'tinkerbell'),
  }
}

function settingsOf(config: DhcpConfig, address: Ipv4): Settings {
  const server = config.publicAddress ?? address
  const base = `http://${server}:${config.httpPort}`
  return {
    server,
    binaries: config.binaries ?? new Map(),
    sources: {
      binaries: `${base}/ipxe/binary`,
      tftp: { address: server, port: config.tftpPort ?? 69 },
      script: mac => `${base}/${mac}/auto.ipxe`,
      macFormat: config.macFormat ?? 'colon',
    },
  }
}

async function send({ link, parts }: Turn, { way, mac, endsWait }: Outgoing, bytes: Uint8Array): Promise<void> {
  try {
    if (way.by === 'frame') await link.sendFrame(bytes, { mac, address: way.address, port: PORT.client })
    else if (way.by === 'relay') await link.send(bytes, { address: way.address, port: PORT.server })
    else await link.send(bytes, { address: way.by === 'broadcast' ? BROADCAST : way.address, port: PORT.client })
    if (endsWait && way.by !== 'relay') await link.sendIpv6(encodeNoRouter(link.mac, mac), mac)
  } catch (fault) {
    parts.host.log.warn('DHCP reply not sent', { mac, interface: link.interface, by: way.by, reason: String(fault) })
  }
}
