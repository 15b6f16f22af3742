import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A web server on loopback that answers as it is told, the last answer over and over. */
export class WebServer implements AsyncDisposable {
  readonly url: string
  readonly asked: IncomingMessage[] = []
  readonly #server

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(...answers: readonly [Answer, ...Answer[]]): Promise<WebServer> {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const web = new WebServer(server)
    server.on('request', (request, response) => {
      web.asked.push(request)
      const answer = answers[Math.min(web.asked.length, answers.length) - 1] ?? answers[0]
      answer(request, response)
    })
    return web
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }
}

/** Sends a file, or the part that is asked for, as a good server does. */
export function file(bytes: Buffer, tag = '"v1"'): Answer {
  return (request, response) => {
    const start = rangeStart(request, tag)
    const headers = { etag: tag, 'content-length': bytes.length - start }
    if (start === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` })
    response.end(bytes.subarray(start))
  }
}

/** Promises all of the file and cuts the connection after `length` bytes of what was asked for. */
export function cutAfter(length: number, bytes: Buffer, tag = '"v1"'): Answer {
  return (request, response) => {
    const start = rangeStart(request, tag)
    const headers = { etag: tag, 'content-length': bytes.length - start }
    if (start === 0) response.writeHead(200, headers)
    else response.writeHead(206, { ...headers, 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` })
    response.write(bytes.subarray(start, start + length), () => response.destroy())
  }
}

export const status =
  (code: number): Answer =>
  (_, response) =>
    response.writeHead(code).end('<html>not an image</html>')

function rangeStart(request: IncomingMessage, tag: string): number {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  return request.headers['if-range'] === tag ? start : 0
}
