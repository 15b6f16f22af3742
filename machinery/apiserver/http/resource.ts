import type { Access } from '../access/access.ts'
import type { Backup } from '../backup/take.ts'
import type { Room } from '../registry/room.ts'
import { deleteMany, deleteOne } from './erase.ts'
import { answerEviction } from './eviction.ts'
import { type Exchange, isWatch, warn } from './exchange.ts'
import { type PodLogs, streamLogs } from './logs.ts'
import { answerFinalize } from './namespace-finalize.ts'
import { patch } from './patch.ts'
import type { ResourcePath } from './path.ts'
import { getList, getOne, replyObject } from './read.ts'
import { answerToken } from './review.ts'
import { answerScale } from './scale.ts'
import { methodNotAllowed, noSuchPath } from './status.ts'
import { streamWatch } from './stream.ts'
import { post, put, type Target, type Written } from './write.ts'

/** What answers requests about objects. */
export interface ResourceDoors {
  readonly room: Room
  /** Everything that the server keeps, for whoever may ask for it. */
  readonly backup?: () => Promise<Backup>
  readonly podLogs?: PodLogs
  readonly access?: Access
}

type Answer = (doors: ResourceDoors, exchange: Exchange, path: Target) => Promise<void>

/** What there is below an object besides the object itself, and the kinds that have it. */
interface Subresource {
  readonly of: (path: ResourcePath, doors: ResourceDoors) => boolean
  readonly answer: Answer
}

const SUBRESOURCES: Readonly<Record<string, Subresource>> = {
  status: { of: ({ served }) => served.kind.statusSubresource, answer: answerObject },
  scale: { of: ({ served }) => served.traits.scale !== undefined, answer: answerScale },
  token: {
    of: ({ served }, { access }) => served.collection === 'serviceaccounts' && access !== undefined,
    answer: answerTokenRequest,
  },
  finalize: {
    of: ({ served }) => served.collection === 'namespaces',
    answer: ({ room }, exchange, path) => answerFinalize(room, exchange, path),
  },
  eviction: {
    of: ({ served }) => served.collection === 'pods',
    answer: ({ room }, exchange, path) => answerEviction(room, exchange, path),
  },
  log: { of: ({ served }, { podLogs }) => served.collection === 'pods' && podLogs !== undefined, answer: answerLog },
}

/** Answers a request about the objects of one kind. */
export async function answerResource(doors: ResourceDoors, exchange: Exchange, path: ResourcePath): Promise<void> {
  const verb = VERBS[exchange.request.method ?? 'GET']
  const { verbs, deprecation } = path.served.traits
  if (!verb || (verbs && !verbs.includes(verb))) throw methodNotAllowed()
  if (deprecation !== undefined) warn(exchange, deprecation)
  if (path.name === undefined) return answerCollection(doors.room, exchange, path)
  const target = { ...path, name: path.name }
  if (path.subresource === undefined) return answerObject(doors, exchange, target)
  const below = Object.hasOwn(SUBRESOURCES, path.subresource) ? SUBRESOURCES[path.subresource] : undefined
  if (!below?.of(path, doors)) throw noSuchPath()
  return below.answer(doors, exchange, target)
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

async function answerCollection(room: Room, exchange: Exchange, path: ResourcePath): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
      return isWatch(exchange) ? streamWatch(room, exchange, path) : getList(room, exchange, path)
    case 'POST':
      if (path.served.kind.namespaced && path.namespace === undefined) throw methodNotAllowed()
      return replyObject(room, exchange, { path, object: await post(room, exchange, path), code: 201 })
    case 'DELETE':
      return deleteMany(room, exchange, path)
    default:
      throw methodNotAllowed()
  }
}

async function answerObject({ room }: ResourceDoors, exchange: Exchange, path: Target): Promise<void> {
  switch (exchange.request.method) {
    case 'GET':
      return getOne(room, exchange, path)
    case 'PUT':
      return replyWritten(room, exchange, { path, written: await put(room, exchange, path) })
    case 'PATCH':
      return replyWritten(room, exchange, { path, written: await patch(room, exchange, path) })
    case 'DELETE':
      if (path.subresource !== undefined) throw methodNotAllowed()
      return deleteOne(room, exchange, path)
    default:
      throw methodNotAllowed()
  }
}

type Writing = { readonly path: Target; readonly written: Written }

function replyWritten(room: Room, exchange: Exchange, { path, written }: Writing): Promise<void> {
  const { object, created } = written
  return replyObject(room, exchange, { path, object, code: created ? 201 : 200 })
}

async function answerLog({ room, podLogs: logs }: ResourceDoors, exchange: Exchange, path: Target): Promise<void> {
  if (!logs || exchange.request.method !== 'GET') throw methodNotAllowed()
  return streamLogs(room, exchange, { path, logs })
}

async function answerTokenRequest({ access, room }: ResourceDoors, exchange: Exchange, path: Target): Promise<void> {
  if (!access) throw methodNotAllowed()
  return answerToken({ access, room }, exchange, path)
}
