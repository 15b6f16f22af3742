import { rm } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { hostFault } from '../machinery/host/fault.ts'

/**
 * The Kubernetes API on a Unix socket: bytes go to and fro, TLS stays between the client and the server. With it the API
 * of a process in another network namespace can be reached; whoever may open the socket still has to show a certificate.
 */
export async function openSocketDoor(path: string, port: number): Promise<AsyncDisposable> {
  await rm(path, { force: true })
  const server = createServer(client => {
    const api = connect({ host: '127.0.0.1', port })
    // Either side may go away at any time; the other one is then told by its end.
    for (const [one, other] of [
      [client, api],
      [api, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(hostFault(error, `opening the socket ${path}`)))
    server.listen(path, resolve)
  })
  return {
    [Symbol.asyncDispose]: async () => {
      server.close()
      await rm(path, { force: true })
    },
  }
}
