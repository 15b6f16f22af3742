import { ApiFault } from '../../api/fault.ts'
import { apiVersion, listKindOf } from '../../api/kind.ts'
import { hasProtobuf } from '../protobuf/envelope.ts'
import { shownOne } from '../registry/convert.ts'
import { listPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import type { Selection } from '../registry/select.ts'
import { notFound, placeOf, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { reply } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { type ListOptions, listOptions } from './list-options.ts'
import { type Encoding, type Form, formFor, type Shape } from './negotiate.ts'
import type { ResourcePath } from './path.ts'
import { partial, type TableOptions, tableOf } from './table.ts'
import type { Target } from './write.ts'

export async function getOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  notNewer(room, listOptions(exchange).revision)
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
  const asked = listOptions(exchange)
  notNewer(room, asked.revision)
  const { items, ...page } = await listPage(room, path.served, {
    ...selectionOf(exchange, path),
    ...exactly(asked),
    limit: asked.limit,
    continue: asked.continue,
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
export function encodingsOf({ kind }: Served): readonly Encoding[] {
  return hasProtobuf(apiVersion(kind), kind.kind) ? ['json', 'yaml', 'protobuf'] : ['json', 'yaml']
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

/**
 * The revision that a list must show: the one asked for when it must be exact, or, as upstream has always had it, when it
 * comes in pages and says nothing of the match.
 */
function exactly({ revision, match, limit }: ListOptions): { readonly revision?: number } {
  const exact = match === 'Exact' || (match === undefined && limit > 0)
  return revision && exact ? { revision } : {}
}

/** A client that knows of a later revision than ours is told to ask again. */
function notNewer({ store }: Room, wanted = 0): void {
  if (wanted <= store.revision) return
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version', field: '' }]
  const sentence = `Too large resource version: ${wanted}, current: ${store.revision}`
  throw new ApiFault('Timeout', sentence, { causes, retryAfterSeconds: 1 })
}
