import type { Catalog } from '../registry/served.ts'
import { aggregated, coreVersions, groupList, oneGroup, resourceList } from './discovery.ts'
import { reply, replyBytes } from './encode.ts'
import { accepts, type Exchange } from './exchange.ts'
import { formFor } from './negotiate.ts'
import type { Document, OpenApi } from './openapi.ts'
import { noSuchPath } from './status.ts'

const AGGREGATED = ['v2', 'v2beta1'].map(version => ({
  version,
  type: `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`,
}))

/** Answers `/api` and `/apis` and what is below them, down to the kinds of a version. */
export function answerDiscovery(catalog: Catalog, exchange: Exchange): Promise<void> {
  const { segments, request } = exchange
  const found = request.method === 'GET' ? discovered(catalog, segments) : undefined
  if (!found) throw noSuchPath()
  const type = segments.length === 1 && accepts(exchange, ...AGGREGATED.map(one => one.type), 'application/json')
  const form = AGGREGATED.find(one => one.type === type)
  return form ? replyAggregated(catalog, exchange, form) : reply(exchange, 200, found)
}

type Form = (typeof AGGREGATED)[number]

/** A client that has it already is told so, and asks again all the same next time. */
function replyAggregated(catalog: Catalog, exchange: Exchange, { version, type }: Form): Promise<void> {
  const { items, tag } = aggregated(catalog, exchange.segments[0] === 'api' ? 'core' : 'groups')
  const etag = JSON.stringify(tag)
  const headers = { etag, vary: 'Accept', 'cache-control': 'public' }
  if (exchange.request.headers['if-none-match'] === etag) return replyUnchanged(exchange, headers)
  const list = { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items }
  return replyBytes(exchange, 200, { bytes: Buffer.from(JSON.stringify(list)), type, headers })
}

async function replyUnchanged({ response }: Exchange, headers: Readonly<Record<string, string>>): Promise<void> {
  response.writeHead(304, headers)
  response.end()
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

/** Answers `/openapi/v2` and `/openapi/v3`; a client that has the document already is told so. */
export function answerOpenApi(openApi: OpenApi, exchange: Exchange): Promise<void> {
  const { document, type } = openApiDocument(openApi, exchange)
  const etag = JSON.stringify(document.tag)
  // Behind a hash of what it says, a document never changes.
  const lasting = exchange.query.get('hash') === document.tag
  const headers = { etag, vary: 'Accept', 'cache-control': lasting ? 'public, immutable' : 'no-cache, private' }
  if (exchange.request.headers['if-none-match'] === etag) return replyUnchanged(exchange, headers)
  return replyBytes(exchange, 200, { bytes: document.bytes, type, headers })
}

const SWAGGER_PROTOBUF = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'
/** kube-apiserver answers so, as `@` may not stand in a media type. */
const SWAGGER_ANSWER = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'

function openApiDocument(openApi: OpenApi, exchange: Exchange): { document: Document; type: string } {
  const [, version, ...path] = exchange.segments
  const type = 'application/json'
  if (version === 'v2' && path.length === 0) {
    const packed = accepts(exchange, SWAGGER_PROTOBUF, SWAGGER_ANSWER, type)?.endsWith('protobuf')
    if (packed) return { document: openApi.version2('protobuf'), type: SWAGGER_ANSWER }
    formFor(exchange.request.headers.accept, { encodings: ['json'], shapes: [] })
    return { document: openApi.version2('json'), type }
  }
  const document = version !== 'v3' ? undefined : path.length === 0 ? openApi.index() : openApi.version3(path.join('/'))
  if (!document) throw noSuchPath()
  formFor(exchange.request.headers.accept, { encodings: ['json'], shapes: [] })
  return { document, type }
}
