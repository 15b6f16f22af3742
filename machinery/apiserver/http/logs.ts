import { ApiFault } from '../../api/fault.ts'
import { keyText } from '../../api/object.ts'
import type { Room } from '../registry/room.ts'
import { isObject, notFound, placeOf } from '../registry/served.ts'
import type { Exchange } from './exchange.ts'
import { drained } from './incoming.ts'
import { wholeNumber } from './list-options.ts'
import type { Target } from './write.ts'

export interface LogRequest {
  readonly tailLines?: number
  /** Milliseconds since 1970. */
  readonly sinceTime?: number
  /** Goes on with what is said later, until the signal is aborted. */
  readonly follow?: boolean
  /** Each line begins with its time (RFC 3339). */
  readonly timestamps?: boolean
  readonly signal: AbortSignal
}

/** Where the lines of the services' logs are kept, by `namespace/name` of their Pods. */
export interface PodLogs {
  read(pod: string, request: LogRequest): AsyncIterable<string>
}

/** `kubectl logs`. */
export async function streamLogs(
  room: Room,
  exchange: Exchange,
  { path, logs }: { path: Target; logs: PodLogs },
): Promise<void> {
  const pod = room.store.get(placeOf(path.served, path))
  if (!pod) throw notFound(path.served, path.name)
  checkContainer(pod, path.name, exchange.query.get('container'))
  const request = requestOf(room, exchange)
  let left = wholeNumber(exchange, 'limitBytes') ?? Number.POSITIVE_INFINITY
  const { response } = exchange
  response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-cache, private' })
  exchange.audit?.started(200)
  response.flushHeaders?.()
  for await (const line of logs.read(keyText(path), request)) {
    const bytes = Buffer.from(`${line}\n`).subarray(0, left)
    left -= bytes.length
    // The client may go away while it is slow: reading then ends by the signal.
    if (!response.write(bytes)) await drained(response)
    if (left <= 0) break
  }
  response.end()
}

function checkContainer(pod: object, name: string, wanted: string | null): void {
  const spec = 'spec' in pod && isObject(pod.spec) ? pod.spec : {}
  const containers = Array.isArray(spec.containers) ? spec.containers.filter(isObject) : []
  if (!wanted || containers.some(container => container.name === wanted)) return
  throw new ApiFault('BadRequest', `container ${wanted} is not valid for pod ${name}`)
}

function requestOf(room: Room, exchange: Exchange): LogRequest {
  const { query, signal } = exchange
  const tailLines = wholeNumber(exchange, 'tailLines')
  const sinceSeconds = wholeNumber(exchange, 'sinceSeconds')
  const since = query.get('sinceTime')
  const sinceTime =
    sinceSeconds !== undefined ? room.host.clock.now() - sinceSeconds * 1000 : since ? Date.parse(since) : undefined
  if (sinceTime !== undefined && Number.isNaN(sinceTime)) {
    throw new ApiFault('BadRequest', `sinceTime: Invalid value: ${JSON.stringify(since)}: must be an RFC 3339 time`)
  }
  return {
    signal,
    follow: isTrue(query.get('follow')),
    timestamps: isTrue(query.get('timestamps')),
    ...(tailLines !== undefined && { tailLines }),
    ...(sinceTime !== undefined && { sinceTime }),
  }
}

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1'
}
