import { Reader } from '../bytes.ts'
import { decodeFrame, type EthernetDatagram } from '../ethernet/udp.ts'
import { WireFault } from '../fault.ts'

/** A frame of a capture; `at` is in milliseconds since 1970. */
export interface CapturedFrame {
  readonly at: number
  readonly bytes: Uint8Array
}

// draft-ietf-opsawg-pcap §4: the magic number says the byte order and whether fractions are micro- or nanoseconds.
const MAGIC: Readonly<Record<number, { readonly little: boolean; readonly perMillisecond: number }>> = {
  2712847316: { little: false, perMillisecond: 1e3 },
  3569595041: { little: true, perMillisecond: 1e3 },
  2712812621: { little: false, perMillisecond: 1e6 },
  1295823521: { little: true, perMillisecond: 1e6 },
}
const ETHERNET = 1
const LONGEST_FRAME = 262_144 // tcpdump's own limit

export function decodePcap(bytes: Uint8Array): readonly CapturedFrame[] {
  const reader = new Reader(bytes)
  const order = MAGIC[reader.u32()]
  if (!order) throw new WireFault('wire/unsupported', 'not a classic pcap file')
  const u32 = () => (order.little ? reader.u32le() : reader.u32())
  reader.take(16)
  const link = u32() & 0xffff
  if (link !== ETHERNET)
    throw new WireFault('wire/unsupported', `link type ${link}; only Ethernet (1) is read`, { link })
  const frames: CapturedFrame[] = []
  while (reader.left > 0) {
    const [seconds, fraction, captured] = [u32(), u32(), u32()]
    u32() // its length on the wire
    if (captured > LONGEST_FRAME) throw new WireFault('wire/invalid', `a frame of ${captured} bytes`, { at: reader.at })
    frames.push({ at: seconds * 1000 + fraction / order.perMillisecond, bytes: reader.take(captured) })
  }
  return frames
}

/** The UDP datagrams of a capture; other frames (ARP, TCP, IPv6) are passed over. */
export function udpOf(frames: readonly CapturedFrame[]): readonly (EthernetDatagram & { readonly at: number })[] {
  return frames.flatMap(({ at, bytes }) => {
    try {
      return [{ ...decodeFrame(bytes), at }]
    } catch (fault) {
      if (fault instanceof WireFault) return []
      throw fault
    }
  })
}
