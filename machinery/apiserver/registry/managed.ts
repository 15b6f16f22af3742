import { isDeepStrictEqual } from 'node:util'
import { apiVersion } from '../../api/kind.ts'
import type { ObjectMeta } from '../../api/object.ts'
import { capped } from '../apply/cap.ts'
import { ApplyFault } from '../apply/fault.ts'
import { isReset, type Manager, type Managers, managerKey, readManagers, writeManagers } from '../apply/managers.ts'
import { isEmpty, union } from '../apply/set.ts'
import { noteUpdate } from '../apply/update.ts'
import type { Typed } from '../apply/versions.ts'
import type { Body } from '../store/change.ts'
import { ignoredFields } from './ignored.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import type { Served } from './served.ts'
import { blank, typed, versionsOf } from './versions.ts'

/** A write whose fields are to be noted under the name of their manager. */
export interface ManagedWrite {
  /** As it was given, before the server takes back what the request may not change. */
  readonly object: Body
  /** What the client says of managers. */
  readonly said?: unknown
  /** As it was; absent when it is created. */
  readonly before?: Body
  readonly options: WriteOptions
  readonly subresource?: string | undefined
  /** RFC 3339. */
  readonly now: string
}

type Rules = Pick<Room, 'catalog'>

/** The object with `metadata.managedFields` brought up to date (apimachinery `FieldManager.Update`). */
export async function managed(room: Rules, served: Served, write: ManagedWrite): Promise<Body> {
  const object = withManagers(write.object, undefined)
  const known = knownManagers(served, write)
  // An object that nobody noted anything of stays so until somebody applies.
  if (known.size === 0 && write.before) return object
  try {
    const after = typed(served, object)
    const before = typed(served, write.before ?? blank(served))
    return withManagers(object, await updated(room, served, { known, before, after, write }))
  } catch (fault) {
    // What does not fit its schema has no managers; whether it may be at all is not decided here.
    if (fault instanceof ApplyFault) return object
    throw fault
  }
}

/** What the client says of managers counts, unless it says nothing, or nonsense. */
function knownManagers({ traits }: Served, { said, before, subresource }: ManagedWrite): Managers {
  if (!subresource) {
    // An empty list is nothing where objects are read without Go types.
    if (isReset(said) && (traits.normalize || !isEmptyList(said))) return NOBODY
    const given = readable(said)
    if (given.size > 0) return given
  }
  return readable(before?.metadata.managedFields)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

const NOBODY: Managers = new Map()

function readable(value: unknown): Managers {
  if (value === undefined) return NOBODY
  try {
    return readManagers(value)
  } catch (fault) {
    if (fault instanceof ApplyFault) return NOBODY
    throw fault
  }
}

interface Noting {
  readonly known: Managers
  readonly before: Typed
  readonly after: Typed
  readonly write: Pick<ManagedWrite, 'options' | 'subresource' | 'now'>
}

async function updated(room: Rules, served: Served, { known, before, after, write }: Noting): Promise<Managers> {
  const { options, subresource, now } = write
  const versions = versionsOf(room.catalog, served)
  const ignored = ignoredFields(served, subresource)
  const { managers, taken } = await noteUpdate({ versions, before, after, managers: known, ignored })
  if (isEmpty(taken)) return capped(managers)
  const by = managerOf(served, { manager: options.manager, operation: 'Update', subresource })
  const had = managers.get(managerKey(by))
  const fields = had ? union(had.fields, taken) : taken
  return capped(new Map(managers).set(managerKey(by), { ...by, time: now, fields }))
}

/** A manager who has nothing yet. */
export function managerOf(
  { kind }: Served,
  { manager, operation, subresource }: Pick<Manager, 'manager' | 'operation'> & { subresource?: string | undefined },
): Manager {
  const name = manager || 'unknown'
  return { manager: name, operation, apiVersion: apiVersion(kind), fields: {}, ...(subresource && { subresource }) }
}

/** The object as these managers have it; undefined takes them away. */
export function withManagers(object: Body, managers: Managers | undefined): Body {
  const written = managers && writeManagers(managers)
  if (!written && object.metadata.managedFields === undefined) return object
  const { managedFields: _, ...rest } = object.metadata
  const metadata: ObjectMeta = written ? { ...rest, managedFields: written } : rest
  return { ...object, metadata }
}

/** The managers of an object all in all; refuses those that cannot be read. */
export function managersOf(object: Body): Managers {
  return readManagers(object.metadata.managedFields)
}

/** What admission made of an object; managers that it left in no good state are as before. */
export function withReadableManagers(before: Body, after: Body, { warn }: Pick<WriteOptions, 'warn'>): Body {
  if (after === before || after.metadata.managedFields === before.metadata.managedFields) return after
  try {
    readManagers(after.metadata.managedFields)
    return after
  } catch (fault) {
    if (!(fault instanceof ApplyFault)) throw fault
    warn?.(
      '.metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating ' +
        `admission controller; please fix your requests: ${fault.message}`,
    )
    const { managedFields: _, ...rest } = after.metadata
    const { managedFields } = before.metadata
    return { ...after, metadata: managedFields ? { ...rest, managedFields } : rest }
  }
}

/** What was, where only the times of its managers would change (apiserver `IgnoreManagedFieldsTimestampsTransformer`). */
export function steady(next: Body, now: Body): Body {
  const [are, were] = [next.metadata.managedFields, now.metadata.managedFields]
  if (!are || !were || are === were || are.length !== were.length) return next
  if (!isDeepStrictEqual(are.map(withoutTime), were.map(withoutTime))) return next
  const kept = { ...next, metadata: { ...next.metadata, managedFields: were } }
  return isDeepStrictEqual(kept, now) ? now : next
}

function withoutTime(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? { ...entry, time: undefined } : entry
}
