import type { ObjectKey, ObjectMeta } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { validated } from './admission.ts'
import { shownOne } from './convert.ts'
import { GARBAGE } from './metadata.ts'
import { PERMANENT } from './namespaces.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import { conflict, forbidden, notFound, placeOf, type Served } from './served.ts'
import { held } from './update.ts'

export interface DeleteRequest {
  readonly key: ObjectKey
  readonly uid?: string | undefined
  readonly resourceVersion?: string | undefined
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined
  readonly options: WriteOptions
}

export interface Deleted {
  readonly object: Body
  /** False while finalizers hold it. */
  readonly gone: boolean
}

/** Takes an object away, or marks it for those who must clean up first. */
export async function remove(room: Room, served: Served, request: DeleteRequest): Promise<Deleted> {
  const { key, options } = request
  const place = placeOf(served, key)
  if (served.collection === 'namespaces' && PERMANENT.includes(key.name)) {
    throw forbidden(served, key.name, 'this namespace may not be deleted')
  }
  let gone = false
  const decide = (now: Body | undefined) => {
    if (!now) throw notFound(served, key.name)
    checkPreconditions(served, now.metadata, request)
    const next = leaving(room, served, { now, request })
    gone = !held(next)
    if (gone) return { remove: now }
    return next === now ? undefined : { put: next }
  }
  const before = room.store.get(place)
  if (!before) throw notFound(served, key.name)
  checkPreconditions(served, before.metadata, request)
  const old = await shownOne(served, before)
  await validated(room.admission, { served, key, operation: 'DELETE', old, options })
  if (options.dryRun) {
    decide(before)
    return { object: old, gone }
  }
  const object = await room.store.write(place, decide)
  if (!object) throw notFound(served, key.name)
  return { object: await shownOne(served, object), gone }
}

type Leaving = { readonly now: Body; readonly request: DeleteRequest }

/** The object with what deletion adds to it: the mark, and a finalizer when its dependents are to be seen to first. */
function leaving(room: Room, served: Served, { now, request }: Leaving): Body {
  const meta = now.metadata
  const wanted = FINALIZER[request.propagation ?? 'Background']
  const finalizers = (meta.finalizers ?? []).filter(one => !GARBAGE.includes(one) || one === wanted)
  if (wanted && !finalizers.includes(wanted)) finalizers.push(wanted)
  const same =
    finalizers.length === (meta.finalizers ?? []).length && finalizers.every(f => meta.finalizers?.includes(f))
  if (meta.deletionTimestamp && same) return now
  const metadata: ObjectMeta = {
    ...meta,
    ...(finalizers.length > 0 || meta.finalizers ? { finalizers } : {}),
    deletionTimestamp: meta.deletionTimestamp ?? timestamp(room.host.clock),
    deletionGracePeriodSeconds: 0,
    ...(meta.generation !== undefined && !meta.deletionTimestamp && { generation: meta.generation + 1 }),
  }
  if (served.collection !== 'namespaces') {
    const next = { ...now, metadata }
    return (!meta.deletionTimestamp && served.traits.leave?.(next, timestamp(room.host.clock))) || next
  }
  return { ...now, metadata, status: { phase: 'Terminating' } }
}

const FINALIZER = { Background: undefined, Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const

function checkPreconditions(served: Served, now: ObjectMeta, { uid, resourceVersion }: DeleteRequest): void {
  if (uid !== undefined && uid !== now.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${now.uid}`
    throw conflict(served, now.name, why)
  }
  if (resourceVersion !== undefined && resourceVersion !== now.resourceVersion) {
    const why =
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ` +
      `ResourceVersion in object meta: ${now.resourceVersion}`
    throw conflict(served, now.name, why)
  }
}
