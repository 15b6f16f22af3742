import type { Client, ListOptions, ObjectList, WatchEvent, WatchOptions } from '../../api/client.ts'
import type { Kind } from '../../api/kind.ts'
import { type KubeObject, keyOf } from '../../api/object.ts'
import type { Body } from '../store/change.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { listPage } from './list.ts'
import { mergePatch } from './merge.ts'
import type { Room, WriteOptions } from './room.ts'
import { placeOf } from './served.ts'
import { update } from './update.ts'
import { type Seen, watch } from './watch.ts'

/** Who calls: as in the subject of a client certificate. */
export interface Identity {
  readonly user: string
  readonly groups?: readonly string[]
}

/** The Client of this very process: the same verbs without the wire. */
export function localClient(room: Room, identity: Identity): Client {
  const { catalog, store } = room
  const log = room.host.log.with({ user: identity.user })
  const options: WriteOptions = {
    unknown: paths => log.warn('fields that the schema does not know were dropped', { fields: paths.join(', ') }),
  }
  const written = (object: Body) => object as never
  return {
    get: async (kind, key) => store.get(placeOf(catalog.of(kind), key)) as never,
    list: async (kind, { ...selection } = {}) => typed(listPage(room, catalog.of(kind), selection)),
    watch: (kind, { resourceVersion, ...request }) => watchEvents(room, kind, { ...request, resourceVersion }),
    create: async (kind, object) => {
      const { namespace } = object.metadata
      return written(await create(room, catalog.of(kind), { namespace, body: copied(object), options }))
    },
    update: async (kind, object) => {
      const body = copied(object)
      return written(await update(room, catalog.of(kind), { key: keyOf(object), revise: () => body, options }))
    },
    updateStatus: async (kind, object) => {
      const body = copied(object)
      const request = { key: keyOf(object), revise: () => body, subresource: 'status', options } as const
      return written(await update(room, catalog.of(kind), request))
    },
    patch: async (kind, key, { body, subresource }) => {
      const patch = copied(body)
      const revise = (now: Body) => mergePatch(now, patch)
      return written(await update(room, catalog.of(kind), { key, revise, subresource, options }))
    },
    delete: async (kind, key, { uid, propagationPolicy } = {}) => {
      await remove(room, catalog.of(kind), { key, uid, propagation: propagationPolicy })
    },
  }
}

/** As it would be after the wire: no undefined members, nothing shared with the caller. */
function copied(object: object): unknown {
  return JSON.parse(JSON.stringify(object))
}

function typed<T extends KubeObject>(list: { items: readonly Body[]; resourceVersion: string }): ObjectList<T> {
  return { items: list.items as unknown as readonly T[], resourceVersion: list.resourceVersion }
}

async function* watchEvents<T extends KubeObject>(
  room: Room,
  kind: Kind<T>,
  { resourceVersion, ...request }: WatchOptions & ListOptions,
): AsyncGenerator<WatchEvent<T>, void> {
  const served = room.catalog.of(kind)
  for await (const seen of watch(room, served, { ...request, revision: Number(resourceVersion) })) {
    if (seen.type !== 'BOOKMARK') yield eventOf(seen)
  }
}

function eventOf<T extends KubeObject>({ type, object }: Seen): WatchEvent<T> {
  return { type, object: object as unknown as T }
}
