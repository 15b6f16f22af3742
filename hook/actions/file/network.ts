import { type Ipv4, ipv4From, parseIpv4, prefixLength } from '../../../wire/ipv4.ts'
import { type Mac, parseMac } from '../../../wire/mac.ts'
import { ActionFault } from '../fault.ts'
import type { Machine } from '../world.ts'

/** The network as it works right now on the interface that the machine booted from. */
export interface Network {
  readonly interface: string
  readonly mac: Mac
  readonly address: Ipv4
  readonly prefix: number
  readonly gateway: Ipv4 | undefined
  readonly nameservers: readonly string[]
  readonly search: readonly string[]
}

interface Link {
  readonly name: string
  readonly mac: Mac
  readonly address: Ipv4
  readonly prefix: number
}

export async function runningNetwork(machine: Machine): Promise<Network> {
  const [cmdline = '', routes = '', resolv = ''] = await Promise.all([
    machine.read('/proc/cmdline'),
    machine.read('/proc/net/route'),
    machine.read('/etc/resolv.conf'),
  ])
  const links = linksOf(machine)
  const wanted = parseMac(/(?:^|\s)hw_addr=(\S+)/.exec(cmdline)?.[1] ?? '')
  const defaults = gateways(routes)
  const link =
    links.find(each => each.mac === wanted) ?? links.find(each => defaults.has(each.name)) ?? links.find(() => !wanted)
  if (!link) throw new ActionFault('action/device', `no interface${wanted ? ` ${wanted}` : ''} has an IPv4 address`)
  const { name, ...rest } = link
  return { interface: name, ...rest, gateway: defaults.get(name), ...resolver(resolv) }
}

function linksOf(machine: Machine): Link[] {
  return Object.entries(machine.interfaces()).flatMap(([name, addresses = []]) =>
    addresses.flatMap(({ family, internal, mac, address, netmask }) => {
      const [hardware, ip, mask] = [parseMac(mac), parseIpv4(address), parseIpv4(netmask)]
      if (family !== 'IPv4' || internal || !hardware || !ip || !mask) return []
      return [{ name, mac: hardware, address: ip, prefix: prefixLength(mask) ?? 32 }]
    }),
  )
}

/** Default gateways by interface from /proc/net/route: hexadecimal numbers in the order of a little-endian machine. */
export function gateways(routes: string): ReadonlyMap<string, Ipv4> {
  const found = new Map<string, Ipv4>()
  for (const line of routes.split('\n').slice(1)) {
    const [name, destination, gateway] = line.trim().split(/\s+/)
    if (!name || destination !== '00000000' || !gateway || found.has(name)) continue
    const address = ipv4From(
      Uint8Array.from((gateway.match(/../g) ?? []).toReversed(), pair => Number.parseInt(pair, 16)),
    )
    if (address && address !== '0.0.0.0') found.set(name, address)
  }
  return found
}

function resolver(text: string): Pick<Network, 'nameservers' | 'search'> {
  const words = text.split('\n').map(line => line.trim().split(/\s+/))
  return {
    nameservers: words.flatMap(([key, value]) => (key === 'nameserver' && value ? [value] : [])),
    search: words.findLast(([key]) => key === 'search')?.slice(1) ?? [],
  }
}
