import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { keyOf, type ObjectMeta } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { mutated, validated } from './admission.ts'
import { shownOne, storedOne } from './convert.ts'
import { managed, withReadableManagers } from './managed.ts'
import { generated, newUid } from './metadata.ts'
import { requireNamespace } from './namespaces.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import { alreadyExists, asBody, invalid, placeOf, type Served } from './served.ts'
import { check, completed, normalize } from './shape.ts'

export interface CreateRequest {
  readonly namespace?: string | undefined
  /** As it came, not to be trusted. */
  readonly body: unknown
  readonly options: WriteOptions
  /** Its fields have managers already: it was applied. */
  readonly noted?: boolean
}

export async function create(room: Room, served: Served, request: CreateRequest): Promise<Body> {
  const { options, noted = false } = request
  requireFuture(served)
  const given = addressed(served, asBody(request.body), request.namespace)
  const object = await newObject(room, served, { given, options, noted })
  const place = placeOf(served, object.metadata)
  if (options.dryRun) {
    const there = room.store.get(place)
    if (there) throw alreadyExists(served, there)
    return object
  }
  const stored = await storedOne(served, object)
  const written = await room.store.write(place, now => {
    if (now) throw alreadyExists(served, now)
    requireNamespace(room, served, object) // it may have gone while others were asked
    return { put: stored }
  })
  return written ? shownOne(served, written) : object
}

/** Refuses new objects of a kind whose definition is being deleted. */
function requireFuture({ kind, traits }: Served): void {
  if (!traits.terminating) return
  const sentence = 'create not allowed while custom resource definition is terminating'
  throw new ApiFault('MethodNotAllowed', sentence, { group: kind.group, kind: kind.plural })
}

/** Checks that the object says of itself what the request's path says of it. */
export function addressed(served: Served, given: Body, namespace: string | undefined): Body {
  const { kind } = served
  const wanted = `${apiVersion(kind)}, Kind=${kind.kind}`
  if ((given.apiVersion ?? apiVersion(kind)) !== apiVersion(kind) || (given.kind ?? kind.kind) !== kind.kind) {
    const is = `${plain(given.apiVersion)}, Kind=${plain(given.kind)}`
    const sentence = `the object provided is ${is}, but the request is for ${wanted}`
    throw new ApiFault('BadRequest', sentence)
  }
  if (!kind.namespaced) {
    const { namespace: _, ...metadata } = given.metadata
    return { ...given, metadata }
  }
  const own = given.metadata.namespace || undefined
  const of = namespace ?? own
  if (of === undefined) throw new ApiFault('BadRequest', 'an empty namespace may not be set during creation')
  if (own !== undefined && own !== of) {
    const sentence = `the namespace of the provided object does not match the namespace sent on the request`
    throw new ApiFault('BadRequest', sentence)
  }
  return { ...given, metadata: { ...given.metadata, namespace: of } }
}

/** A value that came from outside, as it can stand in a sentence. */
export function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

type Making = { readonly given: Body; readonly options: WriteOptions; readonly noted: boolean }

async function newObject(room: Room, served: Served, { given, options, noted }: Making): Promise<Body> {
  if (given.metadata.resourceVersion) {
    throw new ApiFault('BadRequest', 'resourceVersion should not be set on objects to be created')
  }
  const metadata = { ...given.metadata, name: nameOf(room, served, given.metadata) }
  const named = { ...unreported(served, given), metadata }
  const first = noted
    ? completed(served, named)
    : await managed(room, served, {
        object: normalize(served, named, options),
        said: given.metadata.managedFields,
        options,
        now: timestamp(room.host.clock),
      })
  requireNamespace(room, served, first)
  const request = { served, key: keyOf(first), operation: 'CREATE', options } as const
  const changed = await mutated(room.admission, { ...request, object: first })
  const kept = withReadableManagers(first, changed, options)
  const settled = kept === first ? first : normalize(served, unreported(served, kept))
  const born = { ...settled, metadata: newMetadata(room, served, settled.metadata) }
  const object = served.traits.prepare?.(born) ?? born
  check(served, object)
  for (const sentence of served.traits.warnings?.(object) ?? []) options.warn?.(sentence)
  await validated(room.admission, { ...request, object })
  return object
}

/** Without a status, be it the client's word or a webhook's, unless who makes the object may say it. */
function unreported({ kind, traits }: Served, object: Body): Body {
  if (!kind.statusSubresource || traits.statusOnCreate) return object
  const { status: _, ...rest } = object
  return asBody(rest)
}

function nameOf(room: Room, served: Served, meta: ObjectMeta): string {
  if (meta.name) return meta.name
  if (meta.generateName) return generated(String(meta.generateName), room.host)
  const message = 'Required value: name or generateName is required'
  throw invalid(served, '', [{ reason: 'FieldValueRequired', message, field: 'metadata.name' }])
}

function newMetadata(room: Room, served: Served, given: ObjectMeta): ObjectMeta {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: __, resourceVersion: ___, ...kept } = given
  return {
    ...kept,
    uid: newUid(room.host),
    ...(served.traits.generation && { generation: 1 }),
    creationTimestamp: timestamp(room.host.clock),
  }
}
