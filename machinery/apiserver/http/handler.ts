import { ApiFault } from '../../api/fault.ts'
import type { Access } from '../access/access.ts'
import { impersonate, impersonationOf } from '../access/impersonation.ts'
import { attributesOf } from '../access/request.ts'
import type { Auditor } from '../audit/auditor.ts'
import { type Attributes, forbiddenTo } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { Room } from '../registry/room.ts'
import { Audited } from './audited.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import type { HealthCheck } from './health.ts'
import type { Incoming, Outgoing } from './incoming.ts'
import { type LimitOptions, Limits } from './limits.ts'
import { Metrics } from './metrics.ts'
import { type Encoding, likedForm } from './negotiate.ts'
import { OpenApi } from './openapi.ts'
import { segmentsOf } from './path.ts'
import { Presence } from './presence.ts'
import type { ResourceDoors } from './resource.ts'
import { ALWAYS_ANSWERED, answer, type Rooms } from './route.ts'
import { statusOf } from './status.ts'

export interface HandlerOptions extends ResourceDoors {
  readonly access: Access
  readonly audit?: Auditor
  readonly limits?: LimitOptions
  /** Aborted when the server closes. */
  readonly signal: AbortSignal
}

export type Handler = (request: Incoming, response: Outgoing) => Promise<void>

/** Answers every request: with what was asked for, or with a Status that says why not. */
export function apiHandler(options: HandlerOptions): Handler {
  const { room, signal } = options
  const rooms: Rooms = {
    ...options,
    openApi: new OpenApi(room.catalog),
    metrics: new Metrics(room),
    checks: checksOf(room, signal),
  }
  const limits = new Limits(options.limits)
  const presence = new Presence(signal)
  return async (request, response) => {
    const begun = exchangeOf(request, response, presence)
    const wanted = wantedBy(begun)
    const since = room.host.clock.now()
    const audited = new Audited(options.audit, begun, wanted)
    const end = rooms.metrics.begun(wanted)
    try {
      if (segmentsOf(pathOf(begun)) === undefined) throw new ApiFault('BadRequest', 'invalid URL escape in the path')
      const identity = await admitted(options, { exchange: begun, wanted, audited })
      using _ = ALWAYS_ANSWERED.has(begun.segments[0] ?? '') ? undefined : limits.enter(identity.user, wanted)
      await answer(rooms, { ...begun, identity, audit: audited.trail })
    } catch (fault) {
      audited.refused(fault)
      await refuse(options, begun, fault)
    } finally {
      end()
      audited.ended()
      const seconds = (room.host.clock.now() - since) / 1000
      rooms.metrics.answered({ attributes: wanted, code: response.statusCode, seconds })
    }
  }
}

/** What must be well for the server to be alive, and to be ready. */
function checksOf({ store }: Room, closing: AbortSignal): readonly HealthCheck[] {
  return [
    { name: 'ping', trouble: () => undefined },
    { name: 'store', trouble: () => store.trouble },
    { name: 'shutdown', at: ['readyz'], trouble: () => (closing.aborted ? 'the server is being stopped' : undefined) },
  ]
}

function wantedBy(exchange: Exchange): Attributes {
  const { request, segments, query } = exchange
  return attributesOf({ method: request.method ?? 'GET', path: pathOf(exchange), segments, query })
}

function pathOf({ request }: Exchange): string {
  return splitOnce(request.url ?? '/', '?')[0] ?? '/'
}

const ANONYMOUS: Identity = { user: 'system:anonymous', groups: ['system:unauthenticated'] }

type Asking = { readonly exchange: Exchange; readonly wanted: Attributes; readonly audited: Audited }

/** Who asks, once it is clear that he may. */
async function admitted({ access, room }: HandlerOptions, { exchange, wanted, audited }: Asking): Promise<Identity> {
  const { authorizer } = room
  const caller = await identified(access, exchange, audited)
  if (!caller && !authorizer.authorize(ANONYMOUS, wanted).allowed) {
    throw new ApiFault('Unauthorized', 'Unauthorized')
  }
  const as = impersonationOf(exchange.request.rawHeaders)
  const identity = as ? impersonate(caller ?? ANONYMOUS, as, authorizer) : (caller ?? ANONYMOUS)
  if (as) audited.trail?.impersonates(identity)
  const verdict = authorizer.authorize(identity, wanted)
  audited.trail?.decided(verdict)
  if (!verdict.allowed) throw forbiddenTo(identity, wanted, verdict.reason)
  return identity
}

async function identified(access: Access, { request }: Exchange, audited: Audited): Promise<Identity | undefined> {
  try {
    const caller = await access.authenticator.identify(request)
    await audited.begin(caller ?? ANONYMOUS)
    return caller
  } catch (fault) {
    await audited.begin(undefined)
    throw fault
  }
}

function exchangeOf(request: Incoming, response: Outgoing, presence: Presence): Exchange {
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?')
  return {
    request,
    response,
    segments: segmentsOf(path) ?? [],
    query: new URLSearchParams(query),
    identity: ANONYMOUS,
    signal: presence.of(response),
  }
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)]
}

async function refuse({ room }: HandlerOptions, exchange: Exchange, thrown: unknown): Promise<void> {
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
  await reply(exchange, fault.httpCode, statusOf(fault), errorEncoding(request))
}

/** A refusal is written as the answer would have been; a client that cannot be satisfied gets JSON. */
function errorEncoding({ headers }: Incoming): Encoding {
  const offer = { encodings: ['json', 'yaml', 'protobuf'], shapes: ['Table', 'PartialObjectMetadata'] } as const
  return likedForm(headers.accept, offer)?.encoding ?? 'json'
}
