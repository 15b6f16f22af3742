import type { Attributes } from '../registry/authorizer.ts'
import { REVIEWS } from './discovery.ts'
import { type Exchange, isWatch } from './exchange.ts'
import type { ResourcePath } from './path.ts'

/** What a request wants to do, as rules name it (apiserver `RequestInfoFactory`). */
export function attributesOf(exchange: Exchange, path: ResourcePath | undefined): Attributes {
  if (!path) return reviewAttributes(exchange) ?? pathAttributes(exchange)
  const { kind } = path.served
  const ofNamespace = kind.plural === 'namespaces' && kind.group === ''
  const namespace = ofNamespace ? path.name : path.namespace
  return {
    verb: verbOf(exchange, path),
    group: kind.group,
    resource: kind.plural,
    ...(path.subresource !== undefined && { subresource: path.subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(path.name !== undefined && { name: path.name }),
  }
}

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch' }

function verbOf(exchange: Exchange, { name }: ResourcePath): string {
  const { method = 'GET' } = exchange.request
  if (method === 'DELETE') return name === undefined ? 'deletecollection' : 'delete'
  const known = VERBS[method]
  if (known) return known
  if (isWatch(exchange)) return 'watch'
  return name === undefined ? 'list' : 'get'
}

function reviewAttributes({ segments, request }: Exchange): Attributes | undefined {
  const [root, group, version, resource] = segments
  const found = REVIEWS.find(one => one.version === `${group}/${version}` && one.plural === resource)
  if (root !== 'apis' || !found || group === undefined || request.method !== 'POST') return undefined
  return { verb: 'create', group, resource: found.plural }
}

function pathAttributes({ request }: Exchange): Attributes {
  const [path = '/'] = (request.url ?? '/').split('?')
  return { verb: (request.method ?? 'GET').toLowerCase(), path }
}
