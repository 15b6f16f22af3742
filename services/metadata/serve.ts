import type { IncomingMessage, ServerResponse } from 'node:http'
import { Hardware } from '../../machinery/api/hardware.ts'
import type { Journal } from '../../machinery/api/journal.ts'
import type { World } from '../../machinery/control/controller.ts'
import type { Host } from '../../machinery/host/host.ts'
import { clientAddress, type HttpListener, openHttp } from '../../machinery/host/http.ts'
import { type Answer, answer } from './answer.ts'
import { Visits } from './visits.ts'

export interface MetadataConfig {
  readonly address?: string
  readonly port: number
}

export interface MetadataParts {
  readonly world: World
  readonly host: Host
  readonly journal: Journal
}

/** The index of Hardware by the addresses of its interfaces; asked for before the caches start. */
const BY_ADDRESS = 'metadata/address'

export function metadataIndexes(world: World): void {
  world
    .cache(Hardware)
    .index(BY_ADDRESS, ({ spec }) =>
      (spec.interfaces ?? []).flatMap(({ dhcp }) => (dhcp?.ip?.address ? [dhcp.ip.address] : [])),
    )
}

/** What a form or a token request may be long; cloud-init's phone_home sends a few kilobytes of public keys. */
const MOST_BODY = 64 * 1024

/** Serves metadata and takes calls home. Who asks is told by the address of the connection, and by nothing it says. */
export async function openMetadata(config: MetadataConfig, parts: MetadataParts): Promise<HttpListener> {
  const visits = new Visits(parts)
  const listener = await openHttp({
    ...config,
    host: parts.host,
    handle: async (request, response) => {
      const userIP = clientAddress(request)
      const { pathname } = new URL(request.url ?? '/', 'http://machine')
      if (pathname === '/healthz') return send(response, { status: 200, type: 'text/plain', body: 'ok\n' })
      parts.host.log.info('Retrieved IP peer IP', { userIP, method: request.method, path: pathname })
      const found = parts.world.cache(Hardware).find(BY_ADDRESS, userIP)
      const [hardware] = found
      if (!hardware || found.length > 1) return send(response, stranger(parts, userIP, found))
      const body = await bodyOf(request)
      if (body === undefined) return send(response, { status: 413, type: 'text/plain', body: 'too long\n' })
      const reply = answer({ method: request.method ?? 'GET', path: pathname, body }, hardware)
      visits.note(hardware, reply, { ip: userIP, path: pathname })
      send(response, reply, request.method)
    },
  })
  parts.host.log.info('serving metadata', { address: listener.address, port: listener.port })
  return listener
}

function stranger({ host }: MetadataParts, userIP: string, found: readonly Hardware[]): Answer {
  const says = found.length === 0 ? 'no Hardware has this address' : 'several Hardware have this address'
  const names = found.map(hardware => hardware.metadata.name).join(', ')
  host.log.warn('metadata refused', { userIP, reason: says, names })
  return { status: found.length === 0 ? 404 : 409, type: 'text/plain', body: `${says}: ${userIP}\n` }
}

function send(response: ServerResponse, { status, type, body }: Answer, method = 'GET'): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(method === 'HEAD' ? undefined : body)
}

/** The body as text; undefined when it is longer than may be. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > MOST_BODY) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
