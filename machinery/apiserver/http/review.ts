import type { Access } from '../access/access.ts'
import { CONFIGURATION_PATH, KEYS_PATH, openIdConfiguration, publicKeys } from '../access/openid.ts'
import { tokenRequest } from '../access/token-request.ts'
import type { Room } from '../registry/room.ts'
import { isObject } from '../registry/served.ts'
import { bodyObject } from './body.ts'
import { reply, replyText } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { REVIEWS } from './review-kinds.ts'
import { methodNotAllowed } from './status.ts'
import type { Target } from './write.ts'

/** Answers questions of who is who and may do what, `kubectl auth can-i` and `whoami`; false when the path is none. */
export async function review(access: Access, exchange: Exchange): Promise<boolean> {
  const { segments, request, identity: caller } = exchange
  const [root, group, version, ...rest] = segments
  const namespace = rest[0] === 'namespaces' && rest.length === 3 ? rest[1] : undefined
  const plural = namespace === undefined ? rest.join('/') : rest[2]
  const found = REVIEWS.find(one => one.version === `${group}/${version}` && one.plural === plural)
  if (root !== 'apis' || found?.namespaced !== (namespace !== undefined)) return false
  if (request.method !== 'POST') throw methodNotAllowed()
  const body = await fieldsOf(exchange)
  await reply(exchange, 201, await access.review(found.kind, { body, caller, namespace }))
  return true
}

async function fieldsOf({ request }: Exchange): Promise<Readonly<Record<string, unknown>>> {
  const { value } = await bodyObject(request)
  return isObject(value) ? value : {}
}

/** Answers `kubectl create token`. */
export async function answerToken(
  { access, room }: { readonly access: Access; readonly room: Room },
  exchange: Exchange,
  { name, namespace = '' }: Target,
): Promise<void> {
  if (exchange.request.method !== 'POST') throw methodNotAllowed()
  const body = await fieldsOf(exchange)
  const desk = { store: room.store, tokens: access.tokens, host: room.host }
  await reply(exchange, 201, await tokenRequest(desk, { name, namespace }, body))
}

const AN_HOUR = 'public, max-age=3600' // as upstream: what is read once is believed so long

/** Answers what others read to believe our tokens; false when the path is none of it. */
export async function openId({ keys }: Access, exchange: Exchange): Promise<boolean> {
  const path = exchange.segments.join('/')
  if (path !== CONFIGURATION_PATH && path !== KEYS_PATH) return false
  if (exchange.request.method !== 'GET') throw methodNotAllowed()
  const ours = path === KEYS_PATH
  const { host, ':authority': authority } = exchange.request.headers
  const server = `https://${[authority ?? host ?? ''].flat()[0]}`
  const text = JSON.stringify(ours ? publicKeys(keys) : openIdConfiguration(server))
  exchange.response.setHeader('cache-control', AN_HOUR)
  await replyText(exchange, 200, text, ours ? 'application/jwk-set+json' : 'application/json')
  return true
}
