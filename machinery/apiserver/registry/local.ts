import type {
  Client,
  JsonPatch,
  ListOptions,
  MergePatch,
  ObjectList,
  PageOptions,
  WatchEvent,
  WatchOptions,
} from '../../api/client.ts'
import { apiVersion, type Kind } from '../../api/kind.ts'
import { type KubeObject, keyOf, type ObjectKey, type ObjectMeta } from '../../api/object.ts'
import type { Body } from '../store/change.ts'
import { apply } from './apply.ts'
import { type Attributes, requireAllowed } from './authorizer.ts'
import { shownOne } from './convert.ts'
import { create } from './create.ts'
import { remove } from './delete.ts'
import { removeMany } from './delete-many.ts'
import type { Identity } from './identity.ts'
import { jsonPatch } from './jsonpatch.ts'
import { listPage } from './list.ts'
import { mergePatch } from './merge.ts'
import type { WriteOptions } from './options.ts'
import type { Room } from './room.ts'
import { scaled, scaleOf, shownScale } from './scale.ts'
import { notFound, placeOf, type Served } from './served.ts'
import { update } from './update.ts'
import { type Bookmark, type Seen, watch } from './watch.ts'

/** The Client of this very process: the same verbs and the same rights, without the wire. */
export function localClient(room: Room, identity: Identity): Client {
  const { catalog, store } = room
  const log = room.host.log.with({ user: identity.user })
  const options: WriteOptions = {
    identity,
    manager: managerOf(identity),
    unknown: paths => log.warn('fields that the schema does not know were dropped', { fields: paths.join(', ') }),
  }
  const served = (kind: Kind, verb: string, about: About = {}) => {
    const { group, plural } = kind
    requireAllowed(room.authorizer, identity, { verb, group, resource: plural, ...about })
    return catalog.of(kind)
  }
  const written = (object: Body) => object as never
  return {
    get: async (kind, key) => {
      const of = served(kind, 'get', key)
      const stored = store.get(placeOf(of, key))
      return stored && written(await shownOne(of, stored))
    },
    list: async (kind, { ...selection } = {}) =>
      typed(await listPage(room, served(kind, 'list', placeIn(selection)), selection)),
    pages: (kind, { ...selection } = {}) => pagesOf(room, served(kind, 'list', placeIn(selection)), selection),
    watch: (kind, request) => watchEvents(room, served(kind, 'watch', placeIn(request)), request),
    create: async (kind, object) => {
      const { namespace } = object.metadata
      const of = served(kind, 'create', namespace === undefined ? {} : { namespace })
      return written(await create(room, of, { namespace, body: copied(object), options }))
    },
    update: async (kind, object) => {
      const body = copied(object)
      const key = keyOf(object)
      return written(await update(room, served(kind, 'update', key), { key, revise: () => body, options }))
    },
    updateStatus: async (kind, object) => {
      const body = copied(object)
      const key = keyOf(object)
      const request = { key, revise: () => body, subresource: 'status', options } as const
      return written(await update(room, served(kind, 'update', { ...key, subresource: 'status' }), request))
    },
    patch: async (kind, key, patch) => {
      const { subresource } = patch
      const of = served(kind, 'patch', { ...key, ...(subresource && { subresource }) })
      return written(await update(room, of, { key, revise: reviser(patch), subresource, options }))
    },
    apply: async (kind, wanted, { manager, force = false, subresource }) => {
      const key = keyIn(wanted.metadata)
      const of = served(kind, 'patch', { ...key, ...(subresource && { subresource }) })
      const configuration = { apiVersion: apiVersion(kind), kind: kind.kind, ...(copied(wanted) as object) }
      const request = { key, configuration, force, subresource, options: { ...options, manager } }
      return written((await apply(room, of, request)).object)
    },
    getScale: async (kind, key) => {
      const of = served(kind, 'get', { ...key, subresource: 'scale' })
      const stored = store.get(placeOf(of, key))
      return stored && of.traits.scale && shownScale(scaleOf(await shownOne(of, stored), of.traits.scale))
    },
    scale: async (kind, key, replicas) => {
      const of = served(kind, 'patch', { ...key, subresource: 'scale' })
      const { scale } = of.traits
      if (!scale) throw notFound(of, key.name)
      const revise = (now: Body) => scaled(now, scale, { metadata: {}, spec: { replicas } })
      return shownScale(scaleOf(await update(room, of, { key, revise, subresource: 'scale', options }), scale))
    },
    delete: async (kind, key, { uid, propagationPolicy } = {}) => {
      await remove(room, served(kind, 'delete', key), { key, uid, propagation: propagationPolicy, options })
    },
    deleteCollection: async (kind, { propagationPolicy, ...selection }) => {
      const of = served(kind, 'deletecollection', placeIn(selection))
      await removeMany(room, of, { selection, propagation: propagationPolicy, options })
    },
  }
}

type About = Pick<Attributes, 'namespace' | 'name' | 'subresource'>

function placeIn({ namespace }: ListOptions): About {
  return namespace === undefined ? {} : { namespace }
}

function keyIn({ name, namespace }: ObjectMeta): ObjectKey {
  return namespace === undefined ? { name } : { name, namespace }
}

/** The last part of a user's name: `rufio` of `system:serviceaccount:eksa-system:rufio`. */
function managerOf({ user }: Identity): string {
  return user.split(':').at(-1) || 'unknown'
}

/** As it would be after the wire: no undefined members, nothing shared with the caller. */
function copied(object: object): unknown {
  return JSON.parse(JSON.stringify(object))
}

function typed<T extends KubeObject>(list: { items: readonly Body[]; resourceVersion: string }): ObjectList<T> {
  return { items: list.items as unknown as readonly T[], resourceVersion: list.resourceVersion }
}

/** The patch as a change of the object as it stands; applied again when somebody else wrote first. */
function reviser(patch: MergePatch | JsonPatch): (now: Body) => unknown {
  if ('steps' in patch) {
    const steps = copied(patch.steps)
    return now => jsonPatch(now, steps)
  }
  const body = copied(patch.body)
  return now => mergePatch(now, body)
}

const PAGE = 500

async function* pagesOf<T extends KubeObject>(
  room: Room,
  served: Served,
  { limit = PAGE, ...selection }: PageOptions,
): AsyncGenerator<ObjectList<T>, void> {
  let after: string | undefined
  do {
    const page = await listPage(room, served, { ...selection, limit, continue: after })
    yield typed(page)
    after = page.continue
  } while (after !== undefined)
}

async function* watchEvents<T extends KubeObject>(
  room: Room,
  served: Served,
  { resourceVersion, ...request }: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void> {
  const from = resourceVersion === undefined ? {} : { revision: Number(resourceVersion) }
  for await (const batch of watch(room, served, { ...request, ...from })) for (const one of batch) yield eventOf<T>(one)
}

function eventOf<T extends KubeObject>(seen: Seen | Bookmark): WatchEvent<T> {
  if (seen.type !== 'BOOKMARK') return { type: seen.type, object: seen.told.object as unknown as T }
  return { type: 'BOOKMARK', resourceVersion: String(seen.revision), ...(seen.initial && { initial: true }) }
}
