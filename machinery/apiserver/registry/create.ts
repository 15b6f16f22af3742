import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import type { ObjectMeta } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { generated, newUid } from './metadata.ts'
import { requireNamespace } from './namespaces.ts'
import { admit, type Room, type WriteOptions } from './room.ts'
import { alreadyExists, asBody, invalid, placeOf, type Served } from './served.ts'
import { shape } from './shape.ts'

export interface CreateRequest {
  readonly namespace?: string | undefined
  /** As it came, not to be trusted. */
  readonly body: unknown
  readonly options?: WriteOptions
}

export async function create(room: Room, served: Served, request: CreateRequest): Promise<Body> {
  const { options = {} } = request
  const given = addressed(served, asBody(request.body), request.namespace)
  const object = newObject(room, served, { given, options })
  requireNamespace(room, served, object)
  await admit(room, served, { object })
  const place = placeOf(served, object.metadata)
  const { name } = object.metadata
  if (options.dryRun) {
    if (room.store.get(place)) throw alreadyExists(served, name)
    return object
  }
  const written = await room.store.write(place, now => {
    if (now) throw alreadyExists(served, name)
    requireNamespace(room, served, object) // it may have gone while the rules were asked
    return { put: object }
  })
  return written ?? object
}

/** Checks that the object says of itself what the request's path says of it. */
export function addressed(served: Served, given: Body, namespace: string | undefined): Body {
  const { kind } = served
  const wanted = `${apiVersion(kind)}, Kind=${kind.kind}`
  if ((given.apiVersion ?? apiVersion(kind)) !== apiVersion(kind) || (given.kind ?? kind.kind) !== kind.kind) {
    const sentence = `the object provided is ${given.apiVersion}, Kind=${given.kind}, but the request is for ${wanted}`
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

type Making = { readonly given: Body; readonly options: WriteOptions }

function newObject(room: Room, served: Served, { given, options }: Making): Body {
  if (given.metadata.resourceVersion) {
    throw new ApiFault('BadRequest', 'resourceVersion should not be set on objects to be created')
  }
  const { status: _, ...unreported } = given
  const wanted = served.kind.statusSubresource ? unreported : given
  const named = { ...asBody(wanted), metadata: { ...given.metadata, name: nameOf(room, served, given.metadata) } }
  const shaped = shape(served, named, options)
  const object = served.traits.prepare?.(shaped) ?? shaped
  return { ...object, metadata: newMetadata(room, served, object.metadata) }
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
