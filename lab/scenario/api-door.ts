import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'

/**
 * A door to the API inside the lab's namespace: a port of the host's own loopback, behind which is bellhop's socket in
 * the file system, which no namespace hides. TLS goes through untouched.
 */
export async function openApiDoor(socketPath: string): Promise<{ readonly port: number } & AsyncDisposable> {
  const open = new Set<Socket>()
  const server = createServer(client => {
    const api = connect(socketPath)
    for (const socket of [client, api]) {
      open.add(socket)
      socket.on('close', () => open.delete(socket))
      // bellhop may be restarted under a client, who then is told by the end of its connection.
      socket.on('error', () => [client, api].map(either => either.destroy()))
    }
    client.pipe(api).pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server.close(), 'close')
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

/** The kubeconfig that bellhop wrote, leading through the door. */
export async function writeKubeconfig(from: string, to: string, port: number): Promise<void> {
  const text = await readFile(from, 'utf8')
  await writeFile(to, text.replace(/https:\/\/127\.0\.0\.1:[0-9]+/, `https://127.0.0.1:${port}`), { mode: 0o600 })
}
