import type { Client } from '../api/client.ts'
import { isApiFault } from '../api/fault.ts'
import type { Kind } from '../api/kind.ts'
import { type KubeObject, keyOf } from '../api/object.ts'
import type { Host } from '../host/host.ts'
import { retryOnConflict } from './retry.ts'

/** Who changes finalizers, and the clock that its waits are told by. */
export interface Hand {
  readonly client: Client
  readonly host: Pick<Host, 'clock' | 'random'>
}

export function hasFinalizer({ metadata }: KubeObject, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) ?? false
}

/** What is to be changed, as it was seen last. */
export interface Finalized<T extends KubeObject> {
  readonly kind: Kind<T>
  readonly object: T
  readonly finalizer: string
}

/**
 * Keeps the object from going until the finalizer is taken away. Resolves to the object as it is then; undefined when
 * it is gone or going already: the API takes no new finalizers then.
 */
export function addFinalizer<T extends KubeObject>(hand: Hand, what: Finalized<T>): Promise<T | undefined> {
  return change(hand, what, (finalizers, { deletionTimestamp }) =>
    deletionTimestamp ? undefined : [...finalizers, what.finalizer],
  )
}

/** Lets the object go, as far as this finalizer held it. Resolves to undefined when it is gone. */
export function removeFinalizer<T extends KubeObject>(hand: Hand, what: Finalized<T>): Promise<T | undefined> {
  return change(hand, what, finalizers => finalizers.filter(name => name !== what.finalizer))
}

type Revise = (finalizers: readonly string[], metadata: KubeObject['metadata']) => readonly string[] | undefined

/**
 * A merge patch replaces the whole list, so it carries the version that the list was read in: a finalizer that somebody
 * else added meanwhile is not lost.
 */
async function change<T extends KubeObject>(
  { client, host }: Hand,
  { kind, object, finalizer }: Finalized<T>,
  revise: Revise,
): Promise<T | undefined> {
  let seen: T | undefined = object
  const attempt = async (): Promise<T | undefined> => {
    const now = seen ?? (await client.get(kind, keyOf(object)))
    seen = undefined
    if (!now || now.metadata.uid !== object.metadata.uid) return undefined
    const before = now.metadata.finalizers ?? []
    const finalizers = revise(before, now.metadata)
    if (!finalizers) return undefined
    if (finalizers.includes(finalizer) === before.includes(finalizer)) return now
    const { resourceVersion } = now.metadata
    return await client.patch(kind, keyOf(object), { body: { metadata: { resourceVersion, finalizers } } })
  }
  try {
    return await retryOnConflict(host, attempt)
  } catch (fault) {
    if (isApiFault(fault, 'NotFound')) return undefined
    throw fault
  }
}
