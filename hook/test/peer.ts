import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** What the placeholder worker and syslog talk to; a virtual machine reaches it as 10.0.2.2 (QEMU's user network). */
export class Peer implements AsyncDisposable {
  readonly syslog: string[] = []
  readonly #workers = new Set<Socket>()
  readonly #server = createServer(socket => {
    this.#workers.add(socket)
    socket.on('close', () => this.#workers.delete(socket))
    socket.on('error', () => socket.destroy()) // the machine is gone: so is its connection
  })
  readonly #receiver = createSocket('udp4')

  static async open(): Promise<Peer> {
    const peer = new Peer()
    peer.#receiver.on('message', bytes => peer.syslog.push(bytes.toString()))
    peer.#receiver.bind(0, '127.0.0.1')
    peer.#server.listen(0, '127.0.0.1')
    await Promise.all([once(peer.#receiver, 'listening'), once(peer.#server, 'listening')])
    return peer
  }

  /** The kernel parameters that lead a machine here. */
  get cmdline(): string {
    const address = this.#server.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    return `syslog_host=10.0.2.2 syslog_port=${this.#receiver.address().port} grpc_authority=10.0.2.2:${port}`
  }

  /** Gives an order to the worker, waiting for one if none is connected yet. */
  async tell(order: string): Promise<void> {
    if (this.#workers.size === 0) await once(this.#server, 'connection', { signal: AbortSignal.timeout(60_000) })
    for (const worker of this.#workers) worker.write(`${order}\n`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const worker of this.#workers) worker.destroy()
    this.#receiver.close()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
