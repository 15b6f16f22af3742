import type { IncomingMessage } from 'node:http'
import { Agent, type RequestOptions, request } from 'node:https'
import { Bucket, type Rate } from '../../host/bucket.ts'
import { type Clock, systemClock } from '../../host/clock.ts'
import { ApiFault } from '../fault.ts'
import { faultOf, textOf } from './answer.ts'
import type { Credentials } from './credentials.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { type Tried, UNTRIED, unreachable, waitAfterAnswer, waitAfterLoss } from './patience.ts'

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly path: string
  readonly body?: object
  readonly contentType?: string
  readonly signal?: AbortSignal
}

export interface ConnectionOptions {
  readonly clock?: Clock
  readonly random?: () => number
  /** How many requests may be sent; as many as are asked for unless told. */
  readonly rate?: Rate
}

/** What became of a request: it is sent again after a wait, or it has its answer. */
type Judgement = { readonly wait: number } | { readonly code: number; readonly response: IncomingMessage }

const LONGEST = 60_000 // milliseconds that an answer may take to begin

/** HTTPS to one API server; connections are kept and used again. */
export class Connection implements Disposable {
  readonly #config: Kubeconfig
  readonly #clock: Clock
  readonly #rate: Bucket | undefined
  readonly #agent: Agent
  readonly random: () => number

  constructor(config: Kubeconfig, { clock = systemClock, random = Math.random, rate }: ConnectionOptions = {}) {
    this.#config = config
    this.#clock = clock
    this.#rate = rate && new Bucket(clock, rate)
    this.random = random
    this.#agent = new Agent({
      keepAlive: true,
      ...(config.authority && { ca: config.authority }),
      ...(config.serverName && { servername: config.serverName }),
      ...(config.proxy && { proxyEnv: { HTTPS_PROXY: config.proxy } }),
      rejectUnauthorized: !config.skipVerify,
    })
  }

  /** The answer as JSON; a refusal is thrown as the ApiFault it describes. */
  async json(call: Call): Promise<unknown> {
    const text = await textOf(await this.open(call))
    try {
      return JSON.parse(text)
    } catch {
      throw new ApiFault('InternalError', `${this.#config.server} answered with something that is not JSON`)
    }
  }

  /** The answer as it begins, for streams. What may be sent again is: new credentials are fetched once, a busy server waited for. */
  async open(call: Call): Promise<IncomingMessage> {
    let renewed = false
    for (let tried = UNTRIED; ; ) {
      const credentials = (await this.#config.credentials?.current()) ?? {}
      const answer = await this.#send(call, credentials)
      const again = this.#judge(call, answer, tried)
      if ('wait' in again) {
        await this.#clock.wait(again.wait, call.signal)
        tried = { times: tried.times + 1, waited: tried.waited + again.wait }
      } else if (again.code === 401 && !renewed && this.#config.credentials) {
        this.#config.credentials.refuse(credentials)
        renewed = true
        again.response.resume()
      } else if (again.code < 300) {
        return again.response
      } else {
        throw faultOf(again.code, await textOf(again.response))
      }
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }

  /** How long to wait before the same is sent again, or the answer that stands. */
  #judge({ method, signal }: Call, answer: IncomingMessage | Error, tried: Tried): Judgement {
    if (answer instanceof Error) {
      const wait = signal?.aborted ? undefined : waitAfterLoss(method, answer, tried)
      if (wait === undefined) throw unreachable(this.#config.server, answer)
      return { wait }
    }
    const code = answer.statusCode ?? 500
    const wait = waitAfterAnswer(code, answer.headers, tried)
    if (wait === undefined) return { code, response: answer }
    answer.resume()
    return { wait }
  }

  /** One request; resolves to what became of it. */
  async #send(call: Call, credentials: Credentials): Promise<IncomingMessage | Error> {
    const turn = this.#rate?.reserve() ?? 0
    if (turn > 0) await this.#clock.wait(turn, call.signal)
    const text = call.body && JSON.stringify(call.body)
    return new Promise(resolve => {
      const outgoing = request(this.#config.server + call.path, this.#options(call, { text, credentials }))
      const late = () => outgoing.destroy(new Error(`no answer within ${LONGEST / 1000} s`))
      outgoing.setTimeout(LONGEST, late)
      outgoing.once('response', response => {
        outgoing.setTimeout(0)
        resolve(response)
      })
      outgoing.once('error', resolve)
      outgoing.end(text)
    })
  }

  #options(call: Call, { text, credentials }: { text: string | undefined; credentials: Credentials }): RequestOptions {
    const config = this.#config
    const { certificate = config.certificate, key = config.key, token = config.token } = credentials
    const { method, contentType = 'application/json', signal } = call
    return {
      agent: this.#agent,
      method,
      ...(certificate && { cert: certificate }),
      ...(key && { key }),
      headers: {
        ...config.headers,
        accept: 'application/json',
        'accept-encoding': 'gzip',
        'user-agent': 'bellhop',
        ...(text !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(signal && { signal }),
    }
  }
}
