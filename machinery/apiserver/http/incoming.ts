import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'

// HTTP/1.1 and HTTP/2 differ below; above this line a request is a request (node:http2, "Compatibility API").

/** A request, whichever version of HTTP carries it. */
export interface Incoming extends AsyncIterable<Buffer> {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, none of them joined. */
  readonly rawHeaders: readonly string[]
  readonly httpVersionMajor: number
  readonly socket: Socket
  /** Of HTTP/2, where many requests share a session. */
  readonly stream?: { readonly session?: object | undefined }
  /** Whether the whole of it has arrived. */
  readonly complete: boolean
}

/** The answer to it. */
export interface Outgoing {
  readonly statusCode: number
  readonly headersSent: boolean
  setHeader(name: string, value: string | number | readonly string[]): unknown
  getHeader(name: string): string | number | readonly string[] | undefined
  appendHeader(name: string, value: string): unknown
  writeHead(code: number, headers?: OutgoingHttpHeaders): unknown
  /** HTTP/2 sends its head at once and has none. */
  flushHeaders?(): void
  write(chunk: string | Uint8Array): boolean
  end(chunk?: string | Uint8Array): unknown
  destroy(): unknown
  on(event: 'close' | 'error' | 'drain', listener: () => void): unknown
  once(event: 'close' | 'error' | 'drain', listener: () => void): unknown
  off(event: 'close' | 'error' | 'drain', listener: () => void): unknown
}

/** Resolves when the client has taken what it was sent, or has gone. */
export function drained(response: Outgoing): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      for (const event of ['drain', 'close', 'error'] as const) response.off(event, done)
      resolve()
    }
    for (const event of ['drain', 'close', 'error'] as const) response.once(event, done)
  })
}
