import { ApiFault, isApiFault } from '../../api/fault.ts'
import { apiVersion, listKindOf } from '../../api/kind.ts'
import { type DeleteRequest, remove } from '../registry/delete.ts'
import { listPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import { isObject } from '../registry/served.ts'
import { bodyObject } from './body.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { callerOf, dryRunOf } from './options.ts'
import type { ResourcePath } from './path.ts'
import { selectionOf } from './read.ts'
import { success } from './status.ts'
import type { Target } from './write.ts'

type Options = Omit<DeleteRequest, 'key'>

export async function deleteOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  const options = await deleteOptions(exchange)
  const { object, gone } = await remove(room, path.served, { ...options, key: path })
  if (!gone) {
    reply(exchange, 200, object)
    return
  }
  const { group, plural } = path.served.kind
  const { uid } = object.metadata
  reply(exchange, 200, success({ name: path.name, ...(group && { group }), kind: plural, ...(uid && { uid }) }))
}

export async function deleteMany(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const { served } = path
  const options = await deleteOptions(exchange)
  const { items } = await listPage(room, served, selectionOf(exchange, path))
  const removed = items.map(item => remove(room, served, { ...options, key: item.metadata, uid: item.metadata.uid }))
  for (const outcome of await Promise.allSettled(removed)) {
    // Somebody else was faster: it is gone, which is all that was asked for.
    if (outcome.status === 'rejected' && !isApiFault(outcome.reason, 'NotFound', 'Conflict')) throw outcome.reason
  }
  const metadata = { resourceVersion: String(room.store.revision) }
  reply(exchange, 200, { kind: listKindOf(served.kind), apiVersion: apiVersion(served.kind), metadata, items })
}

const POLICIES = ['Background', 'Foreground', 'Orphan'] as const

/** DeleteOptions, in the body or, as older clients do, in the query. */
async function deleteOptions(exchange: Exchange): Promise<Options> {
  const length = exchange.request.headers['content-length']
  const empty = length === '0' || (length === undefined && exchange.request.headers['transfer-encoding'] === undefined)
  const { value } = empty ? { value: {} } : await bodyObject(exchange.request)
  const body = isObject(value) ? value : {}
  const asked = body.propagationPolicy ?? exchange.query.get('propagationPolicy') ?? undefined
  const propagation =
    POLICIES.find(policy => policy === asked) ?? (body.orphanDependents === true ? 'Orphan' : undefined)
  if (asked !== undefined && !propagation) {
    throw new ApiFault(
      'BadRequest',
      `propagationPolicy must be one of ${POLICIES.join(', ')}, not ${JSON.stringify(asked)}`,
    )
  }
  const preconditions = isObject(body.preconditions) ? body.preconditions : {}
  const dryRun = dryRunOf(exchange) || (Array.isArray(body.dryRun) && body.dryRun.includes('All'))
  return {
    options: { ...callerOf(exchange), dryRun },
    propagation,
    ...(typeof preconditions.uid === 'string' && { uid: preconditions.uid }),
    ...(typeof preconditions.resourceVersion === 'string' && { resourceVersion: preconditions.resourceVersion }),
  }
}
