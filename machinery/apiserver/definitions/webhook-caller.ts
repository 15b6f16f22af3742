import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { isIP } from 'node:net'
import type { Host } from '../../host/host.ts'
import type { Store } from '../store/store.ts'
import { endpointOf } from './endpoint.ts'
import { type WebhookCaller, type WebhookClientConfig, WebhookFault } from './webhook.ts'
import { refusalReason, transportReason } from './webhook-reason.ts'

const MOST_BYTES = 64 * 1024 * 1024 // of an answer; lists are sent in batches far below it
const PORT = 443

/** The caller over HTTPS, connections kept for the next review. A service reference is looked up in the store. */
export function httpsWebhooks({ store, host }: { store: Store; host: Host }): WebhookCaller & Disposable {
  const agent = new Agent({ keepAlive: true })
  return {
    async call({ clientConfig, review, timeoutSeconds, signal }) {
      const over = new AbortController()
      const timing = new AbortController()
      // Called off as soon as the answer is there.
      void host.clock.wait(timeoutSeconds * 1000, timing.signal).then(
        () => over.abort(),
        () => undefined,
      )
      const signals = signal ? AbortSignal.any([signal, over.signal]) : over.signal
      const shown = shownUrl(clientConfig, timeoutSeconds)
      try {
        const target = targetOf(clientConfig, { store, random: host.random })
        return await post({ target, agent, shown, body: JSON.stringify(review), signal: signals })
      } catch (thrown) {
        if (over.signal.aborted) throw outOfTime(shown)
        throw thrown instanceof WebhookFault ? named(thrown, shown) : thrown
      } finally {
        timing.abort()
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  }
}

type Target = {
  readonly host: string
  readonly port: number
  readonly path: string
  readonly name: string
  readonly authority: string
  readonly ca?: string
}

function targetOf(config: WebhookClientConfig, finding: Parameters<typeof endpointOf>[0]): Target {
  const ca = config.caBundle ? { ca: Buffer.from(config.caBundle, 'base64').toString() } : {}
  if (config.service) {
    const { name, namespace, path = '/', port = PORT } = config.service
    const { address, port: behind } = endpointOf(finding, config.service)
    const known = `${name}.${namespace}.svc`
    return { host: address, port: behind, path, name: known, authority: `${known}:${port}`, ...ca }
  }
  const url = new URL(config.url ?? '')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return { host, port: Number(url.port || PORT), path: url.pathname, name: host, authority: url.host, ...ca }
}

/** The address as it stands in kube-apiserver's sentences. */
function shownUrl({ url, service }: WebhookClientConfig, timeoutSeconds: number): string {
  const base = service
    ? `https://${service.name}.${service.namespace}.svc:${service.port ?? PORT}${service.path ?? '/'}`
    : (url ?? '')
  return `${base}?timeout=${timeoutSeconds}s`
}

/** What Go's HTTP client puts before a reason of its own; a status of the webhook stands alone. */
function named(fault: WebhookFault, shown: string): WebhookFault {
  if (fault.code !== 'webhook/unreachable') return fault
  return new WebhookFault(fault.code, `Post ${JSON.stringify(shown)}: ${fault.message}`, fault.facts, fault.cause)
}

function outOfTime(shown: string): WebhookFault {
  return new WebhookFault('webhook/timeout', `Post ${JSON.stringify(shown)}: context deadline exceeded`)
}

type Posting = {
  readonly target: Target
  readonly agent: Agent
  readonly shown: string
  readonly body: string
  readonly signal: AbortSignal
}

async function post({ target, agent, shown, body, signal }: Posting): Promise<unknown> {
  const { status, text } = await exchange({ target, agent, shown, body, signal })
  if (status < 200 || status > 299) throw new WebhookFault('webhook/refused', refusalReason(status, text), { status })
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new WebhookFault('webhook/malformed', `couldn't get version/kind; json parse error: ${error.message}`)
  }
}

function exchange(posting: Posting): Promise<{ status: number; text: string }> {
  const { target, agent, body, signal } = posting
  const query = posting.shown.slice(posting.shown.lastIndexOf('?'))
  return new Promise((resolve, reject) => {
    const asking = request({
      agent,
      signal,
      method: 'POST',
      host: target.host,
      port: target.port,
      path: `${target.path || '/'}${query}`,
      ...(target.ca !== undefined && { ca: target.ca }),
      // An address is no server name (RFC 6066 section 3).
      ...(isIP(target.name) ? {} : { servername: target.name }),
      headers: {
        host: target.authority,
        accept: 'application/json, */*',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      },
    })
    asking.once('error', error => reject(new WebhookFault('webhook/unreachable', transportReason(error), {}, error)))
    asking.once('response', response => {
      textOf(response).then(text => resolve({ status: response.statusCode ?? 0, text }), reject)
    })
    asking.end(body)
  })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > MOST_BYTES)
        throw new WebhookFault('webhook/malformed', `the answer has more than ${MOST_BYTES} bytes`)
      parts.push(part)
    }
  } catch (error) {
    if (error instanceof WebhookFault) throw error
    throw new WebhookFault('webhook/unreachable', 'unexpected EOF', {}, error)
  }
  return Buffer.concat(parts).toString()
}
