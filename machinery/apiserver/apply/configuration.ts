import { isDeepStrictEqual } from 'node:util'
import { fieldsOf } from './fields.ts'
import type { Manager, Managers } from './managers.ts'
import { managerKey, owners } from './managers.ts'
import { merge } from './merge.ts'
import { removeFields, withNamed } from './remove.ts'
import { difference, EMPTY, type FieldSet, intersection, isEmpty, recursiveDifference, union } from './set.ts'
import { fitting, noteChange, STRIPPED } from './update.ts'
import { inVersion, type Typed, type Versions } from './versions.ts'

/** A configuration that somebody applies to an object. */
export interface Applying {
  readonly versions: Versions
  readonly live: Typed
  /** In the version of the live object. */
  readonly configuration: unknown
  readonly managers: Managers
  /** Who applies, with no fields yet. */
  readonly by: Manager
  /** Takes fields from whoever has them. */
  readonly force: boolean
  /** Fields that the request may not change: nobody gets them. */
  readonly ignored: FieldSet
}

export interface Applied {
  /** Absent when the object is as it was. */
  readonly object?: unknown
  readonly managers: Managers
}

/**
 * Lays a configuration over an object, takes away what its manager applied before and nobody else has, and says whose
 * fields are whose then (structured-merge-diff `Updater.Apply`).
 */
export async function applyConfiguration(applying: Applying): Promise<Applied> {
  const { versions, live, configuration, by, force, ignored } = applying
  const { shape } = live
  const known = fitting(versions, applying.managers)
  const key = managerKey(by)
  const fields = recursiveDifference(fieldsOf(shape, configuration), ignored)
  const merged = { ...live, object: merge(shape, live.object, configuration) }
  const managers = new Map(known).set(key, { ...by, fields })
  const after = await prune({ versions, merged, managers, last: known.get(key) })
  const noted = await noteChange({ versions, before: live, after, managers, ignored }, { by: key, force })
  return {
    managers: stripped(noted.managers, key),
    ...(!isDeepStrictEqual(after.object, live.object) && { object: after.object }),
  }
}

function stripped(managers: Managers, key: string): Managers {
  const own = managers.get(key)
  if (!own) return managers
  return owners(new Map(managers).set(key, { ...own, fields: difference(own.fields, STRIPPED) }))
}

interface Pruning {
  readonly versions: Versions
  readonly merged: Typed
  readonly managers: Managers
  readonly last: Manager | undefined
}

/** Takes away what was applied last time, is not now, and nobody else has. */
async function prune(pruning: Pruning): Promise<Typed> {
  const { versions, merged, last } = pruning
  if (!last || isEmpty(last.fields)) return merged
  const then = await inVersion(versions, merged, last.apiVersion)
  if (!then) return merged
  const bare = { ...then, object: removeFields(then.shape, then.object, withNamed(then.shape, last.fields)) }
  const owned = await withOwned(pruning, then, bare)
  const pruned = await withDangling(versions, { then, owned, last })
  return (await inVersion(versions, pruned, merged.apiVersion)) ?? merged
}

/** With what others, or the new configuration, have: first in the version that was pruned, then in all others. */
async function withOwned({ versions, managers }: Pruning, then: Typed, bare: Typed): Promise<Typed> {
  const owned = new Map<string, FieldSet>([[then.apiVersion, EMPTY]])
  for (const { apiVersion, fields } of managers.values()) {
    owned.set(apiVersion, union(owned.get(apiVersion) ?? EMPTY, fields))
  }
  let whole = then
  let pruned = bare
  for (const [apiVersion, fields] of owned) {
    const shownWhole = await inVersion(versions, whole, apiVersion)
    const shownPruned = await inVersion(versions, pruned, apiVersion)
    if (!shownWhole || !shownPruned) continue
    whole = shownWhole
    pruned = withFieldsBack(shownWhole, shownPruned, fields)
  }
  return pruned
}

function withFieldsBack(whole: Typed, pruned: Typed, owned: FieldSet): Typed {
  const { shape } = whole
  const kept = union(named(pruned), withNamed(shape, owned))
  return { ...whole, object: removeFields(shape, whole.object, difference(named(whole), kept)) }
}

function named({ shape, object }: Typed): FieldSet {
  return withNamed(shape, fieldsOf(shape, object))
}

interface Dangling {
  readonly then: Typed
  readonly owned: Typed
  readonly last: Manager
}

/** With what went though it had not been applied last time: it is nobody's, or belongs to those who update. */
async function withDangling(versions: Versions, { then, owned, last }: Dangling): Promise<Typed> {
  const pruned = await inVersion(versions, owned, then.apiVersion)
  if (!pruned) return then
  const gone = intersection(difference(named(then), named(pruned)), withNamed(then.shape, last.fields))
  return { ...then, object: removeFields(then.shape, then.object, gone) }
}
