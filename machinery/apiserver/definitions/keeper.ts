import { isDeepStrictEqual } from 'node:util'
import { isApiFault } from '../../api/fault.ts'
import { timestamp } from '../../host/clock.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import type { Body, Change } from '../store/change.ts'
import { cleanUp, OVERLAPPING, release, writeStatus } from './cleanup.ts'
import { isTrue } from './condition.ts'
import type { Conversions } from './conversion.ts'
import { readDefinition } from './definition.ts'
import { fieldsOf } from './reading.ts'
import { type Serving, servedBy } from './serve.ts'
import { groupOf, namesTaken, settledStatus } from './status.ts'
import { CLEANUP, DEFINITIONS } from './traits.ts'

const RETRY = 5000 // milliseconds

/** What was last made of a definition, and since when. */
interface Known {
  readonly spec: unknown
  readonly serving: unknown
  readonly terminating: boolean
  readonly since: number
}

/**
 * Keeps the catalog as the definitions in the store say, from the moment a change is durable; gives each definition its
 * status; and empties the collections of those that are being deleted. It looks at one definition at a time, so that
 * two never get the same name.
 */
export class DefinitionKeeper implements AsyncDisposable {
  readonly #room: Room
  readonly #conversions: Conversions
  readonly #known = new Map<string, Known>()
  readonly #builtin: ReadonlySet<string>
  readonly #due = new Set<string>()
  readonly #listening: Disposable
  #running: Promise<void> | undefined
  readonly #closing = new AbortController()

  constructor(room: Room, conversions: Conversions) {
    this.#room = room
    this.#conversions = conversions
    this.#builtin = new Set(room.catalog.all.map(served => served.collection))
    this.#listening = room.store.listen(change => this.#hear(change))
    for (const { key, object } of [...room.store.from(DEFINITIONS)]) {
      this.#serve(key, object)
      this.#due.add(key)
    }
    this.#start()
  }

  /** Resolves when every definition has the status it should have, as far as that can be done now. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.#listening[Symbol.dispose]()
    this.#due.clear()
    await this.settled()
  }

  #hear({ collection, key, type, object }: Change): void {
    if (collection === DEFINITIONS) {
      this.#serve(key, type === 'DELETED' ? undefined : object)
      // The others of the group too: names may have become free.
      this.#look(key, ...this.#ofGroup(groupOf(object)))
    } else if (type === 'DELETED' && this.#known.has(collection) && this.#room.store.count(collection) === 0) {
      this.#look(collection)
    }
  }

  #ofGroup(group: string): string[] {
    const all = [...this.#room.store.from(DEFINITIONS)].filter(({ object }) => groupOf(object) === group)
    return all.map(({ key }) => key)
  }

  #serve(name: string, object: Body | undefined): void {
    if (this.#builtin.has(name)) return
    const known = this.#known.get(name)
    if (!object) {
      this.#known.delete(name)
      this.#replace(name, [])
      return
    }
    const same = known !== undefined && isDeepStrictEqual(known.spec, object.spec)
    const since = same ? known.since : Number(object.metadata.resourceVersion)
    const next: Known = {
      spec: object.spec,
      serving: servingStatus(object),
      terminating: isTrue(object, 'Terminating'),
      since,
    }
    this.#known.set(name, next)
    const unchanged = same && isDeepStrictEqual(known.serving, next.serving)
    if (unchanged && known.terminating === next.terminating) return
    if (unchanged) this.#mark(name, next.terminating)
    else this.#replace(name, servedBy(readDefinition(object), this.#serving(name, since)))
  }

  /** The same versions, for new objects or for none. */
  #mark(name: string, terminating: boolean): void {
    const versions = this.#room.catalog.versions(name)
    this.#replace(
      name,
      versions.map(one => ({ ...one, traits: { ...one.traits, terminating } })),
    )
  }

  #replace(name: string, versions: readonly Served[]): void {
    if (versions.length + this.#room.catalog.versions(name).length > 0) this.#room.catalog.replace(name, versions)
  }

  #serving(name: string, since: number): Serving {
    return { since, older: this.#hasOlder(name, since), conversions: this.#conversions }
  }

  /** Whether objects lie in the store that were written under another spec. */
  #hasOlder(collection: string, since: number): boolean {
    for (const { object } of this.#room.store.from(collection)) {
      if (Number(object.metadata.resourceVersion) < since) return true
    }
    return false
  }

  #start(): void {
    if (this.#running || this.#due.size === 0 || this.#closing.signal.aborted) return
    this.#running = this.#run().finally(() => {
      this.#running = undefined
      this.#start()
    })
  }

  async #run(): Promise<void> {
    for (const name of this.#due) {
      this.#due.delete(name)
      await this.#settleSafely(name)
      if (this.#closing.signal.aborted) return
    }
  }

  async #settleSafely(name: string): Promise<void> {
    try {
      await this.#settle(name)
    } catch (fault) {
      // Gone or changed in the meantime: the change itself made it due again.
      if (isApiFault(fault, 'NotFound', 'Conflict') || this.#closing.signal.aborted) return
      this.#room.host.log.warn('a definition was not settled', { name, reason: String(fault) })
      void this.#room.host.clock.wait(RETRY, this.#closing.signal).then(
        () => this.#look(name),
        () => undefined, // called off: the keeper is closed
      )
    }
  }

  #look(...names: readonly string[]): void {
    for (const name of names) this.#due.add(name)
    this.#start()
  }

  async #settle(name: string): Promise<void> {
    const definition = this.#room.store.get({ collection: DEFINITIONS, key: name })
    if (!definition) return
    const others = [...this.#room.store.from(DEFINITIONS)].map(({ object }) => object)
    const now = timestamp(this.#room.host.clock)
    const status = settledStatus(definition, namesTaken(others, definition), now)
    const settled = status === definition.status ? definition : await writeStatus(this.#room, definition, status)
    const { deletionTimestamp, finalizers } = settled.metadata
    if (!deletionTimestamp || !finalizers?.includes(CLEANUP)) return
    if (this.#builtin.has(name)) await release(this.#room, settled, OVERLAPPING)
    else await cleanUp(this.#room, settled)
  }
}

/** The part of a status that what is served depends on. */
function servingStatus(definition: Body): unknown {
  const { acceptedNames, storedVersions } = fieldsOf(definition.status) ?? {}
  return [acceptedNames, storedVersions, isTrue(definition, 'Established')]
}
