import { once } from 'node:events'
import { ApiFault, isApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import type { Room } from '../registry/room.ts'
import { type Bookmark, type Seen, watch } from '../registry/watch.ts'
import { AS_JSON, AS_METADATA, AS_TABLE, accepts, type Exchange } from './exchange.ts'
import type { ResourcePath } from './path.ts'
import { notAcceptable, selectionOf, tableOptions, wholeNumber } from './read.ts'
import { statusOf } from './status.ts'
import { partial, tableOf } from './table.ts'

const BOOKMARK_EVERY = 60_000
const SHORTEST = 1800 // seconds a watch lasts that does not say how long: this and up to as much again
const INITIAL_END = 'k8s.io/initial-events-end'

/** Writes changes as they happen, one JSON object a line, until the client, its time or the server ends it. */
export async function streamWatch(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const frame = frameOf(room, exchange, path)
  const seconds = wholeNumber(exchange, 'timeoutSeconds') || Math.floor(SHORTEST * (1 + room.host.random()))
  const over = new AbortController()
  const signal = AbortSignal.any([exchange.signal, over.signal])
  // Called off when the client is gone first.
  void room.host.clock.wait(seconds * 1000, signal).then(
    () => over.abort(),
    () => undefined,
  )
  try {
    const events = watch(room, path.served, { ...selectionOf(exchange, path), ...startOf(exchange), signal })
    exchange.response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' })
    exchange.response.flushHeaders()
    for await (const event of events) {
      const line = frame(event)
      if (line !== undefined) await writeLine(exchange, line)
    }
  } catch (fault) {
    // Once the stream has begun, a refusal is its last line.
    if (!exchange.response.headersSent || !isApiFault(fault)) throw fault
    await writeLine(exchange, JSON.stringify({ type: 'ERROR', object: statusOf(fault) }))
  } finally {
    over.abort()
  }
  exchange.response.end()
}

async function writeLine({ response, signal }: Exchange, line: string): Promise<void> {
  if (response.write(`${line}\n`) || signal.aborted) return
  // The client went away while it was slow: the watch ends by its signal.
  await once(response, 'drain', { signal }).catch(() => undefined)
}

function startOf(exchange: Exchange): { revision?: number; bookmarkEvery?: number } {
  const { query } = exchange
  const revision = wholeNumber(exchange, 'resourceVersion') ?? 0
  const initial = query.get('sendInitialEvents')
  if (initial !== null && query.get('resourceVersionMatch') !== 'NotOlderThan') {
    const why = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
    const causes = [{ reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field: 'resourceVersionMatch' }]
    throw new ApiFault('Invalid', `ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: Forbidden: ${why}`, {
      causes,
    })
  }
  const fromStart = initial === 'true' || (initial !== 'false' && revision === 0)
  return {
    ...(!fromStart && revision > 0 && { revision }),
    ...(wantsBookmarks(exchange) && { bookmarkEvery: BOOKMARK_EVERY }),
  }
}

function wantsBookmarks({ query }: Exchange): boolean {
  return ['true', '1'].includes(query.get('allowWatchBookmarks') ?? '')
}

type Frame = (event: Seen | Bookmark) => string | undefined

function frameOf(room: Room, exchange: Exchange, path: ResourcePath): Frame {
  const form = accepts(exchange, AS_TABLE, AS_METADATA, AS_JSON)
  if (!form) throw notAcceptable()
  const asked = exchange.query.get('sendInitialEvents') === 'true'
  const bookmark = bookmarkFrame(path, form)
  const object = objectFrame(room, exchange, { path, form })
  return event => {
    if (event.type !== 'BOOKMARK') return object(event)
    return wantsBookmarks(exchange) && (asked || !event.initial) ? bookmark(event) : undefined
  }
}

function objectFrame(room: Room, exchange: Exchange, { path, form }: { path: ResourcePath; form: string }) {
  return ({ type, object, json, revision }: Seen): string => {
    if (form === AS_JSON) return `{"type":"${type}","object":${json}}`
    const resourceVersion = object.metadata.resourceVersion ?? String(revision)
    const shown =
      form === AS_TABLE ? tableOf([object], { resourceVersion }, tableOptions(room, exchange, path)) : partial(object)
    return JSON.stringify({ type, object: shown })
  }
}

function bookmarkFrame({ served }: ResourcePath, form: string): (event: Bookmark) => string {
  return ({ revision, initial }) => {
    const annotations = initial ? { annotations: { [INITIAL_END]: 'true' } } : {}
    const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...annotations }
    const head =
      form === AS_TABLE
        ? { kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: [], rows: [] }
        : form === AS_METADATA
          ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' }
          : { kind: served.kind.kind, apiVersion: apiVersion(served.kind) }
    return JSON.stringify({ type: 'BOOKMARK', object: { ...head, metadata } })
  }
}
