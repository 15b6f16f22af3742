import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { shownOne } from '../registry/convert.ts'
import { listPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import type { Selection } from '../registry/select.ts'
import { notFound, placeOf } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { AS_JSON, AS_METADATA, AS_METADATA_LIST, AS_TABLE, accepts, type Exchange, reply } from './exchange.ts'
import type { ResourcePath } from './path.ts'
import { partial, type TableOptions, tableOf } from './table.ts'
import type { Target } from './write.ts'

export async function getOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  const stored = room.store.get(placeOf(path.served, path))
  if (!stored) throw notFound(path.served, path.name)
  const object = await shownOne(path.served, stored)
  replyObject(room, exchange, { path, object, code: 200 })
}

/** One object in the form the client asked for. */
export function replyObject(
  room: Room,
  exchange: Exchange,
  { path, object, code }: { path: ResourcePath; object: Body; code: number },
): void {
  const form = accepts(exchange, AS_TABLE, AS_METADATA, AS_JSON)
  const { resourceVersion } = object.metadata
  if (form === AS_TABLE)
    reply(exchange, code, tableOf([object], { resourceVersion }, tableOptions(room, exchange, path)))
  else if (form === AS_METADATA) reply(exchange, code, partial(object))
  else if (form === AS_JSON) reply(exchange, code, object)
  else throw notAcceptable()
}

export async function getList(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const { served } = path
  checkRevision(room, exchange)
  const limit = wholeNumber(exchange, 'limit')
  const page = await listPage(room, served, {
    ...selectionOf(exchange, path),
    limit,
    continue: exchange.query.get('continue') ?? undefined,
  })
  const metadata = {
    resourceVersion: page.resourceVersion,
    ...(page.continue !== undefined && { continue: page.continue }),
  }
  const form = accepts(exchange, AS_TABLE, AS_METADATA_LIST, AS_JSON)
  if (form === AS_TABLE) reply(exchange, 200, tableOf(page.items, metadata, tableOptions(room, exchange, path)))
  else if (form === AS_METADATA_LIST) {
    const items = page.items.map(partial)
    reply(exchange, 200, { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items })
  } else if (form === AS_JSON) {
    const { kind } = served
    reply(exchange, 200, { kind: `${kind.kind}List`, apiVersion: apiVersion(kind), metadata, items: page.items })
  } else throw notAcceptable()
}

export function tableOptions(room: Room, exchange: Exchange, path: ResourcePath): TableOptions {
  return { served: path.served, now: room.host.clock.now(), include: exchange.query.get('includeObject') }
}

export function notAcceptable(): ApiFault {
  return new ApiFault('NotAcceptable', `only the following media types are accepted: ${AS_JSON}`)
}

/** Which objects of the path's kind the request asks for. */
export function selectionOf({ query }: Exchange, path: ResourcePath): Selection {
  const byName = path.name === undefined ? [] : [`metadata.name=${path.name}`]
  const fieldSelector = [...byName, query.get('fieldSelector') ?? ''].filter(Boolean).join(',')
  return { namespace: path.namespace, labelSelector: query.get('labelSelector') ?? undefined, fieldSelector }
}

export function wholeNumber({ query }: Exchange, name: string): number | undefined {
  const text = query.get(name)
  if (!text) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new ApiFault('BadRequest', `${name}: Invalid value: ${JSON.stringify(text)}: must be a whole number`)
}

/** A list shows the present; a client that knows of a later one than ours, or insists on an older, is told so. */
function checkRevision(room: Room, exchange: Exchange): void {
  const wanted = wholeNumber(exchange, 'resourceVersion') ?? 0
  const { revision } = room.store
  if (wanted > revision) {
    const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }]
    const sentence = `Too large resource version: ${wanted}, current: ${revision}`
    throw new ApiFault('Timeout', sentence, { causes, retryAfterSeconds: 1 })
  }
  if (exchange.query.get('resourceVersionMatch') !== 'Exact' || wanted === revision || wanted === 0) return
  throw new ApiFault('Expired', `The resourceVersion for the provided list is too old: ${wanted} (${revision})`)
}
