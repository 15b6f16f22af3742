import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { ApiFault, STATUS_CODE, type StatusDetails, type StatusReason } from '../fault.ts'
import type { Kubeconfig } from './kubeconfig.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly path: string
  readonly body?: object
  readonly contentType?: string
  readonly signal?: AbortSignal
}

const LONGEST = 60_000 // milliseconds that an answer may take to begin
const MOST_BYTES = 256 * 1024 * 1024

/** HTTPS to one API server; connections are kept and used again. */
export class Connection implements Disposable {
  readonly #config: Kubeconfig
  readonly #agent: Agent

  constructor(config: Kubeconfig) {
    this.#config = config
    this.#agent = new Agent({
      keepAlive: true,
      ...(config.authority && { ca: config.authority }),
      ...(config.certificate && { cert: config.certificate }),
      ...(config.key && { key: config.key }),
      ...(config.serverName && { servername: config.serverName }),
      rejectUnauthorized: !config.skipVerify,
    })
  }

  /** The answer as JSON; a refusal is thrown as the ApiFault it describes. */
  async json(call: Call): Promise<unknown> {
    const response = await this.open(call)
    const text = await textOf(response)
    try {
      return JSON.parse(text)
    } catch {
      throw new ApiFault('InternalError', `${this.#config.server} answered with something that is not JSON`)
    }
  }

  /** The answer as it begins, for streams. */
  async open(call: Call): Promise<IncomingMessage> {
    const response = await this.#send(call)
    if ((response.statusCode ?? 500) < 300) return response
    throw faultOf(response.statusCode ?? 500, await textOf(response))
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  #send({ method, path, body, contentType = 'application/json', signal }: Call): Promise<IncomingMessage> {
    const text = body && JSON.stringify(body)
    const token = this.#config.token?.()
    return new Promise((resolve, reject) => {
      const outgoing = request(this.#config.server + path, {
        agent: this.#agent,
        method,
        headers: {
          accept: 'application/json',
          'user-agent': 'bellhop',
          ...(text !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
          ...(token && { authorization: `Bearer ${token}` }),
        },
        ...(signal && { signal }),
      })
      const late = () => outgoing.destroy(new Error(`no answer within ${LONGEST / 1000} s`))
      outgoing.setTimeout(LONGEST, late)
      outgoing.once('response', response => {
        outgoing.setTimeout(0)
        resolve(response)
      })
      outgoing.once('error', error => reject(unreachable(this.#config.server, error)))
      outgoing.end(text)
    })
  }
}

export function unreachable(server: string, error: Error): ApiFault {
  return new ApiFault('ServiceUnavailable', `${server} does not answer: ${error.message}`)
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response) {
      length += chunk.length
      if (length > MOST_BYTES)
        throw new ApiFault('RequestEntityTooLarge', `the answer is longer than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof ApiFault) throw error
    throw new ApiFault(
      'ServiceUnavailable',
      `the answer was cut short: ${error instanceof Error ? error.message : error}`,
    )
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The refusal that a Status describes; a proxy in between may answer with anything else. */
export function faultOf(code: number, text: string): ApiFault {
  let status: { reason?: unknown; message?: unknown; details?: StatusDetails } = {}
  try {
    status = JSON.parse(text) ?? {}
  } catch {
    status = { message: text.slice(0, 200) }
  }
  const said =
    typeof status.reason === 'string' && status.reason in STATUS_CODE ? (status.reason as StatusReason) : undefined
  const message = typeof status.message === 'string' && status.message ? status.message : `the server answered ${code}`
  return new ApiFault(said ?? reasonOf(code), message, status.details ?? {})
}

function reasonOf(code: number): StatusReason {
  const found = Object.entries(STATUS_CODE).find(([, known]) => known === code)
  return (found?.[0] as StatusReason | undefined) ?? (code >= 500 ? 'InternalError' : 'BadRequest')
}
