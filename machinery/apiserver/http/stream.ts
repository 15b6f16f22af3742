import { isApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { hasProtobuf, PROTOBUF_WATCH, writeEvent } from '../protobuf/envelope.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import { type Bookmark, type Seen, watch } from '../registry/watch.ts'
import type { Body } from '../store/change.ts'
import { typed } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { drained } from './incoming.ts'
import { type ListOptions, listOptions } from './list-options.ts'
import { type Form, formFor } from './negotiate.ts'
import type { ResourcePath } from './path.ts'
import { selectionOf, tableOptions } from './read.ts'
import { statusOf } from './status.ts'
import { partial, type TableOptions, tableOf } from './table.ts'

const BOOKMARK_EVERY = 60_000
const SHORTEST = 1800 // seconds a watch lasts that does not say how long: this and up to as much again
const INITIAL_END = 'k8s.io/initial-events-end'

/** Writes changes as they happen, one frame after another, until the client, its time or the server ends it. */
export async function streamWatch(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const asked = listOptions(exchange)
  const form = watchForm(exchange, path.served)
  const frame = frameOf(room, exchange, { path, form, asked })
  const over = new AbortController()
  const signal = AbortSignal.any([exchange.signal, over.signal])
  const { response } = exchange
  try {
    const selection = selectionOf(exchange, path)
    const events = watch(room, path.served, { ...selection, ...startOf(room, asked), signal: over.signal })
    exchange.signal.addEventListener('abort', () => over.abort(), { once: true })
    endAfter(room, asked, { signal, end: () => over.abort() })
    response.writeHead(200, { 'content-type': mediaOf(form), 'cache-control': 'no-cache, private' })
    exchange.audit?.started(200)
    response.flushHeaders?.()
    for await (const batch of events) {
      const frames = batch.flatMap(frame)
      if (frames.length > 0) await write(exchange, Buffer.concat(frames))
    }
    if (!exchange.signal.aborted && asked.bookmarks) await write(exchange, Buffer.concat(frame(lastWord(room))))
  } catch (fault) {
    // Once the stream has begun, a refusal is its last frame.
    if (!isApiFault(fault) || (!response.headersSent && fault.code !== 'Expired')) throw fault
    if (!response.headersSent) response.writeHead(200, { 'content-type': mediaOf(form) })
    await write(exchange, framed('ERROR', statusOf(fault), form))
  } finally {
    over.abort()
  }
  response.end()
}

/** All that was kept was told: whoever begins again from here misses nothing. */
function lastWord({ store }: Room): Bookmark {
  return { type: 'BOOKMARK', revision: store.revision }
}

function watchForm({ request }: Exchange, { kind }: Served): Form {
  return formFor(request.headers.accept, {
    encodings: hasProtobuf(apiVersion(kind), kind.kind) ? ['json', 'protobuf'] : ['json'],
    shapes: ['Table', 'PartialObjectMetadata'],
    stream: true,
  })
}

function mediaOf({ encoding }: Form): string {
  return encoding === 'protobuf' ? PROTOBUF_WATCH : 'application/json'
}

type Ending = { readonly signal: AbortSignal; readonly end: () => void }

function endAfter({ host }: Room, { timeoutSeconds }: ListOptions, { signal, end }: Ending): void {
  const seconds = timeoutSeconds || Math.floor(SHORTEST * (1 + host.random()))
  // Called off when the client is gone first.
  void host.clock.wait(seconds * 1000, signal).then(end, () => undefined)
}

async function write({ response, signal }: Exchange, bytes: Uint8Array): Promise<void> {
  if (response.write(bytes) || signal.aborted) return
  await drained(response)
}

/** Where a watch begins: after a revision, or with what is there. */
function startOf({ store }: Room, asked: ListOptions): { revision?: number; bookmarkEvery?: number } {
  const { revision = 0, sendInitialEvents } = asked
  const fromStart = sendInitialEvents ?? revision === 0
  return {
    ...(!fromStart && { revision: revision || store.revision }),
    ...(asked.bookmarks && { bookmarkEvery: BOOKMARK_EVERY }),
  }
}

type Framing = { readonly path: ResourcePath; readonly form: Form; readonly asked: ListOptions }
/** One frame, in parts, or none. */
type Frame = (event: Seen | Bookmark) => readonly Uint8Array[]

function frameOf(room: Room, exchange: Exchange, { path, form, asked }: Framing): Frame {
  const object = objectFrame(tableOptions(room, exchange, path), form)
  return event => {
    if (event.type !== 'BOOKMARK') return object(event)
    const told = asked.bookmarks && (asked.sendInitialEvents === true || !event.initial)
    return told ? [framed('BOOKMARK', bookmarkOf(path.served, form, event), form)] : []
  }
}

function objectFrame(options: TableOptions, form: Form): (seen: Seen) => readonly Uint8Array[] {
  let first = true
  return ({ type, told, revision }) => {
    if (!form.as && form.encoding === 'json') return [HEAD[type], told.bytes, TAIL]
    const { object } = told
    const resourceVersion = object.metadata.resourceVersion ?? String(revision)
    const shown =
      form.as === 'Table' ? rowOf(object, { resourceVersion, options, first }) : form.as ? partial(object) : object
    first = false
    return [framed(type, shown, form)]
  }
}

const HEAD = {
  ADDED: Buffer.from('{"type":"ADDED","object":'),
  MODIFIED: Buffer.from('{"type":"MODIFIED","object":'),
  DELETED: Buffer.from('{"type":"DELETED","object":'),
} as const
const TAIL = Buffer.from('}\n')

function framed(type: string, object: object, { encoding }: Form): Uint8Array {
  return encoding === 'protobuf'
    ? writeEvent(type, typed(object))
    : Buffer.from(`${JSON.stringify({ type, object })}\n`)
}

type Row = { readonly resourceVersion: string; readonly options: TableOptions; readonly first: boolean }

/** The columns are named once; later tables of the stream have only their row. */
function rowOf(object: Body, { resourceVersion, options, first }: Row): object {
  const table = tableOf([object], { resourceVersion }, options)
  return first ? table : { ...table, columnDefinitions: null }
}

function bookmarkOf(served: Served, form: Form, { revision, initial }: Bookmark): object {
  const annotations = initial ? { annotations: { [INITIAL_END]: 'true' } } : {}
  const metadata = { resourceVersion: String(revision), creationTimestamp: null, ...annotations }
  return { ...headOf(served, form), metadata }
}

function headOf({ kind }: Served, { as }: Form): object {
  if (!as) return { kind: kind.kind, apiVersion: apiVersion(kind) }
  const rows = as === 'Table' && { columnDefinitions: null, rows: [] }
  return { kind: as, apiVersion: 'meta.k8s.io/v1', ...rows }
}
