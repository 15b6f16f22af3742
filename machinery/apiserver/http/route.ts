import type { Access } from '../access/access.ts'
import type { Catalog } from '../registry/served.ts'
import { answerBackup } from './backup.ts'
import { answerDiscovery, answerOpenApi } from './discover.ts'
import { reply, replyBytes, replyText } from './encode.ts'
import type { Exchange } from './exchange.ts'
import { answerHealth, type HealthCheck } from './health.ts'
import type { Metrics } from './metrics.ts'
import type { OpenApi } from './openapi.ts'
import { resourcePath } from './path.ts'
import { answerResource, type ResourceDoors } from './resource.ts'
import { openId, review } from './review.ts'
import { version } from './version.ts'

/** Everything that a request may be about. */
export interface Rooms extends ResourceDoors {
  readonly access: Access
  readonly openApi: OpenApi
  readonly metrics: Metrics
  readonly checks: readonly HealthCheck[]
}

/** Paths that are answered even when everything else is too much. */
export const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['healthz', 'livez', 'readyz', 'version'])

/** Answers a request, by what its path begins with. */
export async function answer(rooms: Rooms, exchange: Exchange): Promise<void> {
  const { room, access } = rooms
  switch (exchange.segments[0]) {
    case undefined:
      return reply(exchange, 200, { paths: pathsOf(room.catalog) })
    case 'healthz':
    case 'livez':
    case 'readyz':
      return answerHealth(rooms.checks, exchange)
    case 'version':
      return reply(exchange, 200, version())
    case 'metrics':
      return answerMetrics(rooms.metrics, exchange)
    case 'backup':
      return answerBackup(rooms.backup, exchange)
    case 'openapi':
      return answerOpenApi(rooms.openApi, exchange)
    case 'api':
    case 'apis':
      return answerApi(rooms, exchange)
    default:
      if (await openId(access, exchange)) return
      return replyText(exchange, 404, '404 page not found\n', 'text/plain; charset=utf-8')
  }
}

async function answerApi(rooms: Rooms, exchange: Exchange): Promise<void> {
  const path = resourcePath(rooms.room.catalog, exchange.segments)
  if (path) return answerResource(rooms, exchange, path)
  if (await review(rooms.access, exchange)) return
  return answerDiscovery(rooms.room.catalog, exchange)
}

async function answerMetrics(metrics: Metrics, exchange: Exchange): Promise<void> {
  const text = await metrics.text()
  return replyBytes(exchange, 200, { bytes: Buffer.from(text), type: metrics.contentType })
}

const FIXED = ['/healthz', '/livez', '/metrics', '/openapi/v2', '/openapi/v3', '/readyz', '/version']
const OPEN_ID = ['/.well-known/openid-configuration', '/openid/v1/jwks']

/** What there is below `/`. */
function pathsOf(catalog: Catalog): readonly string[] {
  const groups = catalog.all.map(({ kind: { group, version } }) =>
    group ? [`/apis/${group}`, `/apis/${group}/${version}`] : [],
  )
  return [...new Set(['/api', '/api/v1', '/apis', '/apis/', ...groups.flat(), ...FIXED, ...OPEN_ID])].sort()
}
