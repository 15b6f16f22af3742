import type { Catalog } from '../registry/served.ts'
import { AGGREGATED, aggregated, coreVersions, groupList, oneGroup, resourceList } from './discovery.ts'
import { reply, replyText } from './encode.ts'
import { accepts, type Exchange } from './exchange.ts'
import { formFor } from './negotiate.ts'
import type { OpenApi } from './openapi.ts'
import { noSuchPath } from './status.ts'

/** Answers `/api` and `/apis` and what is below them, down to the kinds of a version. */
export function answerDiscovery(catalog: Catalog, exchange: Exchange): Promise<void> {
  const { segments, request } = exchange
  const found = request.method === 'GET' ? discovered(catalog, segments) : undefined
  if (!found) throw noSuchPath()
  const whole = segments.length === 1 && accepts(exchange, AGGREGATED, 'application/json') === AGGREGATED
  if (!whole) return reply(exchange, 200, found)
  const text = JSON.stringify(aggregated(catalog, segments[0] === 'api' ? 'core' : 'groups'))
  return replyText(exchange, 200, text, AGGREGATED)
}

function discovered(catalog: Catalog, [root, ...rest]: readonly string[]): object | undefined {
  const depth = rest.length
  if (root === 'api') {
    return depth === 0 ? coreVersions() : depth === 1 ? resourceList(catalog, rest.join('/')) : undefined
  }
  if (root !== 'apis') return undefined
  if (depth === 0) return groupList(catalog)
  if (depth === 1) return oneGroup(catalog, rest[0] ?? '')
  return depth === 2 ? resourceList(catalog, rest.join('/')) : undefined
}

/** Answers `/openapi/v2` and `/openapi/v3`. */
export function answerOpenApi(openApi: OpenApi, exchange: Exchange): Promise<void> {
  const [, version, ...path] = exchange.segments
  formFor(exchange.request.headers.accept, { encodings: ['json'], shapes: [] })
  const text =
    version === 'v2' && path.length === 0
      ? JSON.stringify(openApi.version2())
      : version === 'v3' && path.length === 0
        ? JSON.stringify(openApi.index())
        : version === 'v3'
          ? openApi.document(path.join('/'))
          : undefined
  if (text === undefined) throw noSuchPath()
  return replyText(exchange, 200, text, 'application/json')
}
