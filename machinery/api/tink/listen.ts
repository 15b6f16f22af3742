import { createServer, type Socket } from 'node:net'
import { type Server, ServerCredentials } from '@grpc/grpc-js'
import { hostFault } from '../../host/fault.ts'
import type { Host } from '../../host/host.ts'
import { Malformed } from '../../host/malformed.ts'

export interface GrpcOptions {
  readonly address: string
  /** 0 takes any that is free. */
  readonly port: number
  readonly host: Host
}

export interface GrpcListener extends AsyncDisposable {
  readonly port: number
  /** Connections that did not begin as HTTP/2 does. */
  readonly malformed: Malformed
}

/** What every HTTP/2 connection begins with (RFC 9113 §3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
const PATIENCE = 10_000 // milliseconds

/**
 * Lets a grpc-js server have the connections of a port that begin as HTTP/2 does; it says nothing itself of those that do
 * not. Rejects with a HostFault when it cannot listen. Calls are ended by shutting the server down.
 */
export async function listenGrpc(server: Server, { address, port, host }: GrpcOptions): Promise<GrpcListener> {
  const malformed = new Malformed('gRPC connection', host)
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  const waiting = new Set<Socket>()
  const door = createServer(socket => {
    waiting.add(socket)
    const over = () => void waiting.delete(socket)
    socket.once('close', over)
    admit(socket, malformed, () => {
      over()
      injector.injectConnection(socket)
    })
  })
  await new Promise<void>((resolve, reject) => {
    door.once('error', error => reject(hostFault(error, `gRPC on ${address}:${port}`)))
    door.listen(port, address, resolve)
  })
  door.on('error', error => host.log.error('gRPC listener', { port, reason: error.message }))
  const bound = door.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    malformed,
    [Symbol.asyncDispose]: () => {
      door.close() // hears of its end when the last call has ended, which is the server's to say
      for (const socket of waiting) socket.destroy()
      return Promise.resolve()
    },
  }
}

/** Looks at the first bytes, and puts them back for the server to read. */
function admit(socket: Socket, malformed: Malformed, welcome: () => void): void {
  const lost = () => socket.destroy()
  socket.on('error', lost)
  socket.setTimeout(PATIENCE, lost)
  socket.once('readable', () => {
    const first: Buffer | null = socket.read()
    if (first === null) return lost()
    if (!first.subarray(0, PREFACE.length).equals(PREFACE.subarray(0, first.length))) {
      malformed.note(socket.remoteAddress ?? 'gone', 'it does not begin as HTTP/2 does')
      return lost()
    }
    socket.setTimeout(0)
    socket.off('timeout', lost)
    socket.off('error', lost)
    socket.unshift(first)
    welcome()
  })
}
