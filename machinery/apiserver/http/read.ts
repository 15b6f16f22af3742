import { ApiFault } from '../../api/fault.ts'
import { apiVersion, listKindOf } from '../../api/kind.ts'
import { hasProtobuf } from '../protobuf/envelope.ts'
import { shownOne } from '../registry/convert.ts'
import { type ListHead, listPage, type StoredPage, storedPage } from '../registry/list.ts'
import type { Room } from '../registry/room.ts'
import type { Selection } from '../registry/select.ts'
import { notFound, placeOf, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { reply, replyParts, replyText } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { type ListOptions, listOptions } from './list-options.ts'
import { type Encoding, type Form, formFor, MEDIA, type Shape } from './negotiate.ts'
import type { ResourcePath } from './path.ts'
import { partial, type TableOptions, tableOf } from './table.ts'
import type { Target } from './write.ts'

export async function getOne(room: Room, exchange: Exchange, path: Target): Promise<void> {
  const form = formOf(exchange, path, 'PartialObjectMetadata')
  notNewer(room, listOptions(exchange).revision)
  const stored = room.store.find(placeOf(path.served, path))
  if (!stored) throw notFound(path.served, path.name)
  if (isAsKept(path, form)) {
    return replyText(exchange, 200, stored.json, MEDIA.json)
  }
  const object = await shownOne(path.served, stored.object)
  return replyObject(room, exchange, { path, object, code: 200 })
}

/** Whether the client is to have objects just as they are kept. */
function isAsKept({ served }: ResourcePath, { as, encoding }: Form): boolean {
  return !as && encoding === 'json' && !served.conversion
}

type Shown = { readonly path: ResourcePath; readonly object: Body; readonly code: number }

/** One object in the form the client asked for. */
export function replyObject(room: Room, exchange: Exchange, { path, object, code }: Shown): Promise<void> {
  const { encoding, as } = formOf(exchange, path, 'PartialObjectMetadata')
  const { resourceVersion } = object.metadata
  if (as === 'Table') {
    return reply(exchange, code, tableOf([object], { resourceVersion }, tableOptions(room, exchange, path)), encoding)
  }
  if (!as && encoding === 'json') return replyText(exchange, code, jsonOf(room, path.served, object), MEDIA.json)
  return reply(exchange, code, as ? partial(object) : object, encoding)
}

/** The object's JSON, as it is kept when it is this very object that is kept. */
function jsonOf({ store }: Room, served: Served, object: Body): string {
  const stored = served.conversion ? undefined : store.find(placeOf(served, object.metadata))
  return stored?.object === object ? stored.json : JSON.stringify(object)
}

export async function getList(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  const form = formOf(exchange, path, 'PartialObjectMetadataList')
  const asked = listOptions(exchange)
  notNewer(room, asked.revision)
  const { limit, continue: after } = asked
  const request = { ...selectionOf(exchange, path), ...exactly(asked), limit, continue: after }
  if (isAsKept(path, form)) {
    const page = storedPage(room, path.served, request)
    return replyParts(exchange, 200, { parts: listParts(path.served, page), type: MEDIA.json })
  }
  const { items, ...page } = await listPage(room, path.served, request)
  const metadata = listMeta(page)
  const { as, encoding } = form
  const { kind } = path.served
  const list =
    as === 'Table'
      ? tableOf(items, metadata, tableOptions(room, exchange, path))
      : as
        ? { kind: as, apiVersion: 'meta.k8s.io/v1', metadata, items: items.map(partial) }
        : { kind: listKindOf(kind), apiVersion: apiVersion(kind), metadata, items }
  return reply(exchange, 200, list, encoding)
}

function listMeta({ resourceVersion, continue: next, remaining }: ListHead): object {
  return {
    resourceVersion,
    ...(next !== undefined && { continue: next }),
    ...(remaining !== undefined && { remainingItemCount: remaining }),
  }
}

/** A list whose objects are not read and written again: their JSON is there. */
function listParts({ kind }: Served, { items, ...head }: StoredPage): readonly string[] {
  const list = JSON.stringify({ kind: listKindOf(kind), apiVersion: apiVersion(kind), metadata: listMeta(head) })
  return [`${list.slice(0, -1)},"items":[`, ...items.map(({ json }, at) => (at > 0 ? `,${json}` : json)), ']}']
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
