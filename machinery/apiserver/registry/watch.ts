import { ApiFault } from '../../api/fault.ts'
import { type Body, type Change, type ChangeType, Stored } from '../store/change.ts'
import { shown } from './convert.ts'
import { Feed } from './feed.ts'
import type { Room } from './room.ts'
import { type Selection, type Selects, selects } from './select.ts'
import type { Served } from './served.ts'

export interface WatchRequest extends Selection {
  /** Changes after this one; absent to begin with what is there now, each object as `ADDED`. */
  readonly revision?: number
  readonly signal: AbortSignal
  /** Milliseconds between words of the newest revision; none when absent. */
  readonly bookmarkEvery?: number
}

/** An object and its JSON. */
export interface Told {
  readonly object: Body
  readonly json: string
  /** The JSON in UTF-8, made once for all who are told of a change. */
  readonly bytes: Uint8Array
}

/** A change as one watcher sees it: an object that no longer fits the selection is gone for it. */
export interface Seen {
  readonly type: ChangeType
  readonly revision: number
  readonly told: Told
}

/** All up to this revision was told; `initial` when these were the objects that were there at first. */
export interface Bookmark {
  readonly type: 'BOOKMARK'
  readonly revision: number
  readonly initial?: boolean
}

/** What a watcher is told at once: what happened together, or while it was not listening. */
export type Batch = readonly (Seen | Bookmark)[]

/**
 * Changes of a kind from a revision on. The watch is in place when this returns; it ends when the signal is aborted, and
 * throws `Expired` when the revision is too old or the reader too slow.
 */
export function watch(room: Room, served: Served, request: WatchRequest): AsyncGenerator<Batch, void> {
  const { store } = room
  const { revision, signal } = request
  if (revision !== undefined && !Number.isSafeInteger(revision)) {
    throw new ApiFault('BadRequest', 'the resource version to watch from is not a number')
  }
  if (revision !== undefined && revision > store.revision) {
    throw new ApiFault('Expired', `resource version ${revision} is newer than the newest, ${store.revision}`)
  }
  const sees = viewOf(served, request)
  const feed = new Feed<Seen | Bookmark>(sizeOf)
  if (revision === undefined) offerAll(room, served, { request, feed })
  else for (const change of store.since(revision)) if (change.collection === served.collection) feed.offer(sees(change))
  const listening = store.follow(served.collection, changes => {
    for (const change of changes) feed.offer(sees(change))
  })
  const stop = () => {
    listening[Symbol.dispose]()
    feed.end()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  // A kind that is redefined is another one from then on: whoever watches begins again.
  const redefined = room.catalog.listen(() => {
    if (!room.catalog.versions(served.collection).some(one => one.kind === served.kind)) feed.finish()
  })
  if (request.bookmarkEvery) void bookmarks(room, feed, { every: request.bookmarkEvery, signal })
  const seen = drain(feed, () => {
    signal.removeEventListener('abort', stop)
    redefined[Symbol.dispose]()
    stop()
  })
  return served.conversion ? converted(served, seen) : seen
}

async function* converted(served: Served, batches: AsyncGenerator<Batch, void>): AsyncGenerator<Batch, void> {
  for await (const batch of batches) {
    const stored = batch.filter(one => one.type !== 'BOOKMARK')
    const objects = await shown(
      served,
      stored.map(({ told }) => told.object),
    )
    const told = new Map(stored.map((seen, at) => [seen, objects[at]]))
    yield batch.map(one => (one.type === 'BOOKMARK' ? one : { ...one, told: toldOf(told.get(one) ?? one.told.object) }))
  }
}

function toldOf(object: Body): Told {
  const { name, resourceVersion } = object.metadata
  return new Stored({ key: name, revision: Number(resourceVersion), json: JSON.stringify(object) }, object)
}

type Offering = { readonly request: WatchRequest; readonly feed: Feed<Seen | Bookmark> }

function offerAll(room: Room, served: Served, { request, feed }: Offering): void {
  const { revision } = room.store
  const { namespace, ...selection } = request
  const within = namespace !== undefined && served.kind.namespaced
  const accepts = selects(served, within ? selection : request)
  for (const told of room.store.from(served.collection, within ? `${namespace}/` : '')) {
    if (!accepts || accepts(told.object)) feed.offerFirst({ type: 'ADDED', revision, told })
  }
  feed.offerFirst({ type: 'BOOKMARK', revision, initial: true })
}

async function bookmarks(
  room: Room,
  feed: Feed<Seen | Bookmark>,
  { every, signal }: { every: number; signal: AbortSignal },
): Promise<void> {
  while (!feed.ended) {
    // Called off: the feed has ended, and so does the loop.
    await room.host.clock.wait(every, signal).catch(() => undefined)
    feed.offer({ type: 'BOOKMARK', revision: room.store.revision })
  }
}

async function* drain(feed: Feed<Seen | Bookmark>, close: () => void): AsyncGenerator<Batch, void> {
  try {
    for (let batch = await feed.next(); batch; batch = await feed.next()) yield batch
  } finally {
    close()
  }
}

function sizeOf(one: Seen | Bookmark): number {
  return one.type === 'BOOKMARK' ? 0 : one.told.json.length
}

/** What a watcher with these selectors makes of a change. */
function viewOf(served: Served, selection: Selection): (change: Change) => Seen | undefined {
  const accepts = selects(served, selection)
  return change => {
    const type = accepts ? typeFor(change, accepts) : change.type
    return type && { type, revision: change.revision, told: toldAs(type, change) }
  }
}

/** What ceases to fit is told as it was when it last did, as of the change that made it cease. */
function toldAs(type: ChangeType, change: Change): Told {
  const { before, revision } = change
  if (type === change.type || type !== 'DELETED' || !before) return change
  return toldOf({ ...before, metadata: { ...before.metadata, resourceVersion: String(revision) } })
}

function typeFor(change: Change, accepts: Selects): ChangeType | undefined {
  const { type, object, before } = change
  if (type !== 'MODIFIED') return accepts(before && type === 'DELETED' ? before : object) ? type : undefined
  const fits = accepts(object)
  const did = before !== undefined && accepts(before)
  if (fits) return did ? 'MODIFIED' : 'ADDED'
  return did ? 'DELETED' : undefined
}
