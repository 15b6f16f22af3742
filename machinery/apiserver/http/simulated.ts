import { EventEmitter } from 'node:events'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { Socket } from 'node:net'
import type { Handler } from './handler.ts'
import type { Incoming, Outgoing } from './incoming.ts'

/** A request as a test makes it up. */
export interface Asked {
  readonly method?: string
  readonly url: string
  readonly headers?: IncomingHttpHeaders
  readonly body?: string | Uint8Array
}

/** What came back. */
export interface Said {
  readonly code: number
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

/** Asks a handler without a network between. A stream is cut off as soon as its head is there. */
export async function askHandler(handler: Handler, asked: Asked): Promise<Said> {
  const response = new SimulatedResponse()
  await handler(requestOf(asked), response)
  return response.said()
}

function requestOf({ method = 'GET', url, headers = {}, body = '' }: Asked): Incoming {
  const bytes = Buffer.from(body)
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
  const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {}
  return {
    method,
    url,
    headers: { ...length, ...headers },
    rawHeaders,
    httpVersionMajor: 2,
    socket: new Socket(),
    complete: true,
    async *[Symbol.asyncIterator]() {
      if (bytes.length > 0) yield bytes
    },
  }
}

class SimulatedResponse extends EventEmitter implements Outgoing {
  readonly #headers = new Map<string, string | number | readonly string[]>()
  readonly #chunks: Buffer[] = []
  #code = 0

  get headersSent(): boolean {
    return this.#code > 0
  }

  get statusCode(): number {
    return this.#code
  }

  setHeader(name: string, value: string | number | readonly string[]): void {
    this.#headers.set(name.toLowerCase(), value)
  }

  getHeader(name: string): string | number | readonly string[] | undefined {
    return this.#headers.get(name.toLowerCase())
  }

  appendHeader(name: string, value: string): void {
    this.setHeader(name, [this.getHeader(name) ?? []].flat().map(String).concat(value))
  }

  writeHead(code: number, headers: OutgoingHttpHeaders = {}): void {
    this.#code = code
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) this.setHeader(name, value)
  }

  /** Whoever streams has said enough: the client goes away. */
  write(chunk: string | Uint8Array): boolean {
    this.#chunks.push(Buffer.from(chunk))
    this.emit('close')
    return true
  }

  flushHeaders(): void {
    this.emit('close')
  }

  end(chunk: string | Uint8Array = ''): void {
    if (this.#code === 0) this.#code = 200
    this.#chunks.push(Buffer.from(chunk))
    this.emit('close')
  }

  destroy(): void {
    this.emit('close')
  }

  said(): Said {
    return {
      code: this.#code,
      headers: Object.fromEntries(this.#headers) as OutgoingHttpHeaders,
      body: Buffer.concat(this.#chunks),
    }
  }
}
