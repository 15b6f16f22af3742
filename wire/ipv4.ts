/** An IPv4 address as `10.0.0.1`, each part 0 to 255 without leading zeros. */
export type Ipv4 = string & { readonly is: 'Ipv4' }

const PART = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
const SHAPE = new RegExp(`^${PART}\\.${PART}\\.${PART}\\.${PART}$`)

export const ANY = '0.0.0.0' as Ipv4
export const BROADCAST = '255.255.255.255' as Ipv4

export function parseIpv4(text: string): Ipv4 | undefined {
  return SHAPE.test(text) ? (text as Ipv4) : undefined
}

export function ipv4Bytes(address: Ipv4): Uint8Array {
  return Uint8Array.from(address.split('.'), Number)
}

/** Four bytes as an address; undefined for any other length. */
export function ipv4From(bytes: Uint8Array): Ipv4 | undefined {
  return bytes.length === 4 ? (Array.from(bytes).join('.') as Ipv4) : undefined
}

export function ipv4Number(address: Ipv4): number {
  return ipv4Bytes(address).reduce((sum, part) => sum * 256 + part, 0)
}

/** The length of a netmask such as 255.255.255.0 (24); undefined when its ones are not in one row. */
export function prefixLength(netmask: Ipv4): number | undefined {
  const bits = ipv4Number(netmask).toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? `${bits}0`.indexOf('0') : undefined
}

/** Whether two addresses lie in one network of this mask. */
export function sameNetwork(one: Ipv4, other: Ipv4, netmask: Ipv4): boolean {
  const mask = ipv4Number(netmask)
  return (ipv4Number(one) & mask) === (ipv4Number(other) & mask)
}
