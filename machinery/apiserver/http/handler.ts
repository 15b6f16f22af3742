import type { IncomingMessage, ServerResponse } from 'node:http'
import { ApiFault } from '../../api/fault.ts'
import { requireAllowed } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { Room } from '../registry/room.ts'
import type { Catalog } from '../registry/served.ts'
import { attributesOf } from './attributes.ts'
import { AGGREGATED, aggregated, coreVersions, groupList, oneGroup, resourceList } from './discovery.ts'
import { deleteMany, deleteOne } from './erase.ts'
import { accepts, type Exchange, isWatch, reply, replyText } from './exchange.ts'
import { type PodLogs, streamLogs } from './logs.ts'
import { OpenApi } from './openapi.ts'
import { type ResourcePath, resourcePath, segmentsOf } from './path.ts'
import { getList, getOne, replyObject } from './read.ts'
import { review } from './review.ts'
import { methodNotAllowed, noSuchPath, statusOf } from './status.ts'
import { streamWatch } from './stream.ts'
import { patch, post, put, type Target } from './write.ts'

export interface HandlerOptions {
  readonly room: Room
  readonly podLogs?: PodLogs
  /** Who the client is; undefined when it did not say, or could not prove it. */
  readonly identify: (request: IncomingMessage) => Identity | undefined | Promise<Identity | undefined>
  /** Aborted when the server closes. */
  readonly signal: AbortSignal
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Answers every request: with what was asked for, or with a Status that says why not. */
export function apiHandler(options: HandlerOptions): Handler {
  const openApi = new OpenApi(options.room.catalog)
  return async (request, response) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    // Writing to a client that has just gone: the signal says so to whoever writes.
    response.on('error', () => gone.abort())
    const [path = '', query = ''] = splitOnce(request.url ?? '/', '?')
    const exchange: Exchange = {
      request,
      response,
      segments: segmentsOf(path) ?? [],
      query: new URLSearchParams(query),
      identity: ANONYMOUS,
      signal: AbortSignal.any([gone.signal, options.signal]),
    }
    try {
      const identity = (await options.identify(request)) ?? ANONYMOUS
      await answer(options, openApi, { ...exchange, identity })
    } catch (fault) {
      refuse(options, exchange, fault)
    }
  }
}

function splitOnce(text: string, by: string): readonly string[] {
  const at = text.indexOf(by)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)]
}

const ANONYMOUS: Identity = { user: 'system:anonymous', groups: ['system:unauthenticated'] }

async function answer(options: HandlerOptions, openApi: OpenApi, exchange: Exchange): Promise<void> {
  const [first = ''] = exchange.segments
  if (OPEN_TO_ALL.includes(first)) return answerOpen(exchange, first)
  if (exchange.identity === ANONYMOUS) throw new ApiFault('Unauthorized', 'Unauthorized')
  const path = resourcePath(options.room.catalog, exchange.segments)
  requireAllowed(options.room.authorizer, exchange.identity, attributesOf(exchange, path))
  if (first === 'openapi') return answerOpenApi(openApi, exchange)
  if (path) return answerResource(options, exchange, path)
  if (await review(options.room, exchange)) return
  answerDiscovery(options.room, exchange)
}

const OPEN_TO_ALL: readonly string[] = ['healthz', 'livez', 'readyz', 'version']

function answerOpen(exchange: Exchange, what: string): void {
  if (what === 'version') reply(exchange, 200, version())
  else replyText(exchange, 200, 'ok', 'text/plain; charset=utf-8')
}

function version(): object {
  return {
    major: '1',
    minor: '32',
    gitVersion: 'v1.32.0+bellhop',
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: `${process.platform}/${process.arch === 'x64' ? 'amd64' : process.arch}`,
  }
}

function answerOpenApi(openApi: OpenApi, exchange: Exchange): void {
  const [, version, ...path] = exchange.segments
  const json = accepts(exchange, 'application/json')
  if (!json) throw new ApiFault('NotAcceptable', 'only the following media types are accepted: application/json')
  const text =
    version === 'v2' && path.length === 0
      ? JSON.stringify(openApi.version2())
      : version === 'v3' && path.length === 0
        ? JSON.stringify(openApi.index())
        : version === 'v3'
          ? openApi.document(path.join('/'))
          : undefined
  if (text === undefined) throw noSuchPath()
  replyText(exchange, 200, text, 'application/json')
}

function answerDiscovery({ catalog }: Room, exchange: Exchange): void {
  const { segments, request } = exchange
  const found = request.method === 'GET' ? discovered(catalog, segments) : undefined
  if (!found) throw noSuchPath()
  const whole = segments.length === 1 && accepts(exchange, AGGREGATED, 'application/json') === AGGREGATED
  if (whole) reply(exchange, 200, aggregated(catalog, segments[0] === 'api' ? 'core' : 'groups'), AGGREGATED)
  else reply(exchange, 200, found)
}

function discovered(catalog: Catalog, [root, ...rest]: readonly string[]): object | undefined {
  const depth = rest.length
  if (root === 'api')
    return depth === 0 ? coreVersions() : depth === 1 ? resourceList(catalog, rest.join('/')) : undefined
  if (root !== 'apis') return undefined
  if (depth === 0) return groupList(catalog)
  if (depth === 1) return oneGroup(catalog, rest[0] ?? '')
  return depth === 2 ? resourceList(catalog, rest.join('/')) : undefined
}

async function answerResource(options: HandlerOptions, exchange: Exchange, path: ResourcePath): Promise<void> {
  const { room } = options
  const method = exchange.request.method ?? 'GET'
  const verb = VERBS[method]
  const { verbs } = path.served.traits
  if (!verb || (verbs && !verbs.includes(verb))) throw methodNotAllowed()
  if (path.name === undefined) return answerCollection(room, exchange, path)
  const target = { ...path, name: path.name }
  if (path.subresource === 'log' && path.served.collection === 'pods' && method === 'GET') {
    const { podLogs: logs } = options
    if (!logs) throw noSuchPath()
    return streamLogs(room, exchange, { path: target, logs })
  }
  if (path.subresource !== undefined && !(path.subresource === 'status' && path.served.kind.statusSubresource))
    throw noSuchPath()
  return answerObject(room, exchange, target)
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

async function answerCollection(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
      return isWatch(exchange) ? streamWatch(room, exchange, path) : getList(room, exchange, path)
    case 'POST':
      return replyObject(room, exchange, { path, object: await post(room, exchange, path), code: 201 })
    case 'DELETE':
      return deleteMany(room, exchange, path)
    default:
      throw methodNotAllowed()
  }
}

async function answerObject(room: Room, exchange: Exchange, path: Target): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
      return isWatch(exchange) ? streamWatch(room, exchange, path) : getOne(room, exchange, path)
    case 'PUT':
      return replyObject(room, exchange, { path, object: await put(room, exchange, path), code: 200 })
    case 'PATCH':
      return replyObject(room, exchange, { path, object: await patch(room, exchange, path), code: 200 })
    case 'DELETE':
      if (path.subresource !== undefined) throw methodNotAllowed()
      return deleteOne(room, exchange, path)
    default:
      throw methodNotAllowed()
  }
}

function refuse({ room }: HandlerOptions, exchange: Exchange, thrown: unknown): void {
  const { response, request, signal } = exchange
  if (signal.aborted || response.destroyed) {
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
  // What is left of a body that was refused unread must not be taken for the next request.
  if (!request.complete) response.setHeader('connection', 'close')
  reply(exchange, fault.httpCode, statusOf(fault))
}
