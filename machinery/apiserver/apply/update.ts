import { type Comparison, compare, exclude } from './compare.ts'
import { type Conflict, conflictFault } from './conflict.ts'
import { ApplyFault } from './fault.ts'
import { type Manager, type Managers, owners, withFields } from './managers.ts'
import { reconciled } from './reconcile.ts'
import { difference, type FieldSet, intersection, isEmpty, LEAF, union } from './set.ts'
import { inVersion, type Typed, type Versions } from './versions.ts'

/** A change of an object whose fields have managers. */
export interface Change {
  readonly versions: Versions
  readonly before: Typed
  readonly after: Typed
  readonly managers: Managers
  /** Fields that the request may not change, in its version: nobody gets them. */
  readonly ignored: FieldSet
}

/** Whose fields are whose after an update, and which ones whoever updates has now (structured-merge-diff `Update`). */
export async function noteUpdate(change: Change): Promise<{ managers: Managers; taken: FieldSet }> {
  const managers = fitting(change.versions, change.managers)
  const noted = await noteChange({ ...change, managers }, { force: true })
  const { modified, added } = noted.comparison
  return { managers: noted.managers, taken: difference(union(modified, added), STRIPPED) }
}

const META = [
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'clusterName',
  'generation',
  'managedFields',
  'resourceVersion',
]

/** What nobody owns (apimachinery `stripMetaManager`). */
export const STRIPPED: FieldSet = {
  'f:apiVersion': LEAF,
  'f:kind': LEAF,
  'f:metadata': { '.': LEAF, ...Object.fromEntries(META.map(name => [`f:${name}`, LEAF])) },
}

/** Managers with sets that fit the schemas as they are now; those of versions that are gone are left out. */
export function fitting(versions: Versions, managers: Managers): Managers {
  const kept = new Map<string, Manager>()
  for (const [key, manager] of managers) {
    const shape = versions.shape(manager.apiVersion)
    if (shape) kept.set(key, withFields(manager, reconciled(shape, manager.fields)))
  }
  return kept
}

export interface Mode {
  /** The manager who makes the change: it loses nothing by it. */
  readonly by?: string
  /** Takes fields from whoever has them, instead of refusing. */
  readonly force: boolean
}

/** Takes what changed from all who have it; refuses when that is to be a conflict. */
export async function noteChange(
  change: Change,
  { by, force }: Mode,
): Promise<{ managers: Managers; comparison: Comparison }> {
  const compared = new Comparisons(change)
  const comparison = await compared.own()
  const left = new Map<string, Manager>()
  const conflicts: Conflict[] = []
  for (const [key, manager] of change.managers) {
    if (key === by) left.set(key, manager)
    else {
      const seen = await compared.in(manager.apiVersion)
      if (!seen) continue
      const lost = intersection(manager.fields, union(seen.modified, seen.added))
      if (!isEmpty(lost)) conflicts.push({ manager, fields: lost })
      left.set(key, withFields(manager, difference(difference(manager.fields, lost), seen.removed)))
    }
  }
  if (!force && conflicts.length > 0) throw conflictFault(conflicts)
  return { managers: owners(left), comparison }
}

/** What changed, as each version sees it. */
class Comparisons {
  readonly #change: Change
  readonly #known = new Map<string, Comparison | undefined>()

  constructor(change: Change) {
    this.#change = change
  }

  async own(): Promise<Comparison> {
    const { before, after, ignored } = this.#change
    const comparison = compare(after.shape, before.object, after.object)
    const seen = isEmpty(ignored) ? comparison : exclude(comparison, ignored)
    this.#known.set(after.apiVersion, seen)
    return seen
  }

  async in(apiVersion: string): Promise<Comparison | undefined> {
    if (!this.#known.has(apiVersion)) this.#known.set(apiVersion, await this.#compare(apiVersion))
    return this.#known.get(apiVersion)
  }

  async #compare(apiVersion: string): Promise<Comparison | undefined> {
    const { versions, before, after } = this.#change
    const was = await told('old', inVersion(versions, before, apiVersion))
    const is = await told('new', inVersion(versions, after, apiVersion))
    return was && is && compare(is.shape, was.object, is.object)
  }
}

async function told<T>(which: 'old' | 'new', converting: Promise<T>): Promise<T> {
  try {
    return await converting
  } catch (fault) {
    if (!(fault instanceof ApplyFault)) throw fault
    throw new ApplyFault(fault.code, `failed to convert ${which} object: ${fault.message}`)
  }
}
