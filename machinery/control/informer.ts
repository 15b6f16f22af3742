import type { Client, ObjectList } from '../api/client.ts'
import { isApiFault } from '../api/fault.ts'
import type { Kind } from '../api/kind.ts'
import { type KubeObject, keyOf, keyText, type ObjectKey } from '../api/object.ts'
import type { Host } from '../host/host.ts'

/** Told of every change: what was known before, what is known now. Neither is ever both undefined. */
export type ChangeListener<T> = (now: T | undefined, before: T | undefined) => void

/** Names under which an object shall be found, for example the MACs of a Hardware. */
export type IndexKeys<T> = (object: T) => readonly string[]

const RETRY = { first: 200, most: 10_000 } // milliseconds

/**
 * A copy of all objects of one kind, kept current by list and watch. It survives closed connections and versions that
 * are too old: it lists again and tells its listeners only what really changed.
 */
export class Informer<T extends KubeObject> {
  readonly #client: Client
  readonly #kind: Kind<T>
  readonly #host: Host
  readonly #objects = new Map<string, T>()
  readonly #listeners: ChangeListener<T>[] = []
  readonly #indexes = new Map<string, { keys: IndexKeys<T>; found: Map<string, Set<string>> }>()
  #markSynced: () => void = () => undefined
  readonly #synced = new Promise<void>(resolve => {
    this.#markSynced = resolve
  })

  constructor(client: Client, kind: Kind<T>, host: Host) {
    this.#client = client
    this.#kind = kind
    this.#host = host
  }

  /** Resolves when the first list is in, or the signal was aborted before: whoever is called off must not wait for ever. */
  get synced(): Promise<void> {
    return this.#synced
  }

  get(key: ObjectKey): T | undefined {
    return this.#objects.get(keyText(key))
  }

  all(): readonly T[] {
    return [...this.#objects.values()]
  }

  onChange(listener: ChangeListener<T>): void {
    this.#listeners.push(listener)
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

  /** Lists and watches until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return this.#markSynced()
    signal.addEventListener('abort', () => this.#markSynced(), { once: true })
    let wait = RETRY.first
    while (!signal.aborted) {
      try {
        const list = await this.#client.list(this.#kind)
        this.#replace(list)
        this.#markSynced()
        wait = RETRY.first
        await this.#follow(list.resourceVersion, signal)
      } catch (fault) {
        if (signal.aborted) return
        if (isApiFault(fault, 'Expired', 'Gone')) continue
        this.#host.log.warn('lost sight of a kind, listing again', {
          kind: this.#kind.kind,
          reason: String(fault),
          wait,
        })
        await this.#host.clock.wait(wait, signal).catch(() => undefined) // aborted: the loop ends by its condition
        wait = Math.min(wait * 2, RETRY.most)
      }
    }
  }

  async #follow(from: string, signal: AbortSignal): Promise<void> {
    let resourceVersion = from
    while (!signal.aborted) {
      for await (const event of this.#client.watch(this.#kind, { resourceVersion, signal })) {
        if (event.type === 'BOOKMARK') {
          resourceVersion = event.resourceVersion
          continue
        }
        resourceVersion = event.object.metadata.resourceVersion ?? resourceVersion
        this.#put(keyText(keyOf(event.object)), event.type === 'DELETED' ? undefined : event.object)
      }
    }
  }

  #replace(list: ObjectList<T>): void {
    const gone = new Set(this.#objects.keys())
    for (const object of list.items) {
      const at = keyText(keyOf(object))
      gone.delete(at)
      if (this.#objects.get(at)?.metadata.resourceVersion !== object.metadata.resourceVersion) this.#put(at, object)
    }
    for (const at of gone) this.#put(at, undefined)
  }

  #put(at: string, now: T | undefined): void {
    const before = this.#objects.get(at)
    if (now) this.#objects.set(at, now)
    else this.#objects.delete(at)
    if (!now && !before) return
    for (const { keys, found } of this.#indexes.values()) {
      if (before) leave(found, keys(before), at)
      if (now) enter(found, keys(now), at)
    }
    for (const listener of this.#listeners) listener(now, before)
  }
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
