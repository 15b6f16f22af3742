import { type KubeObject, keyOf, keyText, type ObjectKey } from '../api/object.ts'
import type { Log } from '../host/log.ts'

/** Told of every change: what was known before, what is known now. Neither is ever both undefined. */
export type ChangeListener<T> = (now: T | undefined, before: T | undefined) => void

/** Names under which an object shall be found, for example the MACs of a Hardware. */
export type IndexKeys<T> = (object: T) => readonly string[]

interface Index<T> {
  readonly keys: IndexKeys<T>
  readonly found: Map<string, Set<string>>
}

/** Objects of one kind by their keys and by indexes, and those who want to hear of changes. */
export class Cache<T extends KubeObject> {
  readonly #log: Log
  readonly #objects = new Map<string, T>()
  readonly #indexes = new Map<string, Index<T>>()
  readonly #listeners = new Set<ChangeListener<T>>()

  constructor(log: Log) {
    this.#log = log
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(keyText(key))
  }

  all(): readonly T[] {
    return [...this.#objects.values()]
  }

  onChange(listener: ChangeListener<T>): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  /** Defines an index; objects known already are indexed at once. */
  index(name: string, keys: IndexKeys<T>): void {
    const index = { keys, found: new Map<string, Set<string>>() }
    this.#indexes.set(name, index)
    for (const [at, object] of this.#objects) enter(index.found, keys(object), at)
  }

  /** Objects that the index files under this key. */
  find(name: string, key: string): readonly T[] {
    const found = this.#indexes.get(name)?.found.get(key) ?? []
    return [...found].flatMap(at => this.#objects.get(at) ?? [])
  }

  put(object: T): void {
    this.#set(keyText(keyOf(object)), object)
  }

  drop(object: T): void {
    this.#set(keyText(keyOf(object)), undefined)
  }

  /** Makes these all there is, and tells only what really changed. */
  replace(items: readonly T[]): void {
    const gone = new Set(this.#objects.keys())
    for (const object of items) {
      const at = keyText(keyOf(object))
      gone.delete(at)
      if (!same(this.#objects.get(at), object)) this.#set(at, object)
    }
    for (const at of gone) this.#set(at, undefined)
  }

  /** Tells every object once more, as a change from itself to itself. */
  retell(): void {
    for (const object of this.all()) this.#tell(object, object)
  }

  #set(at: string, now: T | undefined): void {
    const before = this.#objects.get(at)
    if (now) this.#objects.set(at, now)
    else this.#objects.delete(at)
    if (!now && !before) return
    for (const { keys, found } of this.#indexes.values()) {
      if (before) leave(found, keys(before), at)
      if (now) enter(found, keys(now), at)
    }
    this.#tell(now, before)
  }

  /** One listener's mistake must not keep the news from the others. */
  #tell(now: T | undefined, before: T | undefined): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(now, before)
      } catch (error) {
        const name = (now ?? before)?.metadata.name
        this.#log.error('a listener of a cache failed', { name, reason: String(error) })
      }
    }
  }
}

/** A kind deleted and made anew may count its versions from the beginning: the uid is looked at, too. */
function same(known: KubeObject | undefined, object: KubeObject): boolean {
  if (!known) return false
  const { resourceVersion, uid } = object.metadata
  return known.metadata.resourceVersion === resourceVersion && known.metadata.uid === uid
}

function enter(found: Map<string, Set<string>>, keys: readonly string[], at: string): void {
  for (const key of keys) {
    const set = found.get(key)
    if (set) set.add(at)
    else found.set(key, new Set([at]))
  }
}

function leave(found: Map<string, Set<string>>, keys: readonly string[], at: string): void {
  for (const key of keys) {
    const set = found.get(key)
    set?.delete(at)
    if (set?.size === 0) found.delete(key)
  }
}
