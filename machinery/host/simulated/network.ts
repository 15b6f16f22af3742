import { ANY, BROADCAST, type Ipv4 } from '../../../wire/ipv4.ts'
import type { Mac } from '../../../wire/mac.ts'
import { HostFault, hostFault } from '../fault.ts'
import type { Endpoint, LinkOptions, LinkSocket, Udp, UdpOptions, UdpSocket } from '../udp.ts'

/** A simulated machine's interface, plugged into a wire. `0.0.0.0` while it has no address. */
export interface Plug {
  readonly name: string
  readonly wire: string
  readonly address: Ipv4
  readonly mac: Mac
}

/** A datagram under way; `toMac` when it was sent as a frame. */
export interface Flight {
  readonly bytes: Uint8Array
  readonly from: Endpoint & { readonly plug: Plug }
  readonly to: Endpoint
  readonly toMac?: Mac
}

interface Bound {
  readonly plugs: readonly Plug[]
  readonly address: string
  readonly port: number
  readonly deliver: (flight: Flight, plug: Plug) => void
}

/** Wires made of memory, with as many machines on them as a test wants, and as lossy as it wants. */
export class SimulatedNetwork {
  readonly #bound = new Set<Bound>()
  readonly #flying = new Set<Promise<void>>()
  #nextPort = 49_152
  /** Every datagram that was sent, lost ones too. */
  readonly sent: Flight[] = []
  /** IPv6 packets; nobody on these wires hears them. */
  readonly sentIpv6: { readonly packet: Uint8Array; readonly to: Mac }[] = []
  /** Says which datagrams never arrive. */
  loses: (flight: Flight) => boolean = () => false

  /** The UDP of a new machine with these interfaces. */
  machine(...plugs: readonly Plug[]): Udp {
    return {
      open: async options => this.#open(plugs, options),
      openLink: async options => this.#openLink(plugs, options),
    }
  }

  /** Resolves when nothing is under way any more. */
  async quiet(): Promise<void> {
    while (this.#flying.size > 0) await Promise.all(this.#flying)
  }

  #open(plugs: readonly Plug[], { address = ANY, port, receive }: UdpOptions): UdpSocket {
    const trying = `listening on UDP ${address}:${port}`
    if (address !== ANY && !plugs.some(plug => plug.address === address)) {
      throw hostFault({ code: 'EADDRNOTAVAIL' }, trying)
    }
    const deliver = ({ bytes, from }: Flight) => receive({ bytes, from: endpoint(from) }, socket)
    const bound = this.#bind({ plugs, address, port, deliver }, trying)
    const socket = this.#socket(bound, { address, port: bound.port })
    return socket
  }

  #openLink(plugs: readonly Plug[], options: LinkOptions): LinkSocket {
    const trying = `listening on UDP port ${options.port} of interface ${options.interface}`
    const plug = plugs.find(({ name }) => name === options.interface)
    if (!plug) throw hostFault({ code: 'ENODEV' }, trying)
    const deliver = ({ bytes, from }: Flight) =>
      options.receive({ bytes, from: endpoint(from), interface: plug.name }, socket)
    const bound = this.#bind({ plugs: [plug], address: ANY, port: options.port, deliver }, trying)
    const local = { address: plug.address, port: bound.port }
    const socket: LinkSocket = {
      ...this.#socket(bound, local),
      interface: plug.name,
      address: plug.address,
      mac: plug.mac,
      sendFrame: async (bytes, { mac, address, port }) =>
        this.#fly({ bytes: bytes.slice(), from: { ...local, plug }, to: { address, port }, toMac: mac }),
      sendIpv6: async (packet, to) => void this.sentIpv6.push({ packet, to }),
    }
    return socket
  }

  #bind(wanted: Bound, trying: string): Bound {
    const bound = { ...wanted, port: wanted.port || this.#nextPort++ }
    const taken = [...this.#bound].some(
      other =>
        other.port === bound.port &&
        other.plugs.some(plug => bound.plugs.includes(plug)) &&
        (other.address === ANY || bound.address === ANY || other.address === bound.address),
    )
    if (taken) throw hostFault({ code: 'EADDRINUSE' }, trying)
    this.#bound.add(bound)
    return bound
  }

  #socket(bound: Bound, local: Endpoint): UdpSocket {
    return {
      local,
      send: async (bytes, to) => {
        const plug = bound.plugs.find(({ address }) => address === bound.address) ?? this.#way(bound, to)
        if (!plug) throw new HostFault('host/send', `sending to ${to.address}: no interface`, {})
        this.#fly({ bytes: bytes.slice(), from: { address: plug.address, port: bound.port, plug }, to })
      },
      [Symbol.asyncDispose]: async () => {
        this.#bound.delete(bound)
      },
    }
  }

  /** The interface whose wire the receiver is on. */
  #way(bound: Bound, to: Endpoint): Plug | undefined {
    const wires = new Set(
      [...this.#bound].flatMap(({ plugs }) => plugs.filter(plug => plug.address === to.address).map(plug => plug.wire)),
    )
    return bound.plugs.find(plug => wires.has(plug.wire)) ?? bound.plugs[0]
  }

  #fly(flight: Flight): void {
    this.sent.push(flight)
    if (this.loses(flight)) return
    const landed = new Promise<void>(resolve => setImmediate(resolve)).then(() => this.#land(flight))
    this.#flying.add(landed)
    void landed.finally(() => this.#flying.delete(landed))
  }

  #land(flight: Flight): void {
    for (const bound of this.#bound) {
      if (bound.port !== flight.to.port) continue
      const plug = bound.plugs.find(plug => plug !== flight.from.plug && reaches(flight, plug, bound))
      if (plug) bound.deliver(flight, plug)
    }
  }
}

function reaches(flight: Flight, plug: Plug, bound: Bound): boolean {
  if (plug.wire !== flight.from.plug.wire) return false
  if (flight.toMac) return plug.mac === flight.toMac
  if (flight.to.address === BROADCAST) return bound.address === ANY
  return plug.address === flight.to.address && (bound.address === ANY || bound.address === plug.address)
}

function endpoint({ address, port }: Endpoint): Endpoint {
  return { address, port }
}
