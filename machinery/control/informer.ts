import type { Client, ListOptions, WatchEvent } from '../api/client.ts'
import type { Kind } from '../api/kind.ts'
import type { KubeObject, ObjectKey } from '../api/object.ts'
import type { Host } from '../host/host.ts'
import { Backoff, REFLECTOR_TIMES } from './backoff.ts'
import { Cache, type ChangeListener, type IndexKeys } from './cache.ts'
import { cureOf, type Sight } from './sight.ts'
import { Watchdog } from './watchdog.ts'

export type { ChangeListener, IndexKeys } from './cache.ts'

export interface InformerOptions {
  /** Which objects; all unless told. */
  readonly select?: ListOptions
  /** Milliseconds after which every object is told once more, for listeners that may have missed something. */
  readonly resync?: number
}

/** A server that takes `sendInitialEvents` for nothing never says that this was all. Milliseconds without a word. */
const INITIAL_SILENCE = 30_000

/** A watch that ends sooner than this without a word is trouble, not the server's ordinary end (client-go's reflector). */
const SHORTEST_WATCH = 1000

/**
 * A copy of all objects of one kind, kept current by list and watch. It never stops for good: a lost connection is taken
 * up where it broke, and what is too old for that is listed again, telling its listeners only what really changed.
 */
export class Informer<T extends KubeObject> {
  readonly #client: Client
  readonly #kind: Kind<T>
  readonly #host: Host
  readonly #options: InformerOptions
  readonly #cache: Cache<T>
  readonly #synced = Promise.withResolvers<void>()
  /** How far the copy is; undefined when it must be made anew. */
  #version: string | undefined
  #streams = true

  constructor(client: Client, kind: Kind<T>, host: Host, options: InformerOptions = {}) {
    this.#client = client
    this.#kind = kind
    this.#host = host
    this.#options = options
    this.#cache = new Cache<T>(host.log.with({ kind: kind.kind }))
  }

  /** Resolves when the first list is in, or the signal was aborted before: whoever is called off must not wait for ever. */
  get synced(): Promise<void> {
    return this.#synced.promise
  }

  /** The only namespace it looks into, when it does not look everywhere. */
  get namespace(): string | undefined {
    return this.#options.select?.namespace
  }

  get(key: ObjectKey): T | undefined {
    return this.#cache.get(key)
  }

  all(): readonly T[] {
    return this.#cache.all()
  }

  /** Ends with what is returned, or with the informer. */
  onChange(listener: ChangeListener<T>): Disposable {
    return this.#cache.onChange(listener)
  }

  /** Defines an index; objects known already are indexed at once. */
  index(name: string, keys: IndexKeys<T>): void {
    this.#cache.index(name, keys)
  }

  /** Objects that the index files under this key. */
  find(name: string, key: string): readonly T[] {
    return this.#cache.find(name, key)
  }

  /** Lists and watches until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return this.#synced.resolve()
    signal.addEventListener('abort', () => this.#synced.resolve(), { once: true })
    const retelling = this.#retell(signal)
    const backoff = new Backoff(this.#host, REFLECTOR_TIMES)
    while (!signal.aborted) {
      const trouble = await this.#look(signal)
      // Aborted while waiting: the loop ends by its condition.
      if (trouble) await this.#host.clock.wait(this.#note(trouble, backoff), signal).catch(() => undefined)
    }
    await retelling
  }

  /** Sees to the copy until the server ends the watch; resolves to what went wrong, if anything did. */
  async #look(signal: AbortSignal): Promise<{ readonly fault: unknown } | undefined> {
    const sight: Sight = { streaming: this.#version === undefined && this.#streams }
    try {
      if (this.#version !== undefined) return await this.#follow(this.#version, signal)
      if (this.#streams) return await this.#stream(signal)
      await this.#list()
    } catch (fault) {
      if (signal.aborted) return undefined
      const cure = cureOf(fault, sight)
      if (cure === 'relist') this.#version = undefined
      if (cure !== 'list') return { fault }
      this.#streams = false
    }
    return undefined
  }

  #note({ fault }: { readonly fault: unknown }, backoff: Backoff): number {
    const wait = backoff.next()
    const facts = { kind: this.#kind.kind, reason: String(fault), wait }
    if (this.#version === undefined) this.#host.log.warn('lost sight of a kind, listing again', facts)
    else this.#host.log.warn('lost sight of a kind, watching again', facts)
    return wait
  }

  async #list(): Promise<void> {
    const { items, resourceVersion } = await this.#client.list(this.#kind, this.#options.select)
    this.#settle(items, resourceVersion)
  }

  #settle(items: readonly T[], version: string): void {
    this.#cache.replace(items)
    this.#version = version
    this.#synced.resolve()
  }

  /** What is there and what becomes of it in one stream: the server need not hold the whole list at once. */
  async #stream(signal: AbortSignal): Promise<undefined> {
    using watchdog = new Watchdog(this.#host.clock, INITIAL_SILENCE, signal)
    let first: T[] | undefined = []
    for await (const event of this.#client.watch(this.#kind, { ...this.#options.select, signal: watchdog.signal })) {
      if (!first) this.#take(event)
      else if (event.type === 'BOOKMARK' && event.initial) {
        watchdog.rest()
        this.#settle(first, event.resourceVersion)
        first = undefined
      } else if (event.type !== 'BOOKMARK') {
        watchdog.heard()
        first.push(event.object)
      }
    }
    if (first) watchdog.complain()
  }

  async #follow(resourceVersion: string, signal: AbortSignal) {
    const begun = this.#host.clock.now()
    let heard = false
    for await (const event of this.#client.watch(this.#kind, { ...this.#options.select, resourceVersion, signal })) {
      this.#take(event)
      heard = true
    }
    const short = !heard && !signal.aborted && this.#host.clock.now() - begun < SHORTEST_WATCH
    return short ? { fault: 'the watch ended as soon as it began' } : undefined
  }

  #take(event: WatchEvent<T>): void {
    if (event.type === 'BOOKMARK') {
      this.#version = event.resourceVersion
      return
    }
    if (event.type === 'DELETED') this.#cache.drop(event.object)
    else this.#cache.put(event.object)
    this.#version = event.object.metadata.resourceVersion ?? this.#version
  }

  async #retell(signal: AbortSignal): Promise<void> {
    const { resync } = this.#options
    if (resync === undefined) return
    while (!signal.aborted) {
      // Aborted: nothing is told any more.
      await this.#host.clock.wait(resync, signal).catch(() => undefined)
      if (!signal.aborted) this.#cache.retell()
    }
  }
}
