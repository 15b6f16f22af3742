import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../api/fault.ts'
import type { ObjectKey, ObjectMeta } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import type { Decision } from '../store/store.ts'
import { mutated, validated } from './admission.ts'
import { shownOne, storedOne } from './convert.ts'
import { managed, steady, withReadableManagers } from './managed.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import { asBody, conflict, invalid, isObject, notFound, placeOf, type Served } from './served.ts'
import { check, completed, normalize } from './shape.ts'

export interface UpdateRequest {
  readonly key: ObjectKey
  /** What the request makes of the object as it stands; called again when somebody else wrote first. */
  readonly revise: (now: Body) => unknown
  /** What was revised has its managers already: it was applied. */
  readonly noted?: boolean
  readonly subresource?: string | undefined
  readonly options: WriteOptions
}

const TRIES = 50

/** Changes an object by what it is now: an update, a patch, or a new status. */
export async function update(room: Room, served: Served, request: UpdateRequest): Promise<Body> {
  const place = placeOf(served, request.key)
  for (let tries = 0; tries < TRIES; tries++) {
    const before = room.store.get(place)
    if (!before) throw notFound(served, request.key.name)
    const now = await shownOne(served, before)
    const next = await revised(room, served, { now, request })
    if (request.options.dryRun) return next
    const stored = next === now ? before : await storedOne(served, next)
    let late = false
    const written = await room.store.write(place, current => {
      if (!current) throw notFound(served, request.key.name)
      late = current !== before
      return late ? undefined : decide(stored, before)
    })
    if (!late && written) return leaves(stored) ? next : shownOne(served, written)
  }
  throw conflict(served, request.key.name, 'too many others write it at the same time')
}

/** What goes is told as it last stood: its last change, which let it go, is never kept (as in `registry/store.go`). */
function decide(next: Body, now: Body): Decision {
  if (leaves(next)) return { remove: now }
  return next === now ? undefined : { put: next }
}

function leaves(object: Body): boolean {
  return object.metadata.deletionTimestamp !== undefined && !held(object)
}

/** Whether somebody still has to clean up before the object may go; namespaces have finalizers of their own besides. */
export function held(object: Body): boolean {
  if ((object.metadata.finalizers ?? []).length > 0) return true
  if (object.kind !== 'Namespace' || object.apiVersion !== 'v1') return false
  const { finalizers } = isObject(object.spec) ? object.spec : {}
  return Array.isArray(finalizers) && finalizers.length > 0
}

type Revision = { readonly now: Body; readonly request: UpdateRequest }

async function revised(room: Room, served: Served, { now, request }: Revision): Promise<Body> {
  const { subresource, options, key } = request
  const given = await read(room, served, { now, request })
  const allowed = (object: Body) =>
    subresource === 'status' ? withStatus(noted(now, object), object.status) : wanted(served, object, now)
  const first = allowed(given)
  const write = { served, key, operation: 'UPDATE', old: now, options, ...(subresource && { subresource }) } as const
  const changed = await mutated(room.admission, { ...write, object: first })
  const kept = withReadableManagers(first, changed, options)
  // What a webhook says is held to the same as what the client says.
  const settled = kept === first ? first : normalize(served, allowed(kept))
  const prepared = subresource ? settled : (served.traits.prepare?.(settled, now) ?? settled)
  checkFinalizers(served, prepared.metadata, now.metadata)
  const next = steady(prepared, now)
  check(served, next, now)
  for (const sentence of served.traits.warnings?.(next, now) ?? []) options.warn?.(sentence)
  const object = isDeepStrictEqual(next, now) ? now : counted(served, next, now)
  await validated(room.admission, { ...write, object })
  return object
}

/** What the request makes of the object, all of it, and whose fields are whose then. */
async function read(room: Room, served: Served, { now, request }: Revision): Promise<Body> {
  const { revise, subresource, options, noted } = request
  const given = asBody(await revise(now))
  checkVersion(served, given, now)
  if (noted) return completed(served, given)
  const said = given.metadata.managedFields
  const write = { object: normalize(served, given, options), said, before: now, options, subresource }
  return managed(room, served, { ...write, now: timestamp(room.host.clock) })
}

/** The object as it stands, with the managers that it gets. */
function noted(now: Body, { metadata: { managedFields } }: Body): Body {
  const { managedFields: _, ...metadata } = now.metadata
  return { ...now, metadata: managedFields ? { ...metadata, managedFields } : metadata }
}

/** One generation more when what is wanted changed. */
function counted(served: Served, next: Body, now: Body): Body {
  if (!served.traits.generation || sameSpec(served, { next, now })) return next
  return { ...next, metadata: { ...next.metadata, generation: (now.metadata.generation ?? 0) + 1 } }
}

/** All as given but what only the server, or only the status, may say. */
function wanted(served: Served, given: Body, now: Body): Body {
  const { status: _, ...spoken } = given
  const old = now.metadata
  const metadata: ObjectMeta = {
    ...given.metadata,
    name: old.name,
    ...(old.namespace !== undefined && { namespace: old.namespace }),
    uid: old.uid ?? '',
    resourceVersion: old.resourceVersion ?? '',
    creationTimestamp: old.creationTimestamp ?? '',
  }
  const kept = { ...spoken, metadata: serverSaid(metadata, old) }
  if (!served.kind.statusSubresource) return { ...given, ...kept }
  return withStatus(kept, now.status)
}

function withStatus(object: Body, status: unknown): Body {
  const { status: _, ...rest } = object
  return asBody(status === undefined ? rest : { ...rest, status })
}

function serverSaid(metadata: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { generation: _, deletionTimestamp: __, deletionGracePeriodSeconds: ___, ...rest } = metadata
  const { generation, deletionTimestamp, deletionGracePeriodSeconds } = old
  return {
    ...rest,
    ...(generation !== undefined && { generation }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    ...(deletionGracePeriodSeconds !== undefined && { deletionGracePeriodSeconds }),
  }
}

function checkVersion(served: Served, given: Body, now: Body): void {
  const { resourceVersion, uid, name } = given.metadata
  if (name !== undefined && name !== now.metadata.name) {
    const message = `Invalid value: ${JSON.stringify(name)}: field is immutable`
    throw invalid(served, now.metadata.name, [{ reason: 'FieldValueInvalid', message, field: 'metadata.name' }])
  }
  if (uid && uid !== now.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${now.metadata.uid}`
    throw conflict(served, now.metadata.name, why)
  }
  if (resourceVersion) {
    if (resourceVersion !== now.metadata.resourceVersion) throw conflict(served, now.metadata.name)
    return
  }
  if (served.traits.unconditionalUpdate) return
  const message = 'Invalid value: 0x0: must be specified for an update'
  throw invalid(served, now.metadata.name, [
    { reason: 'FieldValueInvalid', message, field: 'metadata.resourceVersion' },
  ])
}

function checkFinalizers(served: Served, next: ObjectMeta, old: ObjectMeta): void {
  if (!old.deletionTimestamp) return
  const added = (next.finalizers ?? []).filter(finalizer => !old.finalizers?.includes(finalizer))
  if (added.length === 0) return
  const listed = added.map(finalizer => JSON.stringify(finalizer)).join(', ')
  const cause: StatusCause = {
    reason: 'FieldValueForbidden',
    message:
      'Forbidden: no new finalizers can be added if the object is being deleted, ' +
      `found new finalizers []string{${listed}}`,
    field: 'metadata.finalizers',
  }
  throw invalid(served, old.name, [cause])
}

/** A custom kind whose status is no subresource has no status in particular. */
function sameSpec({ kind, traits }: Served, { next, now }: { next: Body; now: Body }): boolean {
  const { metadata, status: reported, ...a } = next
  const { metadata: old, status: known, ...b } = now
  if (!isDeepStrictEqual(a, b)) return false
  if (traits.countsAnnotations && !isDeepStrictEqual(metadata.annotations, old.annotations)) return false
  return !kind.schema || kind.statusSubresource || isDeepStrictEqual(reported, known)
}
