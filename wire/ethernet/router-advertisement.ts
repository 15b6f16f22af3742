import { join, Writer } from '../bytes.ts'
import { type Mac, macBytes } from '../mac.ts'
import { checksum } from './checksum.ts'

const ICMPV6 = 58
const ROUTER_ADVERTISEMENT = 134 // RFC 4861 §4.2

/**
 * An IPv6 packet with a Router Advertisement that says nothing: no router (lifetime 0), no prefix, no DHCPv6. Who hears it
 * knows that there is nothing to wait for. It goes to one machine's link-local address: iPXE drops a multicast packet that
 * comes in a unicast frame.
 */
export function encodeNoRouter(from: Mac, to: Mac): Uint8Array {
  const [source, destination] = [linkLocal(from), linkLocal(to)]
  // Type, code, checksum; hop limit, flags, lifetime; reachable time, retransmission timer.
  const message = new Writer().u8(ROUTER_ADVERTISEMENT).u8(0).u16(0).u8(0).u8(0).u16(0).u32(0).u32(0).done()
  const pseudo = join(source, destination, new Writer().u32(message.length).u32(ICMPV6).done()) // RFC 8200 §8.1
  const sum = checksum(pseudo, message)
  message.set([sum >>> 8, sum & 0xff], 2)
  // RFC 4861 §6.1.2: a hop limit of 255 proves that no router has passed it on.
  const header = new Writer().u32(0x60000000).u16(message.length).u8(ICMPV6).u8(255)
  return join(header.done(), source, destination, message)
}

/** fe80:: with the interface identifier of the MAC (RFC 4291 appendix A). */
function linkLocal(mac: Mac): Uint8Array {
  const [first = 0, ...rest] = macBytes(mac)
  const identifier = [first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)]
  return Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, ...identifier)
}
