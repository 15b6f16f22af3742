import type { EthernetDatagram } from '../ethernet/udp.ts'
import { decodePcap, udpOf } from '../pcap/pcap.ts'
import { type DhcpPacket, decodePacket } from './packet.ts'

/** A DHCP message of a capture, with the datagram it came in. */
export interface CapturedDhcp {
  readonly datagram: EthernetDatagram & { readonly at: number }
  readonly packet: DhcpPacket
}

const PORTS = new Set([67, 68])

/** The DHCP messages of a classic pcap file, in their order. */
export function dhcpOf(pcap: Uint8Array): readonly CapturedDhcp[] {
  return udpOf(decodePcap(pcap))
    .filter(({ destinationPort }) => PORTS.has(destinationPort))
    .map(datagram => ({ datagram, packet: decodePacket(datagram.payload) }))
}
