import { ApiFault } from '../../api/fault.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { remove } from './delete.ts'
import { OWN } from './options.ts'
import type { Room } from './room.ts'
import { isObject, type Served } from './served.ts'
import { update } from './update.ts'

/** What of a namespace's content is still there after it was told to go, and why. */
interface Remaining {
  /** Objects by kind, as `plural.group`. */
  readonly kinds: ReadonlyMap<string, number>
  /** Objects by the finalizer they wait for. */
  readonly finalizers: ReadonlyMap<string, number>
  /** What refused to be deleted. */
  readonly refusals: readonly string[]
}

/**
 * Deletes what lies in a namespace that is going away, says on it what is left and why (kube-controller-manager
 * `namespace/deletion`), and lets it go once nothing is. Resolves to false when something refused to be deleted, which
 * no change of the store will tell of: then it must be tried again.
 */
export async function emptyNamespace(room: Room, served: Served, name: string): Promise<boolean> {
  const remaining = await deleteContent(room, name)
  await update(room, served, {
    key: { name },
    subresource: 'status',
    revise: now => ({ ...now, status: { phase: 'Terminating', conditions: conditionsOf(room, now, remaining) } }),
    options: OWN,
  })
  if (remaining.kinds.size > 0) return remaining.refusals.length === 0
  await update(room, served, {
    key: { name },
    subresource: 'finalize',
    revise: now => ({ ...now, spec: { finalizers: finalizersOf(now).filter(one => one !== 'kubernetes') } }),
    options: OWN,
  })
  return true
}

/** What a namespace itself waits for: `spec.finalizers`. */
export function finalizersOf(namespace: Body): readonly string[] {
  const { finalizers } = isObject(namespace.spec) ? namespace.spec : {}
  return Array.isArray(finalizers) ? finalizers.map(String) : []
}

async function deleteContent(room: Room, name: string): Promise<Remaining> {
  const kinds = new Map<string, number>()
  const finalizers = new Map<string, number>()
  const refusals: string[] = []
  for (const served of room.catalog.stored) {
    if (!served.kind.namespaced) continue
    for (const { object } of [...room.store.from(served.collection, `${name}/`)]) {
      const left = await deleteOne(room, served, object)
      if (left === undefined) continue
      if (left instanceof ApiFault) refusals.push(left.message)
      else for (const finalizer of left.metadata.finalizers ?? []) count(finalizers, finalizer)
      count(kinds, `${served.kind.plural}.${served.kind.group}`)
    }
  }
  return { kinds, finalizers, refusals }
}

/** Resolves to what is left of the object, or to what refused its deletion; undefined when it is gone. */
async function deleteOne(room: Room, served: Served, { metadata }: Body): Promise<Body | ApiFault | undefined> {
  try {
    const { object, gone } = await remove(room, served, { key: metadata, uid: metadata.uid, options: OWN })
    return gone ? undefined : object
  } catch (fault) {
    if (!(fault instanceof ApiFault)) throw fault
    return fault.code === 'NotFound' || fault.code === 'Conflict' ? undefined : fault
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

interface Condition {
  readonly type: string
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

function conditionsOf({ host }: Room, now: Body, remaining: Remaining): readonly object[] {
  const before = isObject(now.status) && Array.isArray(now.status.conditions) ? now.status.conditions : []
  return wordsOf(remaining).map(condition => {
    const same = before.find(one => isObject(one) && one.type === condition.type && one.status === condition.status)
    return { ...condition, lastTransitionTime: same?.lastTransitionTime ?? timestamp(host.clock) }
  })
}

function wordsOf({ kinds, finalizers, refusals }: Remaining): readonly Condition[] {
  const kindWords = listed(kinds, 'has')
  const finalizerWords = listed(finalizers, 'in')
  return [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      status: 'False',
      reason: 'ResourcesDiscovered',
      message: 'All resources successfully discovered',
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      status: 'False',
      reason: 'ParsedGroupVersions',
      message: 'All legacy kube types successfully parsed',
    },
    told('NamespaceDeletionContentFailure', refusals.length > 0, {
      yes: [
        'ContentDeletionFailed',
        `Failed to delete all resource types, ${refusals.length} remaining: ${refusals.toSorted().join(', ')}`,
      ],
      no: ['ContentDeleted', 'All content successfully deleted, may be waiting on finalization'],
    }),
    told('NamespaceContentRemaining', kinds.size > 0, {
      yes: ['SomeResourcesRemain', `Some resources are remaining: ${kindWords}`],
      no: ['ContentRemoved', 'All content successfully removed'],
    }),
    told('NamespaceFinalizersRemaining', finalizers.size > 0, {
      yes: ['SomeFinalizersRemain', `Some content in the namespace has finalizers remaining: ${finalizerWords}`],
      no: ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    }),
  ]
}

type Words = { readonly yes: readonly [string, string]; readonly no: readonly [string, string] }

function told(type: string, is: boolean, words: Words): Condition {
  const [reason, message] = is ? words.yes : words.no
  return { type, status: is ? 'True' : 'False', reason, message }
}

function listed(counts: ReadonlyMap<string, number>, verb: 'has' | 'in'): string {
  const words = [...counts].map(([key, number]) => `${key} ${verb} ${number} resource instances`)
  return words.toSorted().join(', ')
}
