import { ApiFault } from '../../api/fault.ts'
import type { Clock } from '../../host/clock.ts'
import { type Body, Change, type Place, Stored } from './change.ts'
import type { Disk } from './disk.ts'
import { StoreFault } from './fault.ts'
import { type Follower, type Listener, Listeners } from './listeners.ts'
import { Memory } from './memory.ts'
import { Past, type View } from './view.ts'
import { WINDOW_LIMITS, type WindowLimits } from './window.ts'

/** What a write makes of an object: keep it as given, take it away (as it was last), or leave all as it is. */
export type Decision = { readonly put: Body } | { readonly remove: Body } | undefined

/** Looks at the object as it is at the moment of writing. What it throws refuses this write alone. */
export type Decide = (now: Body | undefined) => Decision

export interface StoreOptions {
  readonly clock: Clock
  readonly limits?: WindowLimits
}

type Waiting = {
  readonly place: Place
  readonly decide: Decide
  readonly resolve: (object: Body | undefined) => void
  readonly reject: (fault: unknown) => void
}

const GROUP = 256 // writes in one transaction at most: bounds how long the process is busy with one
const TURNS = 8 // of the event loop that a group is gathered for at most

/**
 * All objects in memory, each change on disk before anybody hears of it. Writes that wait at the same time are made
 * durable together; within a group they see one another, so that of two that expect the same version one is refused.
 */
export class Store implements View, AsyncDisposable {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #memory: Memory
  readonly #listeners = new Listeners()
  #waiting: Waiting[] = []
  #writing: Promise<void> | undefined
  #closed = false
  #trouble: string | undefined

  constructor(disk: Disk, { clock, limits = WINDOW_LIMITS }: StoreOptions) {
    this.#disk = disk
    this.#clock = clock
    this.#memory = loaded(disk, limits)
  }

  /** The revision of the newest change. */
  get revision(): number {
    return this.#memory.revision
  }

  /** Why nothing can be written, as the last write found. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** What was at this revision or any later one is known: a watch may go on from there, a list show it. */
  get oldest(): number {
    return this.#memory.window.oldest
  }

  get(place: Place): Body | undefined {
    return this.#memory.present.get(place)
  }

  find(place: Place): Stored | undefined {
    return this.#memory.present.find(place)
  }

  from(collection: string, prefix = '', after = ''): Iterable<Stored> {
    return this.#memory.present.from(collection, prefix, after)
  }

  count(collection: string, prefix = '', after = ''): number {
    return this.#memory.present.count(collection, prefix, after)
  }

  /** All objects as they were at a revision; ApiFault `Expired` when that is no longer known. */
  at(revision: number): View {
    if (revision > this.revision) throw tooLarge(revision, this.revision)
    return revision === this.revision ? this : new Past(revision, this.#memory.present, this.since(revision))
  }

  /** Changes of all collections after a revision; ApiFault `Expired` when they are no longer known. */
  since(revision: number): readonly Change[] {
    return this.#memory.window.since(revision)
  }

  /** Forgets what was before a revision. */
  compact(revision: number): void {
    this.#memory.compact(revision)
  }

  /** Hears of every change once it is durable, in order. The listener must not throw. */
  listen(listener: Listener): Disposable {
    return this.#listeners.listen(listener)
  }

  /** Hears of the changes of one collection, those together that became durable together. The follower must not throw. */
  follow(collection: string, follower: Follower): Disposable {
    return this.#listeners.follow(collection, follower)
  }

  /** Resolves, once it is durable, to the object as written (as it was last, if removed). */
  write(place: Place, decide: Decide): Promise<Body | undefined> {
    if (this.#closed) return Promise.reject(refusal(new StoreFault('store/closed', 'the server is being stopped')))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ place, decide, resolve, reject })
      this.#writing ??= this.#writeAll()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#writing
    this.#listeners.clear()
    this.#disk[Symbol.dispose]()
  }

  /** One group after the other: what waits while one is made durable is the next. */
  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather()
      await this.#writeGroup(this.#waiting.splice(0, GROUP))
    }
    this.#writing = undefined
  }

  /** As long as each turn brings more writes they are waited for: most of what a small group costs, a large one costs once. */
  async #gather(): Promise<void> {
    for (let turn = 0, before = 0; turn < TURNS && this.#waiting.length > before; turn++) {
      before = this.#waiting.length
      await this.#disk.gather()
    }
  }

  async #writeGroup(group: readonly Waiting[]): Promise<void> {
    const { changes, outcomes } = this.#decide(group)
    const { forgotten } = this.#memory
    try {
      if (changes.length > 0) await this.#disk.commit(changes, forgotten)
    } catch (fault) {
      this.#trouble = fault instanceof Error ? fault.message : String(fault)
      for (const waiting of group) waiting.reject(refusal(fault))
      return
    }
    if (changes.length > 0) this.#trouble = undefined
    if (changes.length > 0) this.#memory.forget(forgotten)
    for (const change of changes) this.#memory.apply(change)
    this.#listeners.tell(changes)
    for (const outcome of outcomes) outcome()
  }

  #decide(group: readonly Waiting[]): { changes: Change[]; outcomes: (() => void)[] } {
    const changes: Change[] = []
    const outcomes: (() => void)[] = []
    const ahead = new Map<string, Stored | undefined>()
    const time = this.#clock.now()
    for (const { place, decide, resolve, reject } of group) {
      const at = `${place.collection} ${place.key}`
      const was = ahead.has(at) ? ahead.get(at) : this.find(place)
      try {
        const decision = decide(was?.object)
        const step = { place, was, time, revision: this.revision + changes.length + 1 }
        const change = decision && changeOf(decision, step)
        if (change) {
          changes.push(change)
          ahead.set(at, change.type === 'DELETED' ? undefined : change.now)
        }
        outcomes.push(() => resolve(change ? change.object : was?.object))
      } catch (fault) {
        outcomes.push(() => reject(fault))
      }
    }
    return { changes, outcomes }
  }
}

function loaded(disk: Disk, limits: WindowLimits): Memory {
  try {
    return new Memory(disk.load(), limits)
  } catch (fault) {
    disk[Symbol.dispose]()
    throw fault
  }
}

/** To a client the disk's trouble is a server that cannot write just now. */
function refusal(fault: unknown): unknown {
  return fault instanceof StoreFault ? new ApiFault('ServiceUnavailable', fault.message) : fault
}

function tooLarge(revision: number, newest: number): ApiFault {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }]
  const sentence = `Too large resource version: ${revision}, current: ${newest}`
  return new ApiFault('Timeout', sentence, { causes, retryAfterSeconds: 1 })
}

const LARGEST = 1.5 * 1024 * 1024 // bytes of one object, as etcd has it

type Step = { place: Place; was: Stored | undefined; time: number; revision: number }

function changeOf(decision: NonNullable<Decision>, { place, was, time, revision }: Step): Change {
  const given = 'put' in decision ? decision.put : decision.remove
  const object = { ...given, metadata: { ...given.metadata, resourceVersion: String(revision) } }
  const type = 'remove' in decision ? 'DELETED' : was ? 'MODIFIED' : 'ADDED'
  const json = JSON.stringify(object)
  const bytes = Buffer.byteLength(json)
  if (bytes > LARGEST && type !== 'DELETED') {
    const sentence = `the object is too large: it has ${bytes} bytes, ${LARGEST} are allowed`
    throw new ApiFault('RequestEntityTooLarge', sentence)
  }
  return new Change({ ...place, revision, time, type }, new Stored({ key: place.key, revision, json }, object), was)
}
