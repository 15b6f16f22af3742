import { isApiFault } from '../../api/fault.ts'
import type { ObjectMeta } from '../../api/object.ts'
import type { Body, Change, Place } from '../store/change.ts'
import { GARBAGE, remove } from './delete.ts'
import { emptyNamespace } from './namespace-deletion.ts'
import { OWN } from './options.ts'
import type { Room } from './room.ts'
import { placeOf, type Served } from './served.ts'
import { update } from './update.ts'

const RETRY = 5_000 // milliseconds

type Entry = { readonly served: Served; readonly place: Place }

/**
 * Deletes what nobody owns any more: objects all of whose owners are gone, and all that lies in a namespace that was
 * deleted. It knows the owners by uid, from the store's own changes, and looks again at whatever a change touches.
 */
export class GarbageCollector implements AsyncDisposable {
  readonly #room: Room
  readonly #uids = new Set<string>()
  readonly #dependents = new Map<string, Map<string, Entry>>()
  readonly #due = new Map<string, Entry>()
  readonly #listening: Disposable
  #running: Promise<void> | undefined
  readonly #closing = new AbortController()

  constructor(room: Room) {
    this.#room = room
    for (const served of room.catalog.stored) {
      for (const { key, object } of room.store.from(served.collection)) {
        this.#know({ served, place: { collection: served.collection, key } }, object)
      }
    }
    this.#listening = room.store.listen(change => this.#hear(change))
    this.#start()
  }

  /** Resolves when everything that is due has been looked at. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    this.#listening[Symbol.dispose]()
    this.#due.clear()
    await this.settled()
  }

  /** The version in which a collection is kept. */
  #servedAs(collection: string): Served | undefined {
    return this.#room.catalog.versions(collection).find(one => !one.conversion)
  }

  #hear(change: Change): void {
    const served = this.#servedAs(change.collection)
    if (!served) return
    const entry = { served, place: { collection: change.collection, key: change.key } }
    if (change.type === 'DELETED') this.#forget(entry, change.object)
    else this.#know(entry, change.object, change.before)
    this.#start()
  }

  #know(entry: Entry, object: Body, before?: Body): void {
    const { uid, ownerReferences, deletionTimestamp, finalizers } = object.metadata
    if (uid) this.#uids.add(uid)
    for (const owner of before?.metadata.ownerReferences ?? []) this.#disown(owner.uid, entry)
    for (const owner of ownerReferences ?? []) {
      const known = this.#dependents.get(owner.uid) ?? new Map<string, Entry>()
      this.#dependents.set(owner.uid, known.set(nameOf(entry.place), entry))
    }
    const waits = deletionTimestamp && (entry.served.collection === 'namespaces' || finalizers?.some(isOurs))
    if (ownerReferences?.length || waits) this.#look(entry)
  }

  #forget(entry: Entry, object: Body): void {
    const { uid, ownerReferences, namespace } = object.metadata
    for (const owner of ownerReferences ?? []) {
      this.#disown(owner.uid, entry)
      this.#lookAtOwner(owner.uid, object)
    }
    if (uid) {
      this.#uids.delete(uid)
      for (const dependent of this.#dependents.get(uid)?.values() ?? []) this.#look(dependent)
    }
    if (namespace !== undefined) this.#lookAtNamespace(namespace)
  }

  #disown(uid: string, entry: Entry): void {
    const known = this.#dependents.get(uid)
    known?.delete(nameOf(entry.place))
    if (known?.size === 0) this.#dependents.delete(uid)
  }

  /** An owner that is deleted in the foreground waits for its dependents to go. */
  #lookAtOwner(uid: string, dependent: Body): void {
    for (const owner of dependent.metadata.ownerReferences ?? []) {
      const served = owner.uid === uid ? this.#room.catalog.byKind(owner.apiVersion, owner.kind) : undefined
      if (!served) continue
      const { namespace } = dependent.metadata
      this.#look({ served, place: placeOf(served, { name: owner.name, ...(namespace && { namespace }) }) })
    }
  }

  #lookAtNamespace(name: string): void {
    const served = this.#servedAs('namespaces')
    const place = { collection: 'namespaces', key: name }
    if (served && this.#room.store.get(place)?.metadata.deletionTimestamp) this.#look({ served, place })
  }

  #look(entry: Entry): void {
    this.#due.set(nameOf(entry.place), entry)
  }

  /** What was refused may be allowed by then: a webhook may have been down, or the disk full. */
  #lookLater(entry: Entry): void {
    const again = () => {
      this.#look(entry)
      this.#start()
    }
    void this.#room.host.clock.wait(RETRY, this.#closing.signal).then(again, () => undefined)
  }

  #start(): void {
    if (this.#running || this.#due.size === 0 || this.#closing.signal.aborted) return
    this.#running = this.#run().finally(() => {
      this.#running = undefined
      this.#start()
    })
  }

  async #run(): Promise<void> {
    while (this.#due.size > 0 && !this.#closing.signal.aborted) {
      const entries = [...this.#due.values()]
      this.#due.clear()
      await Promise.all(entries.map(entry => this.#collectSafely(entry)))
    }
  }

  async #collectSafely(entry: Entry): Promise<void> {
    try {
      await this.#collect(entry)
    } catch (fault) {
      if (isApiFault(fault, 'NotFound', 'Conflict') || this.#closing.signal.aborted) return
      this.#room.host.log.warn('garbage was not collected', { name: nameOf(entry.place), reason: String(fault) })
      this.#lookLater(entry)
    }
  }

  async #collect({ served, place }: Entry): Promise<void> {
    const object = this.#room.store.get(place)
    if (!object) return
    const { metadata } = object
    if (metadata.deletionTimestamp) {
      if (served.collection === 'namespaces') {
        if (!(await emptyNamespace(this.#room, served, metadata.name))) this.#lookLater({ served, place })
        return
      }
      if (metadata.finalizers?.includes('orphan')) return this.#orphan(served, metadata)
      if (metadata.finalizers?.includes('foregroundDeletion')) return this.#foreground(served, metadata)
    }
    const gone = (metadata.ownerReferences ?? []).filter(owner => this.#isGone(owner))
    if (gone.length === 0) return
    if (gone.length === metadata.ownerReferences?.length) {
      if (metadata.deletionTimestamp) return
      await remove(this.#room, served, {
        key: metadata,
        uid: metadata.uid,
        resourceVersion: metadata.resourceVersion,
        options: OWN,
      })
    } else await this.#release(served, metadata, uid => gone.some(owner => owner.uid === uid))
  }

  /** An owner of a kind that is not served here may well exist elsewhere. */
  #isGone(owner: { uid: string; apiVersion: string; kind: string }): boolean {
    return !this.#uids.has(owner.uid) && this.#room.catalog.byKind(owner.apiVersion, owner.kind) !== undefined
  }

  async #orphan(served: Served, metadata: ObjectMeta): Promise<void> {
    for (const dependent of this.#dependentsOf(metadata)) {
      await this.#release(dependent.served, dependent.object.metadata, uid => uid === metadata.uid)
    }
    await this.#finish(served, metadata)
  }

  async #foreground(served: Served, metadata: ObjectMeta): Promise<void> {
    const dependents = this.#dependentsOf(metadata)
    const blocks = (object: Body) =>
      object.metadata.ownerReferences?.some(owner => owner.uid === metadata.uid && owner.blockOwnerDeletion)
    for (const { served: kind, object } of dependents) {
      if (object.metadata.deletionTimestamp) continue
      await remove(this.#room, kind, {
        key: object.metadata,
        uid: object.metadata.uid,
        propagation: 'Foreground',
        options: OWN,
      })
    }
    if (!dependents.some(({ object }) => blocks(object))) await this.#finish(served, metadata)
  }

  #dependentsOf({ uid = '' }: ObjectMeta): { served: Served; object: Body }[] {
    return [...(this.#dependents.get(uid)?.values() ?? [])].flatMap(({ served, place }) => {
      const object = this.#room.store.get(place)
      return object ? [{ served, object }] : []
    })
  }

  async #release(served: Served, metadata: ObjectMeta, from: (uid: string) => boolean): Promise<void> {
    const revise = (now: Body): Body => {
      const ownerReferences = now.metadata.ownerReferences?.filter(owner => !from(owner.uid)) ?? []
      return { ...now, metadata: { ...now.metadata, ownerReferences } }
    }
    await update(this.#room, served, { key: metadata, revise, options: OWN })
  }

  async #finish(served: Served, metadata: ObjectMeta): Promise<void> {
    const revise = (now: Body): Body => {
      const finalizers = now.metadata.finalizers?.filter(one => !isOurs(one)) ?? []
      return { ...now, metadata: { ...now.metadata, finalizers } }
    }
    await update(this.#room, served, { key: metadata, revise, options: OWN })
  }
}

function nameOf({ collection, key }: Place): string {
  return `${collection} ${key}`
}

function isOurs(finalizer: string): boolean {
  return GARBAGE.includes(finalizer)
}
