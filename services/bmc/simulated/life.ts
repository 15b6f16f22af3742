import type { Client } from '../../../machinery/api/client.ts'
import type { Udp, UdpOptions } from '../../../machinery/host/udp.ts'

/** A process that may be killed: from then on nothing it asks for is answered, and nothing it sends leaves it. */
export class Life {
  readonly #stop = new AbortController()
  #left: number

  /** `asks`: with which of its questions it dies; that one is carried out, and its answer never seen. */
  constructor(asks = Number.POSITIVE_INFINITY) {
    this.#left = asks
  }

  get signal(): AbortSignal {
    return this.#stop.signal
  }

  end(): void {
    this.#stop.abort()
  }

  /** The same client, silent after the end. */
  bound(client: Client): Client {
    return {
      get: (...asked) => this.#while(() => client.get(...asked)),
      list: (...asked) => this.#while(() => client.list(...asked)),
      pages: (...asked) => client.pages(...asked),
      watch: (...asked) => client.watch(...asked),
      create: (...asked) => this.#while(() => client.create(...asked)),
      update: (...asked) => this.#while(() => client.update(...asked)),
      updateStatus: (...asked) => this.#while(() => client.updateStatus(...asked)),
      patch: (...asked) => this.#while(() => client.patch(...asked)),
      apply: (...asked) => this.#while(() => client.apply(...asked)),
      getScale: (...asked) => this.#while(() => client.getScale(...asked)),
      scale: (...asked) => this.#while(() => client.scale(...asked)),
      delete: (...asked) => this.#while(() => client.delete(...asked)),
      deleteCollection: (...asked) => this.#while(() => client.deleteCollection(...asked)),
    }
  }

  /** Sockets that send nothing after the end. */
  opening(udp: Pick<Udp, 'open'>): Udp['open'] {
    return async (options: UdpOptions) => {
      const socket = await udp.open(options)
      return { ...socket, send: (...sent) => this.#while(() => socket.send(...sent)) }
    }
  }

  async #while<T>(ask: () => Promise<T>): Promise<T> {
    if (this.signal.aborted) return new Promise(() => undefined)
    const answered = ask()
    if (--this.#left <= 0) this.end()
    const answer = await answered
    return this.signal.aborted ? new Promise(() => undefined) : answer
  }
}
