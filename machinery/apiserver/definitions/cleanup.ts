import { isApiFault } from '../../api/fault.ts'
import { timestamp } from '../../host/clock.ts'
import { remove } from '../registry/delete.ts'
import { OWN, type WriteOptions } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import type { Served } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { type Condition, isTrue, withCondition } from './condition.ts'
import { type Fields, fieldsOf, listOf } from './reading.ts'
import { CLEANUP, DEFINITIONS } from './traits.ts'

const WRITES: WriteOptions = { ...OWN, manager: 'kube-apiserver' }

/** Deletes the objects of a definition that is going, and lets it go once none is left. */
export async function cleanUp(room: Room, definition: Body): Promise<void> {
  const { name } = definition.metadata
  if (!isTrue(definition, 'Established')) return release(room, definition, NEVER_ESTABLISHED)
  if (room.store.count(name) === 0) return release(room, definition, COMPLETED)
  await note(room, definition, IN_PROGRESS)
  const served = room.catalog.stored.find(one => one.collection === name)
  if (!served) return
  const objects = [...room.store.from(name)].filter(({ object }) => !object.metadata.deletionTimestamp)
  await Promise.all(objects.map(({ object }) => removeOne(room, served, object)))
}

async function removeOne(room: Room, served: Served, { metadata }: Body): Promise<void> {
  try {
    await remove(room, served, { key: metadata, uid: metadata.uid, options: WRITES })
  } catch (fault) {
    if (!isApiFault(fault, 'NotFound', 'Conflict')) throw fault // somebody was faster
  }
}

/** Says what became of the objects, and takes our finalizer away. */
export async function release(room: Room, definition: Body, condition: Condition): Promise<void> {
  await note(room, definition, condition)
  const key = { name: definition.metadata.name }
  const revise = (now: Body): Body => {
    const finalizers = (now.metadata.finalizers ?? []).filter(one => one !== CLEANUP)
    return { ...now, metadata: { ...now.metadata, finalizers } }
  }
  await update(room, definitionsIn(room), { key, revise, options: WRITES })
}

async function note(room: Room, definition: Body, condition: Condition): Promise<void> {
  const status = fieldsOf(definition.status) ?? {}
  const conditions = withCondition(listOf(status.conditions), condition, timestamp(room.host.clock))
  await writeStatus(room, definition, { ...status, conditions })
}

/** Refused with `Conflict` when somebody changed the definition in the meantime. */
export function writeStatus(room: Room, definition: Body, status: Fields): Promise<Body> {
  const { name, resourceVersion = '' } = definition.metadata
  const revise = (now: Body): Body => ({ ...now, metadata: { ...now.metadata, resourceVersion }, status })
  return update(room, definitionsIn(room), { key: { name }, revise, subresource: 'status', options: WRITES })
}

function definitionsIn({ catalog }: Room): Served {
  const [served] = catalog.versions(DEFINITIONS)
  if (!served) throw new RangeError('definitions themselves are always served')
  return served
}

const IN_PROGRESS = terminating('True', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress')
const COMPLETED = terminating('False', 'InstanceDeletionCompleted', 'removed all instances')
const NEVER_ESTABLISHED = terminating('False', 'NeverEstablished', 'resource was never established')
/** Of a definition of what is built in. */
export const OVERLAPPING = terminating(
  'False',
  'OverlappingBuiltInResource',
  'instances overlap with built-in resources in storage',
)

function terminating(status: Condition['status'], reason: string, message: string): Condition {
  return { type: 'Terminating', status, reason, message }
}
