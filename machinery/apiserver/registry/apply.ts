import { ApiFault, isApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import type { ObjectKey } from '../../api/object.ts'
import { timestamp } from '../../host/clock.ts'
import { type Applied, type Applying, applyConfiguration } from '../apply/configuration.ts'
import { ConflictFault, conflictFault } from '../apply/conflict.ts'
import { ApplyFault } from '../apply/fault.ts'
import { annotated, KUBECTL, withoutLastApplied } from '../apply/lastapplied.ts'
import { type Managers, managerKey } from '../apply/managers.ts'
import { requireShape } from '../apply/typecheck.ts'
import type { Body } from '../store/change.ts'
import { requireAddress, requireUid } from './address.ts'
import { requireAllowed } from './authorizer.ts'
import { create } from './create.ts'
import { ignoredFields } from './ignored.ts'
import { managed, managerOf, managersOf, withManagers } from './managed.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import { asBody, conflict, isObject, notFound, placeOf, type Served } from './served.ts'
import { update } from './update.ts'
import { blank, typed, versionsOf } from './versions.ts'

export interface ApplyRequest {
  readonly key: ObjectKey
  /** What the manager wants of the object, and nothing else. */
  readonly configuration: Readonly<Record<string, unknown>>
  /** Takes fields from whoever has them. */
  readonly force: boolean
  readonly subresource?: string | undefined
  readonly options: WriteOptions
  /** Asked when it was applied, before anything is kept: refuses what a strict reader would. */
  readonly strict?: () => void
}

const TRIES = 10 // how often the object may come and go meanwhile

/** Server-side apply: makes the object, or lays the configuration over it. */
export async function apply(
  room: Room,
  served: Served,
  request: ApplyRequest,
): Promise<{ object: Body; created: boolean }> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      if (room.store.get(placeOf(served, request.key))) {
        return { object: await revised(room, served, request), created: false }
      }
      return { object: await made(room, served, request), created: true }
    } catch (fault) {
      const raced = isApiFault(fault, 'NotFound', 'AlreadyExists') && request.subresource === undefined
      if (!raced || tries === TRIES - 1) throw fault
    }
  }
  throw conflict(served, request.key.name)
}

function revised(room: Room, served: Served, request: ApplyRequest): Promise<Body> {
  const { key, subresource, options } = request
  const revise = async (now: Body) =>
    requireUid(served, await applied(room, served, { request, live: now, existing: now }), now)
  return update(room, served, { key, revise, noted: true, subresource, options })
}

async function made(room: Room, served: Served, request: ApplyRequest): Promise<Body> {
  const { key, subresource, options } = request
  const { name, namespace } = key
  if (subresource !== undefined) throw notFound(served, name)
  const { group, plural } = served.kind
  const what = { verb: 'create', group, resource: plural, name, ...(namespace !== undefined && { namespace }) }
  requireAllowed(room.authorizer, options.identity, what)
  const object = await applied(room, served, { request, live: blank(served) })
  const { uid, resourceVersion: _, ...metadata } = object.metadata
  if (uid) {
    const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`
    throw conflict(served, name, why)
  }
  return create(room, served, { namespace, body: { ...object, metadata }, options, noted: true })
}

interface Live {
  readonly request: ApplyRequest
  /** What the configuration is laid over. */
  readonly live: Body
  /** Absent when the object is made. */
  readonly existing?: Body
}

/** The object as it is then, with its managers. */
async function applied(room: Room, served: Served, { request, live, existing }: Live): Promise<Body> {
  const { configuration, force, subresource, options } = request
  requireConfiguration(served, configuration)
  requireType(served, configuration, 'patch')
  const now = timestamp(room.host.clock)
  const known = existing ? await firstManagers(room, served, { request, existing, now }) : new Map()
  const by = managerOf(served, { manager: options.manager, operation: 'Apply', subresource })
  const seen = typed(served, live)
  requireType(served, live, 'live')
  const versions = versionsOf(room.catalog, served)
  const ignored = ignoredFields(served, subresource)
  const done = await applying({ versions, live: seen, configuration, managers: known, by, force, ignored })
  const time = done.object === undefined ? known.get(managerKey(by))?.time : now
  const object = withManagers(asBody(done.object ?? live), timed(done.managers, managerKey(by), time))
  request.strict?.()
  const settled = options.manager === KUBECTL ? asBody(annotated(object, configuration)) : object
  return requireAddress(served, settled, request.key)
}

/** What stands where nobody noted anything belongs to someone who was there before. */
async function firstManagers(
  room: Room,
  served: Served,
  { request, existing, now }: { request: ApplyRequest; existing: Body; now: string },
): Promise<Managers> {
  const known = decoded(existing)
  if (known.size > 0) return known
  const options = { ...request.options, manager: 'before-first-apply' }
  const noted = await managed(room, served, { object: existing, options, subresource: request.subresource, now })
  return managersOf(noted)
}

function decoded(object: Body): Managers {
  try {
    return managersOf(object)
  } catch (fault) {
    throw fault instanceof ApplyFault ? unknown(`failed to decode managed fields: ${fault.message}`) : fault
  }
}

/** What kubectl applied before there were managers is its own: no conflict as long as it is as it was applied. */
async function applying(request: Applying): Promise<Applied> {
  try {
    return await applyConfiguration(request)
  } catch (fault) {
    if (fault instanceof ApplyFault) throw unknown(fault.message)
    if (!(fault instanceof ConflictFault) || request.by.manager !== KUBECTL) throw fault
    const left = withoutLastApplied(request.live, fault)
    if (left.length > 0) throw conflictFault(left)
    return applyConfiguration({ ...request, force: true })
  }
}

function timed(managers: Managers, key: string, time: string | undefined): Managers {
  const own = managers.get(key)
  return own ? new Map(managers).set(key, { ...own, ...(time !== undefined && { time }) }) : managers
}

function requireConfiguration({ kind }: Served, configuration: ApplyRequest['configuration']): void {
  const version = text(configuration.apiVersion)
  if (version !== apiVersion(kind) || configuration.kind !== kind.kind) {
    throw new ApiFault('BadRequest', `invalid object type: ${shownType(version, text(configuration.kind))}`)
  }
  const { managedFields } = isObject(configuration.metadata) ? configuration.metadata : {}
  if (managedFields !== undefined && managedFields !== null) {
    throw new ApiFault('BadRequest', 'metadata.managedFields must be nil')
  }
}

function requireType(served: Served, object: Readonly<Record<string, unknown>>, which: 'patch' | 'live'): void {
  try {
    requireShape(typed(served, object).shape, object, which === 'live' ? 'allowed' : 'refused')
  } catch (fault) {
    if (!(fault instanceof ApplyFault)) throw fault
    const { name, namespace } = isObject(object.metadata) ? object.metadata : {}
    const type = shownType(text(object.apiVersion), text(object.kind))
    throw unknown(
      `failed to create typed ${which} object (${text(namespace)}/${text(name)}; ${type}): ${fault.message}`,
    )
  }
}

/** `%v` of a GroupVersionKind. */
function shownType(version: string, kind: string): string {
  return `${version.includes('/') ? version : `/${version}`}, Kind=${kind}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** What the real server answers where an error has no reason of its own. */
function unknown(sentence: string): ApiFault {
  return new ApiFault('Unknown', sentence)
}
