import type { Agent, IncomingMessage, RequestOptions } from 'node:http'
import { ActionFault } from '../fault.ts'
import type { Environment } from '../variables.ts'
import { type Source, shown } from './source.ts'

export interface RequestSettings {
  readonly source: Source
  readonly signal: AbortSignal
  /** Milliseconds without a byte after which a connection counts as dead. */
  readonly stall: number
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly env: Environment
}

const REDIRECTS = 10

/** Sends one GET and follows redirections; resolves with whatever status comes at the end. */
export async function get(settings: RequestSettings, headers: Record<string, string>): Promise<IncomingMessage> {
  let { url } = settings.source
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const response = await once(settings, url, headers)
    const { statusCode = 0, headers: answered } = response
    if (![301, 302, 303, 307, 308].includes(statusCode) || !answered.location) return response
    response.destroy()
    url = redirected(url, answered.location)
  }
  throw new ActionFault('action/download', `${settings.source.shown}: more than ${REDIRECTS} redirections`)
}

function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from)
  if (!to || (to.protocol !== 'http:' && to.protocol !== 'https:')) {
    throw new ActionFault('action/download', `${shown(from)}: redirected to something that is neither http nor https`)
  }
  return to // credentials of the first URL do not travel along
}

async function once(settings: RequestSettings, url: URL, headers: Record<string, string>): Promise<IncomingMessage> {
  const { request, Agent } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const options: RequestOptions = {
    headers: { 'user-agent': 'bellhop-image2disk', accept: '*/*', 'accept-encoding': 'identity', ...headers },
    agent: agentFor(Agent, settings.env),
    signal: settings.signal,
    timeout: settings.stall,
  }
  return new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined
    const sent = request(url, options, response => {
      answer = response
      resolve(response)
    })
    sent.on('timeout', () => (answer ?? sent).destroy(new Error(`no byte came for ${settings.stall / 1000} s`)))
    sent.on('error', reject)
    sent.end()
  })
}

function agentFor(kind: typeof Agent, env: Environment): Agent {
  return new kind({ keepAlive: false, proxyEnv: { ...env } })
}
