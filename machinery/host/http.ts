import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { hostFault } from './fault.ts'
import type { Host } from './host.ts'
import { Malformed } from './malformed.ts'

/** Answers one request. What it throws is logged and answered with 500; the listener goes on. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

export interface HttpOptions {
  readonly address?: string
  readonly port: number
  readonly handle: HttpHandler
  readonly host: Host
}

export interface HttpListener extends AsyncDisposable {
  readonly address: string
  readonly port: number
  /** Requests that could not be read as HTTP. */
  readonly malformed: Malformed
}

// Times bound what a client may take to ask, never what an answer takes: images need minutes on a slow network.
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16 * 1024 }
const MOST_CONNECTIONS = 4096

/** A plain HTTP listener. Resolves once it listens; rejects with a HostFault that names the address and the cure. */
export async function openHttp({ address = '0.0.0.0', port, handle, host }: HttpOptions): Promise<HttpListener> {
  const malformed = new Malformed('HTTP request', host)
  const server = createServer(LIMITS, (request, response) => void answer(handle, { request, response, host }))
  server.maxConnections = MOST_CONNECTIONS
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code !== 'ECONNRESET') malformed.note(socket.remoteAddress ?? 'gone', error.message)
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(hostFault(error, `listening on HTTP ${address}:${port}`)))
    server.listen(port, address, resolve)
  })
  // After the start errors come from single connections (too many open files); the listener itself lives on.
  server.on('error', error => host.log.error('HTTP listener', { port, reason: error.message }))
  const bound = server.address()
  return {
    address,
    port: typeof bound === 'object' && bound ? bound.port : port,
    malformed,
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The client's IPv4 address as text, also where the system reports it inside IPv6. */
export function clientAddress(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly host: Host }

async function answer(handle: HttpHandler, { request, response, host }: Exchange): Promise<void> {
  try {
    await handle(request, response)
  } catch (fault) {
    host.log.error('request failed', { client: clientAddress(request), path: request.url, reason: String(fault) })
    if (response.headersSent) response.destroy()
    else response.writeHead(500, { 'content-type': 'text/plain' }).end('internal error\n')
  }
}
