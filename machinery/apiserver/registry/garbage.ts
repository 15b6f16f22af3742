import { isApiFault } from '../../api/fault.ts'
import type { ObjectKey, ObjectMeta, OwnerReference } from '../../api/object.ts'
import type { Body, Change, Place } from '../store/change.ts'
import { remove } from './delete.ts'
import { GARBAGE } from './metadata.ts'
import { emptyNamespace } from './namespace-deletion.ts'
import { OWN } from './options.ts'
import type { Room } from './room.ts'
import { placeOf, type Served } from './served.ts'
import { update } from './update.ts'

const RETRY = 5_000 // milliseconds

/**
 * Deletes what nobody owns any more: objects all of whose owners are gone, and all that lies in a namespace that was
 * deleted. It knows the owners by uid, from the store's own changes, and looks again at whatever a change touches.
 */
export class GarbageCollector implements AsyncDisposable {
  readonly #room: Room
  readonly #uids = new Set<string>()
  readonly #dependents = new Map<string, Map<string, Place>>()
  readonly #due = new Map<string, Place>()
  readonly #listening: Disposable
  #running: Promise<void> | undefined
  readonly #closing = new AbortController()

  constructor(room: Room) {
    this.#room = room
    for (const { collection } of room.catalog.stored) {
      for (const { key, object } of room.store.from(collection)) this.#know({ collection, key }, object)
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

  #hear(change: Change): void {
    const place = { collection: change.collection, key: change.key }
    if (change.type === 'DELETED') this.#forget(place, change.object)
    else this.#know(place, change.object, change.before)
    this.#start()
  }

  #know(place: Place, object: Body, before?: Body): void {
    const { uid, ownerReferences, deletionTimestamp, finalizers } = object.metadata
    if (uid) this.#uids.add(uid)
    for (const owner of before?.metadata.ownerReferences ?? []) this.#disown(owner.uid, place)
    for (const owner of ownerReferences ?? []) {
      const known = this.#dependents.get(owner.uid) ?? new Map<string, Place>()
      this.#dependents.set(owner.uid, known.set(nameOf(place), place))
    }
    const waits = deletionTimestamp && (place.collection === 'namespaces' || finalizers?.some(isOurs))
    if (ownerReferences?.length || waits) this.#look(place)
  }

  #forget(place: Place, object: Body): void {
    const { uid, ownerReferences, namespace } = object.metadata
    for (const owner of ownerReferences ?? []) {
      this.#disown(owner.uid, place)
      this.#lookAtOwner(owner.uid, object)
    }
    if (uid) {
      this.#uids.delete(uid)
      for (const dependent of this.#dependents.get(uid)?.values() ?? []) this.#look(dependent)
    }
    if (namespace !== undefined) this.#lookAtNamespace(namespace)
  }

  #disown(uid: string, place: Place): void {
    const known = this.#dependents.get(uid)
    known?.delete(nameOf(place))
    if (known?.size === 0) this.#dependents.delete(uid)
  }

  /** An owner that is deleted in the foreground waits for its dependents to go. */
  #lookAtOwner(uid: string, dependent: Body): void {
    for (const owner of dependent.metadata.ownerReferences ?? []) {
      const served = owner.uid === uid ? this.#room.catalog.byKind(owner.apiVersion, owner.kind) : undefined
      if (!served) continue
      this.#look(placeOf(served, keyOf(owner, dependent.metadata)))
    }
  }

  #lookAtNamespace(name: string): void {
    const place = { collection: 'namespaces', key: name }
    if (this.#room.store.get(place)?.metadata.deletionTimestamp) this.#look(place)
  }

  #look(place: Place): void {
    this.#due.set(nameOf(place), place)
  }

  /** What was refused may be allowed by then: a webhook may have been down, or the disk full. */
  #lookLater(place: Place): void {
    const again = () => {
      this.#look(place)
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
      const places = [...this.#due.values()]
      this.#due.clear()
      await Promise.all(places.map(place => this.#collectSafely(place)))
    }
  }

  async #collectSafely(place: Place): Promise<void> {
    try {
      await this.#collect(place)
    } catch (fault) {
      if (isApiFault(fault, 'NotFound', 'Conflict') || this.#closing.signal.aborted) return
      this.#room.host.log.warn('garbage was not collected', { name: nameOf(place), reason: String(fault) })
      this.#lookLater(place)
    }
  }

  async #collect(place: Place): Promise<void> {
    const served = this.#room.catalog.storedAs(place.collection)
    const object = this.#room.store.get(place)
    if (!served || !object) return
    const { metadata } = object
    if (metadata.deletionTimestamp) {
      if (served.collection === 'namespaces') {
        if (!(await emptyNamespace(this.#room, served, metadata.name))) this.#lookLater(place)
        return
      }
      if (metadata.finalizers?.includes('orphan')) return this.#orphan(served, metadata)
      if (metadata.finalizers?.includes('foregroundDeletion')) return this.#foreground(served, metadata)
    }
    const gone = (metadata.ownerReferences ?? []).filter(owner => this.#isGone(owner, metadata))
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

  /** An owner of a kind that is not served here may well exist elsewhere. The store has the last word. */
  #isGone(owner: OwnerReference, dependent: ObjectMeta): boolean {
    if (this.#uids.has(owner.uid)) return false
    const served = this.#room.catalog.byKind(owner.apiVersion, owner.kind)
    return (
      served !== undefined && this.#room.store.get(placeOf(served, keyOf(owner, dependent)))?.metadata.uid !== owner.uid
    )
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
    return [...(this.#dependents.get(uid)?.values() ?? [])].flatMap(place => {
      const served = this.#room.catalog.storedAs(place.collection)
      const object = this.#room.store.get(place)
      return served && object ? [{ served, object }] : []
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

/** Owners are in the namespace of what they own, or in none. */
function keyOf({ name }: OwnerReference, { namespace }: ObjectMeta): ObjectKey {
  return { name, ...(namespace !== undefined && { namespace }) }
}

function nameOf({ collection, key }: Place): string {
  return `${collection} ${key}`
}

function isOurs(finalizer: string): boolean {
  return GARBAGE.includes(finalizer)
}
