import type { Host } from '../../../machinery/host/host.ts'
import type { Endpoint, Udp, UdpSocket } from '../../../machinery/host/udp.ts'
import { WireFault } from '../../../wire/fault.ts'
import { decodePacket, type Packet } from '../../../wire/ipmi/packet.ts'
import { PowerFault } from '../fault.ts'

/** One question to the BMC, and how to know its answer. */
export interface Question<T> {
  /** What is asked, for the sentence that says that nobody answered. */
  readonly what: string
  /** The bytes to send; asked anew for each repetition, since each needs a number of its own. */
  readonly packet: () => Uint8Array
  /** What the packet says; undefined, or a WireFault, when it is not the answer. */
  readonly answer: (packet: Packet) => T | undefined
  /** How long to wait after each sending, in milliseconds; the last one ends in `bmc/unreachable`. */
  readonly waits?: readonly number[]
}

/** BMCs are slow and lossy: 7.5 s in all, the first repetition soon. */
export const WAITS = [500, 1000, 2000, 4000] as const

export interface ExchangeParts {
  readonly udp: Udp
  readonly host: Host
  /** Ends every wait for an answer, when the service ends. */
  readonly signal?: AbortSignal | undefined
}

/** One socket to one BMC: asks, repeats, and takes the first packet that answers. Questions wait for one another. */
export class Exchange implements AsyncDisposable {
  readonly #host: Host
  readonly #signal: AbortSignal | undefined
  readonly #to: Endpoint
  readonly #socket: UdpSocket
  #hear: (packet: Packet) => void = () => this.#strays++
  #strays = 0
  #turn: Promise<void> = Promise.resolve()

  private constructor(socket: UdpSocket, to: Endpoint, { host, signal }: ExchangeParts) {
    this.#socket = socket
    this.#to = to
    this.#host = host
    this.#signal = signal
  }

  static async open(to: Endpoint, parts: ExchangeParts): Promise<Exchange> {
    let exchange: Exchange | undefined
    const socket = await parts.udp.open({
      port: 0,
      receive: ({ bytes, from }) => {
        if (exchange && from.address === to.address && from.port === to.port) exchange.#receive(bytes)
      },
    })
    exchange = new Exchange(socket, to, parts)
    return exchange
  }

  /** Packets that were not what was asked for: late, doubled, or not for us. */
  get strays(): number {
    return this.#strays
  }

  async ask<T>(question: Question<T>): Promise<T> {
    const before = this.#turn
    const { promise: over, resolve: finish } = Promise.withResolvers<void>()
    this.#turn = over
    await before
    return this.#askNow(question).finally(finish)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#socket[Symbol.asyncDispose]()
  }

  async #askNow<T>(question: Question<T>): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<T>()
    this.#hear = packet => {
      const answer = question.answer(packet)
      if (answer === undefined) this.#strays++
      else resolve(answer)
    }
    try {
      return await this.#repeat(question, promise)
    } finally {
      this.#hear = () => this.#strays++
    }
  }

  async #repeat<T>({ what, packet, waits = WAITS }: Question<T>, answered: Promise<T>): Promise<T> {
    let refused: unknown
    const start = this.#host.clock.now()
    for (const wait of waits) {
      this.#signal?.throwIfAborted()
      const bytes = packet()
      refused = await this.#socket.send(bytes, this.#to).then(
        () => undefined,
        (fault: unknown) => fault, // no route just now: as good as a lost packet
      )
      const answer = await this.#within(wait, answered)
      if (answer) return answer.value
    }
    this.#signal?.throwIfAborted()
    const seconds = (this.#host.clock.now() - start) / 1000
    const { address, port } = this.#to
    const sentence = `the BMC ${address}:${port} did not answer ${what}, asked ${waits.length} times in ${seconds} s`
    throw new PowerFault('bmc/unreachable', sentence, { host: address, port, what, times: waits.length }, refused)
  }

  async #within<T>(milliseconds: number, answered: Promise<T>): Promise<{ value: T } | undefined> {
    const over = new AbortController()
    const signal = this.#signal ? AbortSignal.any([over.signal, this.#signal]) : over.signal
    const late = this.#host.clock.wait(milliseconds, signal).then(
      () => undefined,
      () => undefined, // called off: the answer came, or the service ends
    )
    try {
      return await Promise.race([answered.then(value => ({ value })), late])
    } finally {
      over.abort()
    }
  }

  #receive(bytes: Uint8Array): void {
    try {
      this.#hear(decodePacket(bytes))
    } catch (fault) {
      if (!(fault instanceof WireFault)) throw fault
      this.#strays++
      this.#host.log.debug('BMC packet dropped', {
        host: this.#to.address,
        reason: fault.message,
        strays: this.#strays,
      })
    }
  }
}
