import { ApiFault } from '../../api/fault.ts'
import type { Body, Change } from '../store/change.ts'
import type { Room } from './room.ts'
import { type Selection, type Selects, selects } from './select.ts'
import type { Served } from './served.ts'

export interface WatchRequest extends Selection {
  /** Changes after this one. */
  readonly revision: number
  readonly signal: AbortSignal
}

/** A change as one watcher sees it: an object that no longer fits the selection is gone for it. */
export interface Seen {
  readonly type: Change['type']
  readonly revision: number
  readonly object: Body
  readonly json: string
}

const MOST_WAITING = 20_000 // a watcher further behind has to list again

/**
 * Changes of a kind from a revision on. The watch is in place when this returns; it ends when the signal is aborted, and
 * throws `Expired` when the revision is too old or the reader too slow.
 */
export function watch(room: Room, served: Served, request: WatchRequest): AsyncGenerator<Seen, void> {
  const { store } = room
  if (request.revision > store.revision) {
    throw new ApiFault('Expired', `resource version ${request.revision} is newer than the newest, ${store.revision}`)
  }
  const sees = viewOf(served, request)
  const feed = new Feed()
  for (const change of store.since(request.revision)) feed.offer(sees(change))
  const listening = store.listen(change => feed.offer(sees(change)))
  const stop = () => {
    listening[Symbol.dispose]()
    feed.end()
  }
  if (request.signal.aborted) stop()
  else request.signal.addEventListener('abort', stop, { once: true })
  return drain(feed, () => {
    request.signal.removeEventListener('abort', stop)
    stop()
  })
}

async function* drain(feed: Feed, close: () => void): AsyncGenerator<Seen, void> {
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
  #waiting: Seen[] = []
  #wake: (() => void) | undefined
  #ended = false
  #overrun = false

  offer(seen: Seen | undefined): void {
    if (!seen || this.#ended) return
    if (this.#waiting.length >= MOST_WAITING) {
      this.#overrun = true
      this.#waiting = []
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

  async next(): Promise<Seen | undefined> {
    for (;;) {
      if (this.#overrun) throw new ApiFault('Expired', 'the watch fell too far behind; list again')
      if (this.#ended) return undefined
      const seen = this.#waiting.shift()
      if (seen) return seen
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
