import type { Clock } from '../../../machinery/host/clock.ts'
import { HostFault } from '../../../machinery/host/fault.ts'
import type { Datagram, Endpoint, Udp, UdpSocket } from '../../../machinery/host/udp.ts'

/** Whoever answers datagrams at an address. */
interface Station {
  receive(bytes: Uint8Array): Uint8Array | undefined
}

/** What becomes of one datagram: how many copies arrive, each after so many milliseconds. None: it is lost. */
export type Fate = readonly number[]
export const DELIVERED: Fate = [0]

interface NetworkOptions {
  readonly clock: Clock
  /** Told for each datagram, counted from 0, both ways together. */
  readonly fate?: (n: number) => Fate
}

/** BMCs on a network made of memory, which loses, doubles and delays what it is told to. */
export class SimulatedNetwork implements Udp {
  /** How many datagrams were handed to it. */
  carried = 0
  readonly #stations = new Map<string, Station>()
  readonly #options: NetworkOptions
  #ports = 40_000

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  connect({ address, port }: Endpoint, station: Station): void {
    this.#stations.set(`${address}:${port}`, station)
  }

  async open(options: { receive: (datagram: Datagram, socket: UdpSocket) => void }): Promise<UdpSocket> {
    let closed = false
    const hear = (bytes: Uint8Array, from: Endpoint) => closed || options.receive({ bytes, from }, socket)
    const socket: UdpSocket = {
      local: { address: '192.0.2.1', port: ++this.#ports },
      send: async (bytes, to) => {
        const station = this.#stations.get(`${to.address}:${to.port}`)
        this.#carry(bytes, there => {
          const answer = station?.receive(there)
          if (answer) this.#carry(answer, back => hear(back, to))
        })
      },
      [Symbol.asyncDispose]: async () => {
        closed = true
      },
    }
    return socket
  }

  async openLink(): Promise<never> {
    throw new HostFault('host/no-such-interface', 'there are no interfaces here')
  }

  #carry(bytes: Uint8Array, arrive: (bytes: Uint8Array) => void): void {
    const { clock, fate = () => DELIVERED } = this.#options
    const copy = Uint8Array.from(bytes)
    for (const delay of fate(this.carried++)) {
      if (delay === 0) queueMicrotask(() => arrive(copy))
      else void clock.wait(delay).then(() => arrive(copy))
    }
  }
}
