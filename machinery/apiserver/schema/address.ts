import { ipv4Bytes, ipv6Bytes } from './ip.ts'
import { parseUrl } from './url.ts'

/** Formats that are addresses, as Go's `net` and `net/mail` read them. */

/** An IPv6 address that ends in an IPv4 one passes too. */
export function isIpv4(text: string): boolean {
  return text.includes('.') && (ipv4Bytes(text, { sloppy: true }) ?? ipv6Bytes(text)) !== undefined
}

export function isIpv6(text: string): boolean {
  return ipv6Bytes(text) !== undefined
}

export function isCidr(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  if (length === undefined || more.length > 0 || !/^\d{1,7}$/.test(length)) return false
  if (ipv4Bytes(address, { sloppy: true })) return Number(length) <= 32
  return ipv6Bytes(address) !== undefined && Number(length) <= 128
}

const HEX_PAIRS = /^[0-9a-f]{2}(?:([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2})*)$/i
const HEX_FOURS = /^[0-9a-f]{4}(?:\.[0-9a-f]{4})+$/i

/** Six, eight or twenty bytes, parted by colons, dashes or, two bytes at a time, dots. */
export function isMac(text: string): boolean {
  const bytes = HEX_PAIRS.test(text) ? (text.length + 1) / 3 : HEX_FOURS.test(text) ? (2 * (text.length + 1)) / 5 : 0
  return [6, 8, 20].includes(bytes)
}

export function isRequestUri(text: string): boolean {
  return parseUrl(text, { request: true }) !== undefined
}
