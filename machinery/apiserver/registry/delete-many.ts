import { isApiFault } from '../../api/fault.ts'
import type { Body } from '../store/change.ts'
import { type DeleteRequest, remove } from './delete.ts'
import { listPage } from './list.ts'
import type { Room } from './room.ts'
import type { Selection } from './select.ts'
import type { Served } from './served.ts'

export interface DeleteManyRequest extends Omit<DeleteRequest, 'key' | 'uid'> {
  readonly selection: Selection
}

/** Takes away, or marks, every object that the selection has now; resolves to them as they were. */
export async function removeMany(room: Room, served: Served, request: DeleteManyRequest): Promise<readonly Body[]> {
  const { selection, ...options } = request
  const { items } = await listPage(room, served, selection)
  const removed = items.map(item => remove(room, served, { ...options, key: item.metadata, uid: item.metadata.uid }))
  for (const outcome of await Promise.allSettled(removed)) {
    // Somebody else was faster: it is gone, which is all that was asked for.
    if (outcome.status === 'rejected' && !isApiFault(outcome.reason, 'NotFound', 'Conflict')) throw outcome.reason
  }
  return items
}
