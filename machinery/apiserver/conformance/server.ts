import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import type { Kubeconfig } from '../../api/remote/kubeconfig.ts'

export interface Asking {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** For a watch: how many events are read before it is left. */
  readonly events?: number
}

export interface Answer {
  readonly code: number
  readonly headers: Readonly<Record<string, string>>
  /** JSON as what it means, a watch as its events, anything else as text. */
  readonly body: unknown
}

/** A server under test, reached over HTTPS alone. */
export interface Server extends Disposable {
  ask(asking: Asking): Promise<Answer>
}

const PATIENCE = 20_000 // milliseconds

export function serverAt(config: Kubeconfig): Server {
  const agent = new Agent({ keepAlive: true, ca: config.authority, cert: config.certificate, key: config.key })
  return {
    ask: asking => ask({ config, agent }, asking),
    [Symbol.dispose]: () => agent.destroy(),
  }
}

type Line = { readonly config: Kubeconfig; readonly agent: Agent }

function ask({ config, agent }: Line, { method, path, headers, body, events }: Asking): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Node would send the body of a DELETE without saying how long it is.
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = { method, headers: { ...headers, ...length }, agent, timeout: PATIENCE }
    const outgoing = request(config.server + path, options)
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer to ${method} ${path}`)))
    outgoing.on('error', reject)
    outgoing.on('response', response => {
      const read = events === undefined ? readWhole(response) : readEvents(response, events)
      read.then(content => resolve({ code: response.statusCode ?? 0, headers: flat(response), body: content }), reject)
    })
    outgoing.end(body)
  })
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

async function readWhole(response: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return response.headers['content-type']?.includes('json') && text ? JSON.parse(text) : text
}

async function readEvents(response: IncomingMessage, wanted: number): Promise<unknown> {
  const events: unknown[] = []
  let rest = ''
  for await (const chunk of response) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    events.push(...lines.filter(Boolean).map(line => JSON.parse(line)))
    if (events.length >= wanted) break // leaving the loop ends the connection
  }
  return events.length === 0 && rest ? JSON.parse(rest) : events.slice(0, wanted)
}
