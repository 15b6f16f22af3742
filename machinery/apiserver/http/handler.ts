import { ApiFault } from '../../api/fault.ts'
import type { Access } from '../access/access.ts'
import { impersonate, impersonationOf } from '../access/impersonation.ts'
import { attributesOf } from '../access/request.ts'
import { requireAllowed } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { answerDiscovery, answerOpenApi } from './discover.ts'
import { reply, replyText } from './encode.ts'
import type { Exchange } from './exchange.ts'
import type { Incoming, Outgoing } from './incoming.ts'
import { OpenApi } from './openapi.ts'
import { resourcePath, segmentsOf } from './path.ts'
import { answerResource, type ResourceDoors } from './resource.ts'
import { openId, review } from './review.ts'
import { statusOf } from './status.ts'
import { version } from './version.ts'

export interface HandlerOptions extends ResourceDoors {
  readonly access: Access
  /** Aborted when the server closes. */
  readonly signal: AbortSignal
}

export type Handler = (request: Incoming, response: Outgoing) => Promise<void>

/** Answers every request: with what was asked for, or with a Status that says why not. */
export function apiHandler(options: HandlerOptions): Handler {
  const openApi = new OpenApi(options.room.catalog)
  return async (request, response) => {
    const begun = exchangeOf(request, response, options.signal)
    try {
      await answer(options, openApi, { ...begun, identity: await admitted(options, begun) })
    } catch (fault) {
      refuse(options, begun, fault)
    }
  }
}

const ANONYMOUS: Identity = { user: 'system:anonymous', groups: ['system:unauthenticated'] }

/** Who asks, once it is clear that he may. */
async function admitted({ access, room }: HandlerOptions, exchange: Exchange): Promise<Identity> {
  const { request, segments, query } = exchange
  const { method = 'GET', url = '/' } = request
  const [path = '/'] = url.split('?')
  const wanted = attributesOf({ method, path, segments, query })
  const caller = await access.authenticator.identify(request)
  if (!caller && !room.authorizer.authorize(ANONYMOUS, wanted).allowed)
    throw new ApiFault('Unauthorized', 'Unauthorized')
  const as = impersonationOf(request.rawHeaders)
  const identity = as ? impersonate(caller ?? ANONYMOUS, as, room.authorizer) : (caller ?? ANONYMOUS)
  requireAllowed(room.authorizer, identity, wanted)
  return identity
}

function exchangeOf(request: Incoming, response: Outgoing, closing: AbortSignal): Exchange {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  // Writing to a client that has just gone: the signal says so to whoever writes.
  response.on('error', () => gone.abort())
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?')
  return {
    request,
    response,
    segments: segmentsOf(path) ?? [],
    query: new URLSearchParams(query),
    identity: ANONYMOUS,
    signal: AbortSignal.any([gone.signal, closing]),
  }
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)]
}

async function answer(options: HandlerOptions, openApi: OpenApi, exchange: Exchange): Promise<void> {
  const { room, access } = options
  const [first = ''] = exchange.segments
  const path = resourcePath(room.catalog, exchange.segments)
  if (OPEN_TO_ALL.includes(first)) return answerOpen(exchange, first)
  if (first === 'openapi') return answerOpenApi(openApi, exchange)
  if (path) return answerResource(options, exchange, path)
  if ((await review(access, exchange)) || (await openId(access, exchange))) return
  return answerDiscovery(room.catalog, exchange)
}

const OPEN_TO_ALL: readonly string[] = ['healthz', 'livez', 'readyz', 'version']

function answerOpen(exchange: Exchange, what: string): Promise<void> {
  if (what === 'version') return reply(exchange, 200, version())
  return replyText(exchange, 200, 'ok', 'text/plain; charset=utf-8')
}

function refuse({ room }: HandlerOptions, exchange: Exchange, thrown: unknown): void {
  const { response, request, signal } = exchange
  if (signal.aborted) {
    response.destroy()
    return
  }
  const fault =
    thrown instanceof ApiFault
      ? thrown
      : new ApiFault('InternalError', 'Internal error occurred; see the log of the server')
  if (fault !== thrown) {
    const trace = thrown instanceof Error ? thrown.stack : String(thrown)
    room.host.log.error('a request met a bug', { method: request.method, path: request.url, reason: trace })
  }
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { retryAfterSeconds } = fault.details
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds)
  // What is left of a body that was refused unread must not be taken for the next request of the connection.
  if (!request.complete && request.httpVersionMajor < 2) response.setHeader('connection', 'close')
  void reply(exchange, fault.httpCode, statusOf(fault))
}
