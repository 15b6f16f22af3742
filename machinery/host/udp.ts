import type { Ipv4 } from '../../wire/ipv4.ts'
import type { Mac } from '../../wire/mac.ts'

export interface Endpoint {
  readonly address: string
  readonly port: number
}

/** One datagram as it came in, and where: what a reply needs to leave by the same way. */
export interface Datagram {
  readonly bytes: Uint8Array
  readonly from: Endpoint
  /** The local interface it came in by, when the socket is bound to one. */
  readonly interface?: string
}

export interface UdpSocket extends AsyncDisposable {
  readonly local: Endpoint
  /** Sends through the socket; the kernel chooses the way. Rejects with `host/send`. */
  send(bytes: Uint8Array, to: Endpoint): Promise<void>
}

/** A socket bound to one interface, which can also reach a client that has no address yet. */
export interface LinkSocket extends UdpSocket {
  readonly interface: string
  /** The interface's own IPv4 address: the server identifier, and the source of replies. */
  readonly address: Ipv4
  readonly mac: Mac
  /** Sends one UDP datagram in an Ethernet frame to `mac`, without asking ARP (RFC 2131 §4.1: a client cannot answer yet). */
  sendFrame(bytes: Uint8Array, to: { readonly mac: Mac } & Endpoint): Promise<void>
  /** Sends a whole IPv6 packet in an Ethernet frame to `mac`. */
  sendIpv6(packet: Uint8Array, to: Mac): Promise<void>
}

export interface UdpOptions {
  readonly address?: string
  readonly port: number
  /** Called for each datagram; what it throws is a bug of the caller and is not caught here. */
  readonly receive: (datagram: Datagram, socket: UdpSocket) => void
  /** Told of errors the socket survives, such as an interface going down. */
  readonly fault?: (error: unknown) => void
}

export interface LinkOptions {
  readonly interface: string
  readonly port: number
  readonly receive: (datagram: Datagram, socket: LinkSocket) => void
  /** Told of errors the socket survives, such as an interface going down. */
  readonly fault?: (error: unknown) => void
}

/** UDP as the services need it; `host/udp/` has the real one, `host/simulated/` one made of memory. */
export interface Udp {
  /** Rejects with a HostFault: `host/port-in-use`, `host/not-permitted`, `host/no-such-address`. */
  open(options: UdpOptions): Promise<UdpSocket>
  /** As `open`, on one interface: `host/no-such-interface`, `host/no-address` besides. */
  openLink(options: LinkOptions): Promise<LinkSocket>
}
