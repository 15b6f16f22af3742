import { Cidr, cidrFrom, Ip, ipFrom } from '../address.ts'
import type { Table } from '../function.ts'
import { Failure, type Value } from '../value.ts'

function withIp(text: string, use: (ip: Ip) => Value): Value {
  const ip = ipFrom(text)
  return ip instanceof Failure ? ip : use(ip)
}

function isLoopback({ family, bytes }: Ip): boolean {
  return family === 4 ? bytes[0] === 127 : bytes.slice(0, 15).every(byte => byte === 0) && bytes[15] === 1
}

function isUnspecified({ bytes }: Ip): boolean {
  return bytes.every(byte => byte === 0)
}

function isMulticast({ family, bytes }: Ip): boolean {
  return family === 4 ? ((bytes[0] ?? 0) & 0xf0) === 0xe0 : bytes[0] === 0xff
}

function isLinkLocalMulticast({ family, bytes }: Ip): boolean {
  if (family === 4) return bytes[0] === 224 && bytes[1] === 0 && bytes[2] === 0
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0x0f) === 2
}

function isLinkLocalUnicast({ family, bytes }: Ip): boolean {
  if (family === 4) return bytes[0] === 169 && bytes[1] === 254
  return bytes[0] === 0xfe && ((bytes[1] ?? 0) & 0xc0) === 0x80
}

/** Private addresses count as well; the broadcast address does not. */
function isGlobalUnicast(ip: Ip): boolean {
  const broadcast = ip.family === 4 && ip.bytes.every(byte => byte === 255)
  return !broadcast && !isUnspecified(ip) && !isLoopback(ip) && !isMulticast(ip) && !isLinkLocalUnicast(ip)
}

function containsCidr(cidr: Cidr, text: string): Value {
  const other = cidrFrom(text)
  return other instanceof Failure ? other : cidr.containsCidr(other)
}

/** IP addresses and networks (Kubernetes' `net.ip` and `net.cidr`). */
export const ADDRESSES: Table = [
  ['ip(string) ip', ipFrom],
  ['isIP(string) bool', (text: string) => ipFrom(text) instanceof Ip],
  ['ip.isCanonical(string) bool', (text: string) => withIp(text, ip => ip.text === text)],
  ['string(ip) string', (ip: Ip) => ip.text],
  ['.family(ip) int', (ip: Ip) => BigInt(ip.family)],
  ['.isUnspecified(ip) bool', isUnspecified],
  ['.isLoopback(ip) bool', isLoopback],
  ['.isLinkLocalMulticast(ip) bool', isLinkLocalMulticast],
  ['.isLinkLocalUnicast(ip) bool', isLinkLocalUnicast],
  ['.isGlobalUnicast(ip) bool', isGlobalUnicast],
  ['cidr(string) cidr', cidrFrom],
  ['isCIDR(string) bool', (text: string) => cidrFrom(text) instanceof Cidr],
  ['string(cidr) string', (cidr: Cidr) => cidr.text],
  ['.containsIP(cidr, string) bool', (cidr: Cidr, text: string) => withIp(text, ip => cidr.containsIp(ip))],
  ['.containsIP(cidr, ip) bool', (cidr: Cidr, ip: Ip) => cidr.containsIp(ip)],
  ['.containsCIDR(cidr, string) bool', containsCidr],
  ['.containsCIDR(cidr, cidr) bool', (cidr: Cidr, other: Cidr) => cidr.containsCidr(other)],
  ['.ip(cidr) ip', (cidr: Cidr) => cidr.ip],
  ['.prefixLength(cidr) int', (cidr: Cidr) => BigInt(cidr.bits)],
  ['.masked(cidr) cidr', (cidr: Cidr) => cidr.masked],
]
