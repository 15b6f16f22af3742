import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Journal, Observation } from '../../machinery/api/journal.ts'
import type { FileSource } from '../../machinery/host/files.ts'
import type { Host } from '../../machinery/host/host.ts'
import { clientAddress, type HttpListener, openHttp } from '../../machinery/host/http.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'
import { bootPath } from './boot-path.ts'
import { type Fetcher, fetcherFacts, fetcherOf } from './fetcher.ts'
import { type Machines, subjectOf } from './hardware.ts'
import { type Script, type ScriptSettings, scriptFor } from './script.ts'
import { sendFile } from './send-file.ts'

export interface NetbootHttpConfig {
  readonly address?: string
  readonly port: number
  /** What machines reach us at; the address that they asked unless told. */
  readonly publicAddress?: string | undefined
  readonly tinkPort: number
  readonly extraKernelArgs?: string
  readonly retries?: number
  readonly retryDelay?: number
}

export interface NetbootHttpParts {
  readonly host: Host
  readonly journal: Journal
  readonly machines: Machines
  /** iPXE programs, under `/ipxe/`. */
  readonly ipxe: FileSource
  /** `vmlinuz-…` and `initramfs-…`, under `/hookos/` and at the root. */
  readonly hookos: FileSource
  /** Operating system images, under `/images/`. */
  readonly images?: FileSource | undefined
}

/** Serves iPXE programs, scripts, HookOS and images; rejects with a HostFault that names the address and port. */
export async function openNetbootHttp(config: NetbootHttpConfig, parts: NetbootHttpParts): Promise<HttpListener> {
  const handle = (request: IncomingMessage, response: ServerResponse) => respond({ request, response, config, parts })
  const http = await openHttp({
    ...(config.address !== undefined && { address: config.address }),
    port: config.port,
    handle,
    host: parts.host,
  })
  parts.host.log.info('serving HTTP', { address: http.address, port: http.port })
  return http
}

interface Turn {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly config: NetbootHttpConfig
  readonly parts: NetbootHttpParts
}

async function respond(turn: Turn): Promise<void> {
  const { request, response, parts } = turn
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return plain(response, 405, 'only GET and HEAD')
  }
  const path = decodedPath(request.url)
  if (path === undefined) return plain(response, 400, 'the path cannot be read')
  const { file, mac } = bootPath(path)
  const fetcher = fetcherOf(parts.machines, clientAddress(request), mac)
  if (file === 'auto.ipxe') sendScript(turn, fetcher)
  else await sendFound(turn, fetcher, path)
}

function decodedPath(url = '/'): string | undefined {
  const [path = '/'] = url.split('?')
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function sendScript({ request, response, config, parts }: Turn, fetcher: Fetcher): void {
  const { found } = fetcher
  const facts = fetcherFacts(fetcher)
  const script = found ? scriptFor(found, settingsOf(config, request)) : NOBODY
  if (script.is === 'none') {
    parts.host.log.warn('iPXE script refused', { ...facts, reason: script.says })
    plain(response, 404, script.says)
    return
  }
  response.setHeader('cache-control', 'no-store')
  plain(response, 200, script.text)
  if (!found || request.method === 'HEAD') return
  parts.host.log.info('iPXE script sent', { ...facts, boots: script.boots })
  parts.journal.record({
    of: subjectOf(found, found.mac),
    stage: 'script',
    what: 'ipxe-script',
    says: `fetched the script that boots ${script.boots}`,
    evidence: { client: fetcher.client, boots: script.boots },
  })
}

const NOBODY: Script = { is: 'none', reason: 'unknown', says: 'no Hardware has this MAC or address' }

function settingsOf(config: NetbootHttpConfig, request: IncomingMessage): ScriptSettings {
  const asked = (request.socket.localAddress ?? '').replace(/^::ffff:/, '')
  const address = parseIpv4(config.publicAddress ?? asked)
  if (!address) throw new TypeError(`"${config.publicAddress ?? asked}" is no IPv4 address`)
  return {
    hookUrl: `http://${address}:${config.port}/hookos`,
    syslogHost: address,
    grpcAuthority: `${address}:${config.tinkPort}`,
    tinkerbellTls: false,
    extraKernelArgs: config.extraKernelArgs ?? '',
    retries: config.retries ?? 10,
    retryDelay: config.retryDelay ?? 3,
  }
}

async function sendFound({ request, response, parts }: Turn, fetcher: Fetcher, path: string): Promise<void> {
  const place = placeOf(parts, path)
  const found = await place?.files.find(place.path)
  const facts = { ...fetcherFacts(fetcher), path }
  if (!place || !found) {
    parts.host.log.info('HTTP file not found', facts)
    return plain(response, 404, 'not found')
  }
  const started = parts.host.clock.now()
  const sent = await sendFile(found, request, response)
  if (sent === 'part') return
  const took = { ...facts, bytes: found.size, milliseconds: parts.host.clock.now() - started }
  if (sent === 'broken') return parts.host.log.info('HTTP download broken off', took)
  parts.host.log.info('HTTP file sent', took)
  const observation = place.tells(place.path)
  if (!observation || !fetcher.mac) return
  const evidence = { ...observation.evidence, bytes: String(found.size), client: fetcher.client }
  parts.journal.record({ ...observation, of: subjectOf(fetcher.found, fetcher.mac), evidence })
}

/** Where a path is looked up, and what the journal says once it has been fetched whole. */
interface Place {
  readonly files: FileSource
  readonly path: string
  readonly tells: (path: string) => Omit<Observation, 'of'> | undefined
}

function placeOf(parts: NetbootHttpParts, path: string): Place | undefined {
  const pieces = path.split('/').filter(piece => piece !== '')
  const [head = '', ...rest] = pieces
  if (head === 'ipxe') return { files: parts.ipxe, path: bootPath(path).file, tells: bootFileFetched }
  if (head === 'images') return parts.images && { files: parts.images, path: rest.join('/'), tells: () => undefined }
  const below = head === 'hookos' ? rest : pieces
  // The machine's MAC may stand before the file, for networks where its address says nothing.
  const hook = below.length === 2 && parseMac(below[0] ?? '') ? below.slice(1) : below
  return { files: parts.hookos, path: hook.join('/'), tells: hookFetched }
}

function bootFileFetched(file: string): Omit<Observation, 'of'> {
  const says = `fetched ${file} by HTTP`
  return { stage: 'firmware', what: 'boot-file', says, evidence: { file, protocol: 'http' } }
}

function hookFetched(file: string): Omit<Observation, 'of'> | undefined {
  if (file.startsWith('vmlinuz')) {
    return { stage: 'hookos', what: 'kernel', says: `fetched the kernel ${file}`, evidence: { file } }
  }
  if (file.startsWith('initramfs')) {
    return { stage: 'hookos', what: 'initramfs', says: `fetched the initial ramdisk ${file}`, evidence: { file } }
  }
  return undefined
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(text.endsWith('\n') ? text : `${text}\n`)
}
