import { ApiFault } from '../../api/fault.ts'
import type { Body, Change } from '../store/change.ts'
import { shownOne } from './convert.ts'
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

/** A change as one watcher sees it: an object that no longer fits the selection is gone for it. */
export interface Seen {
  readonly type: Change['type']
  readonly revision: number
  readonly object: Body
  readonly json: string
}

/** All up to this revision was told; `initial` when these were the objects that were there at first. */
export interface Bookmark {
  readonly type: 'BOOKMARK'
  readonly revision: number
  readonly initial?: boolean
}

const MOST_WAITING = 50_000 // a watcher further behind has to list again

/**
 * Changes of a kind from a revision on. The watch is in place when this returns; it ends when the signal is aborted, and
 * throws `Expired` when the revision is too old or the reader too slow.
 */
export function watch(room: Room, served: Served, request: WatchRequest): AsyncGenerator<Seen | Bookmark, void> {
  const { store } = room
  const { revision, signal } = request
  if (revision !== undefined && !Number.isSafeInteger(revision)) {
    throw new ApiFault('BadRequest', 'the resource version to watch from is not a number')
  }
  if (revision !== undefined && revision > store.revision) {
    throw new ApiFault('Expired', `resource version ${revision} is newer than the newest, ${store.revision}`)
  }
  const sees = viewOf(served, request)
  const feed = new Feed()
  if (revision === undefined) offerAll(room, served, { request, feed })
  else for (const change of store.since(revision)) feed.offer(sees(change))
  const listening = store.listen(change => feed.offer(sees(change)))
  const stop = () => {
    listening[Symbol.dispose]()
    feed.end()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  if (request.bookmarkEvery) void bookmarks(room, feed, { every: request.bookmarkEvery, signal })
  const seen = drain(feed, () => {
    signal.removeEventListener('abort', stop)
    stop()
  })
  return served.conversion ? converted(served, seen) : seen
}

async function* converted(
  served: Served,
  feed: AsyncGenerator<Seen | Bookmark, void>,
): AsyncGenerator<Seen | Bookmark, void> {
  for await (const seen of feed) {
    if (seen.type === 'BOOKMARK') yield seen
    else {
      const object = await shownOne(served, seen.object)
      yield { ...seen, object, json: JSON.stringify(object) }
    }
  }
}

type Offering = { readonly request: WatchRequest; readonly feed: Feed }

function offerAll(room: Room, served: Served, { request, feed }: Offering): void {
  const { revision } = room.store
  const accepts = selects(served, request)
  for (const { object } of room.store.from(served.collection)) {
    if (accepts && !accepts(object)) continue
    feed.offerFirst({ type: 'ADDED', revision, object, json: JSON.stringify(object) })
  }
  feed.offerFirst({ type: 'BOOKMARK', revision, initial: true })
}

async function bookmarks(
  room: Room,
  feed: Feed,
  { every, signal }: { every: number; signal: AbortSignal },
): Promise<void> {
  while (!feed.ended) {
    // Called off: the feed has ended, and so does the loop.
    await room.host.clock.wait(every, signal).catch(() => undefined)
    feed.offer({ type: 'BOOKMARK', revision: room.store.revision })
  }
}

async function* drain(feed: Feed, close: () => void): AsyncGenerator<Seen | Bookmark, void> {
  try {
    for (let seen = await feed.next(); seen; seen = await feed.next()) yield seen
  } finally {
    close()
  }
}

/** What a watcher with these selectors makes of a change. */
function viewOf(served: Served, selection: Selection): (change: Change) => Seen | undefined {
  const accepts = selects(served, selection)
  return change => {
    if (change.collection !== served.collection) return undefined
    const type = accepts ? typeFor(change, accepts) : change.type
    return type && { type, revision: change.revision, object: change.object, json: change.json }
  }
}

function typeFor(change: Change, accepts: Selects): Change['type'] | undefined {
  const { type, object, before } = change
  if (type !== 'MODIFIED') return accepts(before && type === 'DELETED' ? before : object) ? type : undefined
  const fits = accepts(object)
  // What it was may be forgotten after a restart: then say too much rather than too little.
  const did = before ? accepts(before) : true
  if (fits) return did ? 'MODIFIED' : 'ADDED'
  return did ? 'DELETED' : undefined
}

class Feed {
  #waiting: (Seen | Bookmark)[] = []
  #taken = 0
  #wake: (() => void) | undefined
  #ended = false
  #overrun = false

  get ended(): boolean {
    return this.#ended
  }

  /** What is there at first is not bounded: a list would have been as long. */
  offerFirst(seen: Seen | Bookmark): void {
    this.#waiting.push(seen)
  }

  offer(seen: Seen | Bookmark | undefined): void {
    if (!seen || this.#ended) return
    if (this.#waiting.length - this.#taken >= MOST_WAITING) {
      this.#overrun = true
      this.#waiting = []
      this.#taken = 0
      this.end()
      return
    }
    this.#waiting.push(seen)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async next(): Promise<Seen | Bookmark | undefined> {
    for (;;) {
      if (this.#overrun) throw new ApiFault('Expired', 'the watch fell too far behind; list again')
      if (this.#ended) return undefined
      const seen = this.#waiting[this.#taken]
      if (seen) {
        this.#taken++
        return seen
      }
      this.#waiting = []
      this.#taken = 0
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
