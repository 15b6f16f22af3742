import type { Dhcp } from '../../machinery/api/hardware.ts'
import type { Route } from '../../wire/dhcp/routes.ts'
import { type Ipv4, ipv4Bytes, ipv4From, parseIpv4, prefixLength } from '../../wire/ipv4.ts'

/** What an interface of a Hardware is given. */
export interface Lease {
  readonly address: Ipv4
  readonly netmask: Ipv4
  readonly gateway: Ipv4 | undefined
  readonly nameServers: readonly Ipv4[]
  readonly timeServers: readonly Ipv4[]
  readonly routes: readonly Route[]
  readonly hostname: string | undefined
  readonly domain: string | undefined
  /** Seconds; `FOR_EVER` never ends. */
  readonly seconds: number
  readonly vlan: string | undefined
  /** Another server's boot file, which the operator has set instead of ours. */
  readonly custom: { readonly server: string; readonly file: string } | undefined
  /** Fields that could not be used, each with its value: told in the log, never a reason to leave a machine without address. */
  readonly skipped: readonly string[]
}

export const FOR_EVER = 0xffffffff // RFC 2131 §3.3
const WEEK = 7 * 24 * 3600

/** The lease in a `dhcp` stanza, or why there is none. */
export function leaseOf(dhcp: Dhcp): { readonly lease: Lease } | { readonly wrong: string } {
  const { ip } = dhcp
  if (!ip?.address) return { wrong: 'dhcp.ip.address is not set' }
  const address = parseIpv4(ip.address)
  if (!address) return { wrong: `dhcp.ip.address "${ip.address}" is not an IPv4 address` }
  const netmask = parseIpv4(ip.netmask ?? '')
  if (!netmask || prefixLength(netmask) === undefined)
    return { wrong: `dhcp.ip.netmask "${ip.netmask ?? ''}" is not a netmask` }
  const skipped: string[] = []
  const address4 = (field: string, text: string | undefined) => {
    const parsed = text ? parseIpv4(text) : undefined
    if (text && !parsed) skipped.push(`${field} "${text}"`)
    return parsed
  }
  const all = (field: string, texts: readonly string[] | undefined) =>
    (texts ?? []).flatMap(text => address4(field, text) ?? [])
  const lease = {
    address,
    netmask,
    gateway: address4('dhcp.ip.gateway', ip.gateway),
    nameServers: all('dhcp.name_servers', dhcp.name_servers),
    timeServers: all('dhcp.time_servers', dhcp.time_servers),
    routes: routesOf(dhcp, skipped),
    hostname: dhcp.hostname || undefined,
    domain: dhcp.domain_name || undefined,
    // Zero would be a lease that is over when it begins; a stanza without a time means no particular time.
    seconds: dhcp.lease_time || WEEK,
    vlan: dhcp.vlan_id || undefined,
    custom: customOf(dhcp, skipped),
    skipped,
  }
  return { lease }
}

function customOf(dhcp: Dhcp, skipped: string[]): Lease['custom'] {
  const { tftp_server_name: server, boot_file_name: file } = dhcp
  if (server && file) return { server, file }
  if (server || file) skipped.push('dhcp.tftp_server_name and dhcp.boot_file_name: only one of the two is set')
  return undefined
}

function routesOf(dhcp: Dhcp, skipped: string[]): readonly Route[] {
  return (dhcp.classless_static_routes ?? []).flatMap(({ destination_descriptor: destination, router: via }) => {
    const [network = '', bits = ''] = destination.split('/')
    const [address, router, prefix] = [parseIpv4(network), parseIpv4(via), Number(bits || 'NaN')]
    if (address && router && Number.isInteger(prefix) && prefix >= 0 && prefix <= 32)
      return [{ network: address, prefix, router }]
    skipped.push(`dhcp.classless_static_routes "${destination}" via "${via}"`)
    return []
  })
}

export function broadcastOf({ address, netmask }: Pick<Lease, 'address' | 'netmask'>): Ipv4 {
  const mask = ipv4Bytes(netmask)
  const bytes = ipv4Bytes(address).map((byte, at) => byte | (~(mask[at] ?? 0) & 255))
  return ipv4From(bytes) ?? address
}
