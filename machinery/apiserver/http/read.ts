import { ApiFault } from '../../api/fault.ts'
import { apiVersion, listKindOf } from '../../api/kind.ts'
import { shownOne } from '../registry/convert.ts'
import { listPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import type { Selection } from '../registry/select.ts'
import { notFound, placeOf, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { type Encoding, type Form, formFor, type Shape } from './negotiate.ts'
import type { ResourcePath } from './path.ts'
import { partial, type TableOptions, tableOf } from './table.ts'
import type { Target } from './write.ts'

export async function getOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  const stored = room.store.get(placeOf(path.served, path))
  if (!stored) throw notFound(path.served, path.name)
  const object = await shownOne(path.served, stored)
  return replyObject(room, exchange, { path, object, code: 200 })
}

type Shown = { readonly path: ResourcePath; readonly object: Body; readonly code: number }

/** One object in the form the client asked for. */
export function replyObject(room: Room, exchange: Exchange, { path, object, code }: Shown): Promise<void> {
  const { encoding, as } = formOf(exchange, path, 'PartialObjectMetadata')
  const { resourceVersion } = object.metadata
  if (as === 'Table') {
    return reply(exchange, code, tableOf([object], { resourceVersion }, tableOptions(room, exchange, path)), encoding)
  }
  return reply(exchange, code, as ? partial(object) : object, encoding)
}

export async function getList(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const { encoding, as } = formOf(exchange, path, 'PartialObjectMetadataList')
  checkRevision(room, exchange)
  const { items, ...page } = await listPage(room, path.served, {
    ...selectionOf(exchange, path),
    limit: wholeNumber(exchange, 'limit'),
    continue: exchange.query.get('continue') ?? undefined,
  })
  const metadata = {
    resourceVersion: page.resourceVersion,
    ...(page.continue !== undefined && { continue: page.continue }),
    ...(page.remaining !== undefined && { remainingItemCount: page.remaining }),
  }
  const { kind } = path.served
  const list =
    as === 'Table'
      ? tableOf(items, metadata, tableOptions(room, exchange, path))
      : as
        ? { kind: as, apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partial) }
        : { kind: listKindOf(kind), apiVersion: apiVersion(kind), metadata, items }
  return reply(exchange, 200, list, encoding)
}

/** The form an answer about objects of this kind is to have: a table, their metadata (as `list` says), or all of them. */
export function formOf({ request }: Exchange, { served }: ResourcePath, metadata: Shape): Form {
  return formFor(request.headers.accept, { encodings: encodingsOf(served), shapes: ['Table', metadata] })
}

/** Custom kinds have no protobuf: nobody has numbered their fields. */
export function encodingsOf(_served: Served): readonly Encoding[] {
  return ['json', 'yaml']
}

export function tableOptions(room: Room, exchange: Exchange, path: ResourcePath): TableOptions {
  return { served: path.served, now: room.host.clock.now(), include: exchange.query.get('includeObject') }
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
