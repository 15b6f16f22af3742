import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2'
import { type AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { SecureContextOptions } from 'node:tls'
import { hostFault } from '../../host/fault.ts'
import { Malformed } from '../../host/malformed.ts'
import type { Access } from '../access/access.ts'
import type { Auditor } from '../audit/auditor.ts'
import type { Authority } from '../pki/authority.ts'
import { apiHandler } from './handler.ts'
import type { ResourceDoors } from './resource.ts'

export interface ListenOptions {
  readonly address: string
  /** 0 for any that is free. */
  readonly port: number
  /** Names and addresses of the server's certificate, besides the local ones. */
  readonly names?: readonly string[]
  /** The name or address that clients are told; the one listened on unless told. */
  readonly advertise?: string
}

export interface Listening extends AsyncDisposable {
  readonly port: number
  /** Shows a new certificate to whoever connects from now on; connections that are open stay. */
  renew(): void
}

/** What stands behind the door. */
export type Doors = ResourceDoors & { readonly access: Access; readonly audit?: Auditor; readonly authority: Authority }

const GRACE = 2000 // milliseconds

// Clients choose by ALPN; Go's all take HTTP/2. A connection may have as many requests under way as upstream lets it, and
// no client may make us keep much for it: node:http2 ends sessions that reset, ping or reconfigure too often.
const HTTP = {
  allowHTTP1: true,
  http1Options: { keepAliveTimeout: 75_000, requestTimeout: 60_000 },
  settings: { maxConcurrentStreams: 250, maxHeaderListSize: 64 * 1024 },
  maxSessionMemory: 64, // MB
} as const

/** Serves the API over TLS to whoever shows a certificate of the authority. Rejects with a HostFault. */
export async function listenApi(doors: Doors, { address, port, names = [] }: ListenOptions): Promise<Listening> {
  const { authority, ...served } = doors
  const { room } = doors
  const closing = new AbortController()
  const known = [...new Set(['localhost', 'kubernetes', 'kubernetes.default.svc', '127.0.0.1', '::1', ...names])]
  const handle = apiHandler({ ...served, signal: closing.signal })
  const working = new Set<Promise<void>>()
  const server = createSecureServer(
    {
      ...HTTP,
      ...identityOf(authority, known),
      requestCert: true,
      // Whether a client may go on without one is the handler's to say: health and version are open to all.
      rejectUnauthorized: false,
    },
    (request, response) => {
      const work: Promise<void> = handle(request, response).finally(() => working.delete(work))
      working.add(work)
    },
  )
  const sockets = trackSockets(server)
  const sessions = trackSessions(server)
  noteMalformed(server, new Malformed('request to the Kubernetes API', room.host))
  await startListening(server, address, port)
  return {
    port: (server.address() as AddressInfo).port,
    renew: () => server.setSecureContext(identityOf(authority, known)),
    async [Symbol.asyncDispose]() {
      closing.abort()
      const ended = new AbortController()
      const closed = new Promise(resolve => server.close(resolve))
      for (const session of sessions) {
        session.goaway() // no new requests on it; those under way are finished
        session.close()
      }
      // Watches end by the signal; whoever has not finished by then is cut off.
      await Promise.race([Promise.all(working), room.host.clock.wait(GRACE, ended.signal).catch(() => undefined)])
      ended.abort()
      for (const session of sessions) session.destroy()
      for (const socket of sockets) socket.destroySoon()
      await closed
    },
  }
}

/** A new certificate of the server, and whose certificates it believes. */
function identityOf(authority: Authority, names: readonly string[]): SecureContextOptions {
  const { key, certificate: cert } = authority.issueServer(names)
  return { key, cert, ca: authority.certificate }
}

function trackSockets(server: Http2SecureServer): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  server.on('secureConnection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return sockets
}

/** Sessions of HTTP/2, each of which holds many requests. */
function trackSessions(server: Http2SecureServer): ReadonlySet<ServerHttp2Session> {
  const sessions = new Set<ServerHttp2Session>()
  server.on('session', session => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  })
  return sessions
}

/** Whoever speaks no TLS, does not trust our authority, or sends something else than HTTP. Breaking off is nobody's affair. */
function noteMalformed(server: Http2SecureServer, malformed: Malformed): void {
  const note = (error: NodeJS.ErrnoException & { readonly reason?: string }, socket: Duplex) => {
    const source = socket instanceof Socket ? socket.remoteAddress : undefined
    if (error.code !== 'ECONNRESET') malformed.note(source ?? 'gone', error.reason ?? error.message) // OpenSSL's reason alone can be read
  }
  server.on('tlsClientError', (error, socket) => {
    note(error, socket)
    socket.destroy()
  })
  server.on('clientError', (error, socket) => {
    note(error, socket)
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
}

function startListening(server: Http2SecureServer, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(hostFault(error, `opening TCP ${address}:${port} for the Kubernetes API`)))
    server.listen({ host: address, port }, resolve)
  })
}
