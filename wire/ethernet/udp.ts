import { join, Reader, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { type Ipv4, ipv4Bytes, ipv4From } from '../ipv4.ts'
import { type Mac, macFrom } from '../mac.ts'
import { checksum } from './checksum.ts'

/** A UDP datagram with the addresses of its IPv4 header. */
export interface UdpPacket {
  readonly source: Ipv4
  readonly sourcePort: number
  readonly destination: Ipv4
  readonly destinationPort: number
  readonly payload: Uint8Array
}

const UDP = 17 // RFC 790
const ETHERTYPE = { ipv4: 0x0800, vlan: 0x8100 }

/** An IPv4 packet (RFC 791 §3.1) with a UDP datagram (RFC 768), both checksums filled in. */
export function encodeUdpPacket(packet: UdpPacket): Uint8Array {
  const addresses = join(ipv4Bytes(packet.source), ipv4Bytes(packet.destination))
  const length = 8 + packet.payload.length
  const header = new Writer()
    .u8(0x45)
    .u8(0)
    .u16(20 + length)
    .u16(0)
    .u16(0x4000)
    .u8(64)
    .u8(UDP)
    .u16(0)
    .bytes(addresses)
  const ip = withChecksum(header.done(), 10, checksum(header.done()))
  const udp = new Writer().u16(packet.sourcePort).u16(packet.destinationPort).u16(length).u16(0).bytes(packet.payload)
  const pseudo = join(addresses, new Writer().u16(UDP).u16(length).done())
  // RFC 768: a sum of zero is sent as all ones, since zero means that there is none.
  return join(ip, withChecksum(udp.done(), 6, checksum(pseudo, udp.done()) || 0xffff))
}

function withChecksum(bytes: Uint8Array, at: number, sum: number): Uint8Array {
  bytes.set([sum >>> 8, sum & 0xff], at)
  return bytes
}

/** Reads an IPv4 packet that carries UDP; checksums are left to the hardware that received it. */
export function decodeUdpPacket(bytes: Uint8Array): UdpPacket {
  const reader = new Reader(bytes)
  const first = reader.u8()
  if (first >>> 4 !== 4) throw new WireFault('wire/unsupported', `IP version ${first >>> 4}`)
  reader.u8()
  const total = reader.u16()
  reader.u16()
  if ((reader.u16() & 0x3fff) !== 0) throw new WireFault('wire/unsupported', 'a fragment of an IPv4 packet')
  reader.u8()
  const protocol = reader.u8()
  if (protocol !== UDP) throw new WireFault('wire/unsupported', `IP protocol ${protocol}`)
  reader.u16()
  const [source, destination] = [address(reader), address(reader)]
  const header = (first & 15) * 4
  if (header < 20 || total < header)
    throw new WireFault('wire/invalid', 'the IPv4 header length is wrong', { header, total })
  reader.take(header - 20)
  const udp = new Reader(reader.take(total - header))
  const [sourcePort, destinationPort, length] = [udp.u16(), udp.u16(), udp.u16()]
  udp.u16()
  if (length < 8) throw new WireFault('wire/invalid', 'the UDP length is below its header', { length })
  return { source, destination, sourcePort, destinationPort, payload: udp.take(length - 8) }
}

/** A datagram and the Ethernet addresses of the frame it came in. */
export interface EthernetDatagram extends UdpPacket {
  readonly from: Mac | undefined
  readonly to: Mac | undefined
}

/** Reads an Ethernet II frame, one VLAN tag allowed. */
export function decodeFrame(bytes: Uint8Array): EthernetDatagram {
  const reader = new Reader(bytes)
  const [to, from] = [macFrom(reader.take(6)), macFrom(reader.take(6))]
  let type = reader.u16()
  if (type === ETHERTYPE.vlan) {
    reader.u16()
    type = reader.u16()
  }
  if (type !== ETHERTYPE.ipv4) throw new WireFault('wire/unsupported', `EtherType 0x${type.toString(16)}`)
  return { ...decodeUdpPacket(reader.rest()), from, to }
}

function address(reader: Reader): Ipv4 {
  const bytes = ipv4From(reader.take(4))
  if (!bytes) throw new WireFault('wire/invalid', 'an IPv4 address of other than four bytes')
  return bytes
}
