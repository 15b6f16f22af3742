import { quote } from '../schema/gotext.ts'
import { ipv4Bytes, ipv6Bytes } from '../schema/ip.ts'
import { CIDR, IP } from './type.ts'
import { Failure, type Opaque, type Value } from './value.ts'

/** An IP address of either family. */
export class Ip implements Opaque {
  readonly opaque = IP.name
  readonly bytes: readonly number[]

  constructor(bytes: readonly number[]) {
    this.bytes = bytes
  }

  get family(): 4 | 6 {
    return this.bytes.length === 4 ? 4 : 6
  }

  equals(other: Value): boolean {
    return other instanceof Ip && other.text === this.text
  }

  /** As RFC 5952 wants it. */
  get text(): string {
    return this.family === 4 ? this.bytes.join('.') : ipv6Text(this.bytes)
  }
}

function ipv6Text(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0))
  const runs = groups.map((_, at) => groups.slice(at).findIndex(group => group !== 0))
  const lengths = runs.map((run, at) => (run < 0 ? 8 - at : run))
  const longest = Math.max(...lengths)
  const hex = (some: readonly number[]) => some.map(group => group.toString(16)).join(':')
  if (longest < 2) return hex(groups)
  const at = lengths.indexOf(longest)
  return `${hex(groups.slice(0, at))}::${hex(groups.slice(at + longest))}`
}

/** An address and how many of its bits name the network. */
export class Cidr implements Opaque {
  readonly opaque = CIDR.name
  readonly ip: Ip
  readonly bits: number

  constructor(ip: Ip, bits: number) {
    this.ip = ip
    this.bits = bits
  }

  equals(other: Value): boolean {
    return other instanceof Cidr && other.bits === this.bits && other.ip.equals(this.ip)
  }

  get text(): string {
    return `${this.ip.text}/${this.bits}`
  }

  get masked(): Cidr {
    return new Cidr(new Ip(masked(this.ip.bytes, this.bits)), this.bits)
  }

  containsIp(ip: Ip): boolean {
    return ip.family === this.ip.family && new Ip(masked(ip.bytes, this.bits)).equals(this.masked.ip)
  }

  containsCidr(other: Cidr): boolean {
    return this.bits <= other.bits && this.containsIp(other.ip)
  }
}

function masked(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))) & 0xff)
}

const NO_IP = 'unable to parse IP'

export function ipFrom(text: string): Ip | Failure {
  const [address = '', zone] = text.split('%')
  const bytes = ipv4Bytes(text) ?? ipv6Bytes(address)
  if (!bytes)
    return new Failure(
      `IP Address ${quote(text)} parse error during conversion from string: ParseAddr(${quote(text)}): ${NO_IP}`,
    )
  if (zone !== undefined) return new Failure(`IP address ${quote(text)} with zone value is not allowed`)
  if (isMapped(bytes)) return new Failure(`IPv4-mapped IPv6 address ${quote(text)} is not allowed`)
  return new Ip(bytes)
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 255 && bytes[11] === 255
}

const CIDR_FAULT = 'network address parse error during conversion from string'

export function cidrFrom(text: string): Cidr | Failure {
  const slash = text.lastIndexOf('/')
  const length = text.slice(slash + 1)
  const wrong = (why: string) => new Failure(`${CIDR_FAULT}: ${CIDR_FAULT}: netip.ParsePrefix(${quote(text)}): ${why}`)
  if (slash < 0) return wrong("no '/'")
  const bytes = ipv4Bytes(text.slice(0, slash)) ?? ipv6Bytes(text.slice(0, slash))
  if (!bytes) return wrong(`ParseAddr(${quote(text.slice(0, slash))}): ${NO_IP}`)
  if (!/^(0|[1-9]\d{0,2})$/.test(length)) return wrong(`bad bits after slash: ${quote(length)}`)
  if (Number(length) > bytes.length * 8) return wrong('prefix length out of range')
  if (isMapped(bytes)) return new Failure(`${CIDR_FAULT}: IPv4-mapped IPv6 address ${quote(text)} is not allowed`)
  return new Cidr(new Ip(bytes), Number(length))
}
