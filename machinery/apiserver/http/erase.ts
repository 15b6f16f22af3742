import { isApiFault } from '../../api/fault.ts'
import { apiVersion, listKindOf } from '../../api/kind.ts'
import { remove } from '../registry/delete.ts'
import { listPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import { deleteOptions } from './delete-options.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { listOptions } from './list-options.ts'
import type { ResourcePath } from './path.ts'
import { selectionOf } from './read.ts'
import { methodNotAllowed, success } from './status.ts'
import type { Target } from './write.ts'

export async function deleteOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  const options = await deleteOptions(exchange)
  const { object, gone } = await remove(room, path.served, { ...options, key: path })
  if (!gone) return reply(exchange, 200, object)
  const { group, plural } = path.served.kind
  const { uid } = object.metadata
  return reply(exchange, 200, success({ name: path.name, ...(group && { group }), kind: plural, ...(uid && { uid }) }))
}

export async function deleteMany(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const { served } = path
  // Not over all namespaces, and namespaces not at all: so much is never meant.
  if ((served.kind.namespaced && path.namespace === undefined) || served.collection === 'namespaces') {
    throw methodNotAllowed()
  }
  const options = await deleteOptions(exchange)
  const { limit } = listOptions(exchange)
  const { items } = await listPage(room, served, { ...selectionOf(exchange, path), limit })
  const removed = items.map(item => remove(room, served, { ...options, key: item.metadata, uid: item.metadata.uid }))
  for (const outcome of await Promise.allSettled(removed)) {
    // Somebody else was faster: it is gone, which is all that was asked for.
    if (outcome.status === 'rejected' && !isApiFault(outcome.reason, 'NotFound', 'Conflict')) throw outcome.reason
  }
  const metadata = { resourceVersion: String(room.store.revision) }
  return reply(exchange, 200, { kind: listKindOf(served.kind), apiVersion: apiVersion(served.kind), metadata, items })
}
