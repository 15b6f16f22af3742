import { isDeepStrictEqual } from 'node:util'
import { isApiFault } from '../../api/fault.ts'
import { timestamp } from '../../host/clock.ts'
import { remove } from '../registry/delete.ts'
import { OWN, type WriteOptions } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body, Change } from '../store/change.ts'
import { type Condition, isTrue, withCondition } from './condition.ts'
import type { Conversions } from './conversion.ts'
import { readDefinition } from './definition.ts'
import { type Fields, fieldsOf, listOf } from './reading.ts'
import { type Serving, servedBy } from './serve.ts'
import { groupOf, namesTaken, settledStatus } from './status.ts'
import { CLEANUP, DEFINITIONS } from './traits.ts'

const RETRY = 5000 // milliseconds
const WRITES: WriteOptions = { ...OWN, manager: 'kube-apiserver' }

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
    const settled = status === definition.status ? definition : await this.#writeStatus(definition, status)
    const { deletionTimestamp, finalizers } = settled.metadata
    if (deletionTimestamp && finalizers?.includes(CLEANUP)) await this.#clean(settled)
  }

  /** Deletes the objects of a definition that is going, and lets it go once none is left. */
  async #clean(definition: Body): Promise<void> {
    const { name } = definition.metadata
    const left = this.#room.store.count(name)
    if (this.#builtin.has(name)) return this.#release(definition, OVERLAPPING)
    if (!isTrue(definition, 'Established')) return this.#release(definition, NEVER_ESTABLISHED)
    if (left === 0) return this.#release(definition, COMPLETED)
    await this.#condition(definition, IN_PROGRESS)
    const served = this.#room.catalog.stored.find(one => one.collection === name)
    if (!served) return
    const objects = [...this.#room.store.from(name)].filter(({ object }) => !object.metadata.deletionTimestamp)
    await Promise.all(objects.map(({ object }) => this.#removeOne(served, object)))
  }

  async #removeOne(served: Served, { metadata }: Body): Promise<void> {
    try {
      await remove(this.#room, served, { key: metadata, uid: metadata.uid, options: WRITES })
    } catch (fault) {
      if (!isApiFault(fault, 'NotFound', 'Conflict')) throw fault // somebody was faster
    }
  }

  async #release(definition: Body, condition: Condition): Promise<void> {
    await this.#condition(definition, condition)
    const key = { name: definition.metadata.name }
    const revise = (now: Body): Body => {
      const finalizers = (now.metadata.finalizers ?? []).filter(one => one !== CLEANUP)
      return { ...now, metadata: { ...now.metadata, finalizers } }
    }
    await update(this.#room, this.#self(), { key, revise, options: WRITES })
  }

  async #condition(definition: Body, condition: Condition): Promise<void> {
    const status = fieldsOf(definition.status) ?? {}
    const now = timestamp(this.#room.host.clock)
    const conditions = withCondition(listOf(status.conditions), condition, now)
    await this.#writeStatus(definition, { ...status, conditions })
  }

  #writeStatus(definition: Body, status: Fields): Promise<Body> {
    const { name, resourceVersion = '' } = definition.metadata
    const revise = (now: Body): Body => ({ ...now, metadata: { ...now.metadata, resourceVersion }, status })
    return update(this.#room, this.#self(), { key: { name }, revise, subresource: 'status', options: WRITES })
  }

  #self(): Served {
    const [served] = this.#room.catalog.versions(DEFINITIONS)
    if (!served) throw new RangeError('definitions themselves are always served')
    return served
  }
}

/** The part of a status that what is served depends on. */
function servingStatus(definition: Body): unknown {
  const { acceptedNames, storedVersions } = fieldsOf(definition.status) ?? {}
  return [acceptedNames, storedVersions, isTrue(definition, 'Established')]
}

const IN_PROGRESS = terminating('True', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress')
const COMPLETED = terminating('False', 'InstanceDeletionCompleted', 'removed all instances')
const NEVER_ESTABLISHED = terminating('False', 'NeverEstablished', 'resource was never established')
const OVERLAPPING = terminating(
  'False',
  'OverlappingBuiltInResource',
  'instances overlap with built-in resources in storage',
)

function terminating(status: Condition['status'], reason: string, message: string): Condition {
  return { type: 'Terminating', status, reason, message }
}
