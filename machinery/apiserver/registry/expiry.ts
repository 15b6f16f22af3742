import { isApiFault } from '../../api/fault.ts'
import type { Body } from '../store/change.ts'
import { remove } from './delete.ts'
import { OWN } from './options.ts'
import type { Room } from './room.ts'

const EVERY = 60_000
const LIFE = 60 * 60_000 // as kube-apiserver's --event-ttl
const TIMES = ['lastTimestamp', 'eventTime', 'firstTimestamp'] as const

/** Takes away Events that nothing was added to for an hour, until the signal is aborted. */
export async function expireEvents(room: Room, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await expireOnce(room)
    await room.host.clock.wait(EVERY, signal).catch(() => undefined) // called off: the loop ends by its condition
  }
}

export async function expireOnce(room: Room): Promise<void> {
  const served = room.catalog.byKind('v1', 'Event')
  if (!served) return
  const oldest = room.host.clock.now() - LIFE
  const old = [...room.store.from(served.collection)].filter(({ object }) => lastSeen(object) < oldest)
  const removals = old.map(({ object: { metadata } }) => {
    return remove(room, served, { key: metadata, resourceVersion: metadata.resourceVersion, options: OWN })
  })
  for (const outcome of await Promise.allSettled(removals)) {
    // Somebody added to it, or took it away; any other trouble is the store's, and the next round tries again.
    if (outcome.status === 'fulfilled' || isApiFault(outcome.reason, 'NotFound', 'Conflict')) continue
    room.host.log.warn('old events were not taken away', { reason: String(outcome.reason) })
    return
  }
}

function lastSeen(event: Body): number {
  const said = TIMES.map(name => Date.parse(String(event[name] ?? ''))).filter(time => !Number.isNaN(time))
  return Math.max(Date.parse(event.metadata.creationTimestamp ?? '') || 0, ...said)
}
