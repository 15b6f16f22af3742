import { ApiFault } from '../../api/fault.ts'
import type { Body, Change, Place } from './change.ts'
import { Collection } from './collection.ts'
import type { Disk } from './disk.ts'
import { StoreFault } from './fault.ts'
import { WINDOW_LIMITS, Window, type WindowLimits } from './window.ts'

/** What a write makes of an object: keep it as given, take it away (as it was last), or leave all as it is. */
export type Decision = { readonly put: Body } | { readonly remove: Body } | undefined

/** Looks at the object as it is at the moment of writing. What it throws refuses this write alone. */
export type Decide = (now: Body | undefined) => Decision

export type Listener = (change: Change) => void

type Waiting = {
  readonly place: Place
  readonly decide: Decide
  readonly resolve: (object: Body | undefined) => void
  readonly reject: (fault: unknown) => void
}

const GROUP = 256 // writes in one transaction at most: bounds how long the process is busy with one

/**
 * All objects in memory, each change on disk before anybody hears of it. Writes that wait at the same time are made
 * durable together; within a group they see one another, so that of two that expect the same version one is refused.
 */
export class Store implements AsyncDisposable {
  readonly #disk: Disk
  readonly #collections = new Map<string, Collection>()
  readonly #window: Window
  readonly #listeners = new Set<Listener>()
  #waiting: Waiting[] = []
  #gathering = false
  #revision: number
  #closed = false

  constructor(disk: Disk, limits: WindowLimits = WINDOW_LIMITS) {
    this.#disk = disk
    const loaded = disk.load()
    const changes = [...loaded.changes]
    // Revision 1 is that of an empty store: 0 has a meaning of its own in requests.
    this.#revision = Math.max(loaded.revision, 1)
    this.#window = new Window(limits, changes[0] ? changes[0].revision - 1 : this.#revision)
    for (const { collection, key, object } of loaded.objects) this.#collection(collection).put(key, object)
    for (const change of changes) this.#window.add(change)
  }

  /** The revision of the newest change. */
  get revision(): number {
    return this.#revision
  }

  /** A watch may go on from this revision or any later one. */
  get oldest(): number {
    return this.#window.oldest
  }

  get(place: Place): Body | undefined {
    return this.#collections.get(place.collection)?.get(place.key)
  }

  count(collection: string): number {
    return this.#collections.get(collection)?.size ?? 0
  }

  /** Objects in the order of their keys. Take what is needed at once: it does not outlive the next write. */
  from(collection: string, prefix = '', after = ''): Iterable<{ readonly key: string; readonly object: Body }> {
    return this.#collection(collection).from(prefix, after)
  }

  /** Changes of all collections after a revision; ApiFault `Expired` when they are no longer known. */
  since(revision: number): readonly Change[] {
    return this.#window.since(revision)
  }

  /** Hears of every change once it is durable, in order. The listener must not throw. */
  listen(listener: Listener): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  /** Resolves, once it is durable, to the object as written (as it was last, if removed). */
  write(place: Place, decide: Decide): Promise<Body | undefined> {
    if (this.#closed) return Promise.reject(refusal(new StoreFault('store/closed', 'the server is being stopped')))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ place, decide, resolve, reject })
      this.#gather()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    while (this.#waiting.length > 0) this.#commit()
    this.#listeners.clear()
    this.#disk[Symbol.dispose]()
  }

  #collection(name: string): Collection {
    const known = this.#collections.get(name)
    if (known) return known
    const collection = new Collection()
    this.#collections.set(name, collection)
    return collection
  }

  #gather(): void {
    if (this.#gathering) return
    this.#gathering = true
    this.#disk.gather(() => {
      this.#gathering = false
      if (this.#waiting.length > 0) this.#commit()
      if (this.#waiting.length > 0) this.#gather()
    })
  }

  #commit(): void {
    const group = this.#waiting.splice(0, GROUP)
    const { changes, outcomes } = this.#decide(group)
    try {
      if (changes.length > 0) this.#disk.commit(changes, this.#window.oldest)
    } catch (fault) {
      for (const waiting of group) waiting.reject(refusal(fault))
      return
    }
    for (const change of changes) this.#apply(change)
    for (const change of changes) for (const listener of this.#listeners) listener(change)
    for (const outcome of outcomes) outcome()
  }

  #decide(group: readonly Waiting[]): { changes: Change[]; outcomes: (() => void)[] } {
    const changes: Change[] = []
    const outcomes: (() => void)[] = []
    const ahead = new Map<string, Body | undefined>()
    for (const { place, decide, resolve, reject } of group) {
      const at = `${place.collection} ${place.key}`
      const now = ahead.has(at) ? ahead.get(at) : this.get(place)
      try {
        const decision = decide(now)
        const change = decision && changeOf({ place, decision, now, revision: this.#revision + changes.length + 1 })
        if (change) {
          changes.push(change)
          ahead.set(at, change.type === 'DELETED' ? undefined : change.object)
        }
        outcomes.push(() => resolve(change ? change.object : now))
      } catch (fault) {
        outcomes.push(() => reject(fault))
      }
    }
    return { changes, outcomes }
  }

  #apply(change: Change): void {
    const collection = this.#collection(change.collection)
    if (change.type === 'DELETED') collection.remove(change.key)
    else collection.put(change.key, change.object)
    this.#revision = change.revision
    this.#window.add(change)
  }
}

/** To a client the disk's trouble is a server that cannot write just now. */
function refusal(fault: unknown): unknown {
  return fault instanceof StoreFault
    ? new ApiFault('ServiceUnavailable', fault.message, { retryAfterSeconds: 5 })
    : fault
}

const LARGEST = 1.5 * 1024 * 1024 // bytes of one object, as etcd has it

type Step = { place: Place; decision: NonNullable<Decision>; now: Body | undefined; revision: number }

function changeOf({ place, decision, now, revision }: Step): Change {
  const given = 'put' in decision ? decision.put : decision.remove
  const object = { ...given, metadata: { ...given.metadata, resourceVersion: String(revision) } }
  const type = 'remove' in decision ? 'DELETED' : now ? 'MODIFIED' : 'ADDED'
  const json = JSON.stringify(object)
  if (json.length > LARGEST && type !== 'DELETED') {
    const sentence = `the object is too large: it has ${json.length} bytes, ${LARGEST} are allowed`
    throw new ApiFault('RequestEntityTooLarge', sentence)
  }
  return { ...place, revision, type, object, before: now, json }
}
