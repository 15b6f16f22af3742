import { Reader, utf8, Writer } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { type Ipv4, ipv4Bytes } from '../ipv4.ts'
import { type Mac, macFrom } from '../mac.ts'
import { ipv4 } from '../value.ts'
import { ask, FIELD } from './field.ts'
import { decodeOptions, encodeOptions, type Options } from './options.ts'

/** A DHCPv4 message in the names of RFC 2131 §2. */
export interface DhcpPacket {
  readonly op: 'request' | 'reply'
  /** Hardware type; 1 is Ethernet. */
  readonly htype: number
  readonly hops: number
  readonly xid: number
  readonly secs: number
  /** The client cannot take unicast before it has its address. */
  readonly broadcast: boolean
  readonly ciaddr: Ipv4
  readonly yiaddr: Ipv4
  readonly siaddr: Ipv4
  readonly giaddr: Ipv4
  /** The client's hardware address, at most 16 bytes. */
  readonly chaddr: Uint8Array
  readonly sname: string
  readonly file: string
  readonly options: Options
}

const OP = { request: 1, reply: 2 } as const
const COOKIE = 0x63825363 // RFC 2131 §3
const SIZE = { chaddr: 16, sname: 64, file: 128, least: 300, most: 4096 } // RFC 951 §3; clients drop what is below 300, and no link carries 4096
const BROADCAST_FLAG = 0x8000

export function decodePacket(bytes: Uint8Array): DhcpPacket {
  if (bytes.length > SIZE.most) throw new WireFault('wire/invalid', `a message of ${bytes.length} bytes`)
  const reader = new Reader(bytes)
  const op = decodeOp(reader.u8())
  const [htype, hlen, hops] = [reader.u8(), reader.u8(), reader.u8()]
  if (hlen > SIZE.chaddr) throw new WireFault('wire/invalid', `a hardware address of ${hlen} bytes`, { hlen })
  const [xid, secs, flags] = [reader.u32(), reader.u16(), reader.u16()]
  const [ciaddr, yiaddr, siaddr, giaddr] = [address(reader), address(reader), address(reader), address(reader)]
  const chaddr = reader.take(SIZE.chaddr).subarray(0, hlen)
  const [sname, file] = [reader.take(SIZE.sname), reader.take(SIZE.file)]
  if (reader.u32() !== COOKIE)
    throw new WireFault('wire/unsupported', 'BOOTP without DHCP: the magic cookie is missing')
  const { options, free } = overloaded(decodeOptions(reader), { sname, file })
  const addresses = { ciaddr, yiaddr, siaddr, giaddr, chaddr }
  return { op, htype, hops, xid, secs, broadcast: (flags & BROADCAST_FLAG) !== 0, ...addresses, ...free, options }
}

type Names = { readonly sname: Uint8Array; readonly file: Uint8Array }

/** Option 52 (RFC 2132 §9.3): the fields `file` and then `sname` may hold more options instead of names. */
function overloaded(options: Map<number, Uint8Array>, names: Names) {
  const overload = ask(options, FIELD.overload) ?? 0
  if (overload & 1) decodeOptions(new Reader(names.file), options)
  if (overload & 2) decodeOptions(new Reader(names.sname), options)
  const free = {
    sname: overload & 2 ? '' : zeroTerminated(names.sname),
    file: overload & 1 ? '' : zeroTerminated(names.file),
  }
  options.delete(FIELD.overload.code)
  return { options, free }
}

/** Throws a RangeError when `sname` or `file` do not fit: nothing is ever cut silently. */
export function encodePacket(packet: DhcpPacket): Uint8Array {
  const writer = new Writer()
    .bytes([OP[packet.op], packet.htype, packet.chaddr.length, packet.hops])
    .u32(packet.xid)
    .u16(packet.secs)
    .u16(packet.broadcast ? BROADCAST_FLAG : 0)
  for (const value of [packet.ciaddr, packet.yiaddr, packet.siaddr, packet.giaddr]) writer.bytes(ipv4Bytes(value))
  writer.padded(packet.chaddr, SIZE.chaddr)
  writer.padded(fitting(packet.sname, SIZE.sname), SIZE.sname).padded(fitting(packet.file, SIZE.file), SIZE.file)
  writer.u32(COOKIE).bytes(encodeOptions(packet.options))
  return writer.bytes(new Uint8Array(Math.max(0, SIZE.least - writer.length))).done()
}

/** Whether a name fits into the `file` field with the zero that ends it. */
export function fitsFile(file: string): boolean {
  return utf8.encode(file).length < SIZE.file
}

/** The client's Ethernet address; undefined on other kinds of hardware. */
export function clientMac(packet: DhcpPacket): Mac | undefined {
  return packet.htype === 1 ? macFrom(packet.chaddr) : undefined
}

function decodeOp(byte: number): DhcpPacket['op'] {
  if (byte === OP.request) return 'request'
  if (byte === OP.reply) return 'reply'
  throw new WireFault('wire/invalid', `op ${byte} is neither request nor reply`, { op: byte })
}

function address(reader: Reader): Ipv4 {
  return ipv4.decode(reader.take(4))
}

function zeroTerminated(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return utf8.decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function fitting(value: string, size: number): Uint8Array {
  const bytes = utf8.encode(value)
  if (bytes.length >= size) throw new RangeError(`"${value}" does not fit into a field of ${size} bytes`)
  return bytes
}
