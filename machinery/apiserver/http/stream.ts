import { ApiFault, isApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import { type Bookmark, type Seen, watch } from '../registry/watch.ts'
import type { Body } from '../store/change.ts'
import type { Exchange } from './exchange.ts'
import { drained } from './incoming.ts'
import { type Form, formFor } from './negotiate.ts'
import type { ResourcePath } from './path.ts'
import { encodingsOf, selectionOf, tableOptions, wholeNumber } from './read.ts'
import { statusOf } from './status.ts'
import { partial, type TableOptions, tableOf } from './table.ts'

const BOOKMARK_EVERY = 60_000
const SHORTEST = 1800 // seconds a watch lasts that does not say how long: this and up to as much again
const INITIAL_END = 'k8s.io/initial-events-end'

/** Writes changes as they happen, one JSON object a line, until the client, its time or the server ends it. */
export async function streamWatch(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const form = formFor(exchange.request.headers.accept, {
    encodings: encodingsOf(path.served),
    shapes: ['Table', 'PartialObjectMetadata'],
    stream: true,
  })
  const frame = frameOf(room, exchange, { path, form })
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
    exchange.response.flushHeaders?.()
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
  await drained(response)
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

type Framing = { readonly path: ResourcePath; readonly form: Form }
type Frame = (event: Seen | Bookmark) => string | undefined

function frameOf(room: Room, exchange: Exchange, { path, form }: Framing): Frame {
  const asked = exchange.query.get('sendInitialEvents') === 'true'
  const bookmark = bookmarkFrame({ path, form })
  const object = objectFrame(room, exchange, { path, form })
  return event => {
    if (event.type !== 'BOOKMARK') return object(event)
    return wantsBookmarks(exchange) && (asked || !event.initial) ? bookmark(event) : undefined
  }
}

function objectFrame(room: Room, exchange: Exchange, { path, form }: Framing) {
  const options = tableOptions(room, exchange, path)
  let first = true
  return ({ type, object, json, revision }: Seen): string => {
    if (!form.as) return `{"type":"${type}","object":${json}}`
    const resourceVersion = object.metadata.resourceVersion ?? String(revision)
    const shown = form.as === 'Table' ? rowOf(object, { resourceVersion, options, first }) : partial(object)
    first = false
    return JSON.stringify({ type, object: shown })
  }
}

type Row = { readonly resourceVersion: string; readonly options: TableOptions; readonly first: boolean }

/** The columns are named once; later tables of the stream have only their row. */
function rowOf(object: Body, { resourceVersion, options, first }: Row): object {
  const { columnDefinitions, ...table } = tableOf([object], { resourceVersion }, { ...options, now: options.now })
  return { ...table, columnDefinitions: first ? columnDefinitions : null }
}

function bookmarkFrame({ path: { served }, form }: Framing): (event: Bookmark) => string {
  return ({ revision, initial }) => {
    const annotations = initial ? { annotations: { [INITIAL_END]: 'true' } } : {}
    const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...annotations }
    return JSON.stringify({ type: 'BOOKMARK', object: { ...headOf(served, form), metadata } })
  }
}

function headOf({ kind }: Served, { as }: Form): object {
  if (as === 'Table') return { kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: null, rows: [] }
  if (as) return { kind: as, apiVersion: 'meta.k8s.io/v1' }
  return { kind: kind.kind, apiVersion: apiVersion(kind) }
}
