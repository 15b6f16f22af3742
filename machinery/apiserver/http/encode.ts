import { constants, gzip } from 'node:zlib'
import { dump } from 'js-yaml'
import { ApiFault } from '../../api/fault.ts'
import { writeProtobuf } from '../protobuf/envelope.ts'
import type { Exchange } from './exchange.ts'
import { drained } from './incoming.ts'
import { type Encoding, MEDIA } from './negotiate.ts'

/** A body as bytes, in one of the encodings there are. */
export function encode(body: object, encoding: Encoding): Uint8Array {
  if (encoding === 'protobuf') return writeProtobuf(typed(body))
  if (encoding === 'yaml') return Buffer.from(dump(body, { noRefs: true, lineWidth: -1, sortKeys: true }))
  return Buffer.from(JSON.stringify(body))
}

/** The same object, when it says what it is; whatever is written in protobuf does. */
export function typed(body: object): { readonly kind: string; readonly apiVersion: string } {
  const { kind, apiVersion } = body as { readonly kind?: unknown; readonly apiVersion?: unknown }
  if (typeof kind === 'string' && typeof apiVersion === 'string') return { ...body, kind, apiVersion }
  throw new ApiFault('NotAcceptable', 'only the following media types are accepted: application/json')
}

/** Answers with a body. */
export function reply(exchange: Exchange, code: number, body: object, encoding: Encoding = 'json'): Promise<void> {
  exchange.audit?.answered(body)
  return replyBytes(exchange, code, { bytes: encode(body, encoding), type: MEDIA[encoding] })
}

export interface Content {
  readonly bytes: Uint8Array
  /** The media type. */
  readonly type: string
  /** Of the answer, besides those that every answer has or instead of them. */
  readonly headers?: Readonly<Record<string, string>>
}

const WORTH_PACKING = 128 * 1024 // bytes, as apiserver `responsewriters` has it

/** Answers with bytes, packed where they are many and the client can unpack them. */
export async function replyBytes(
  exchange: Exchange,
  code: number,
  { bytes, type, headers = {} }: Content,
): Promise<void> {
  const { response, request } = exchange
  const packs = bytes.length > WORTH_PACKING && takesGzip(request.headers['accept-encoding'])
  const sent = packs ? await packed(bytes) : bytes
  response.writeHead(code, {
    'content-type': type,
    'content-length': sent.length,
    'cache-control': 'no-cache, private',
    ...headers,
    ...(packs && { 'content-encoding': 'gzip', vary: [headers.vary ?? [], 'Accept-Encoding'].flat().join(', ') }),
  })
  response.end(request.method === 'HEAD' ? undefined : sent)
}

export function replyText(exchange: Exchange, code: number, text: string, type: string): Promise<void> {
  if (type === MEDIA.json) exchange.audit?.answered(text)
  return replyBytes(exchange, code, { bytes: Buffer.from(text), type })
}

const PART = 256 * 1024 // characters that are sent at once

/** Answers with a text in parts, a few at a time when they are many: others are answered in between. */
export async function replyParts(
  exchange: Exchange,
  code: number,
  { parts, type }: { readonly parts: readonly string[]; readonly type: string },
): Promise<void> {
  const { response, request, signal, audit } = exchange
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = length <= PART || request.method === 'HEAD' || takesGzip(request.headers['accept-encoding'])
  if (whole || audit?.keepsAnswer) return replyText(exchange, code, parts.join(''), type)
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-cache, private' })
  for (const part of joined(parts)) {
    if (signal.aborted) return
    if (!response.write(part)) await drained(response)
  }
  response.end()
}

function* joined(parts: readonly string[]): Generator<string> {
  let some: string[] = []
  let length = 0
  for (const part of parts) {
    some.push(part)
    length += part.length
    if (length < PART) continue
    yield some.join('')
    some = []
    length = 0
  }
  yield some.join('')
}

function takesGzip(header: string | readonly string[] | undefined): boolean {
  return [header ?? []].flat().some(line => /(^|,)\s*gzip\s*(?!;\s*q=0(\.0*)?\s*(,|$))(;|,|$)/.test(line))
}

/** Quickly rather than well: the machines that ask are near. */
function packed(bytes: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, result) => (error ? reject(error) : resolve(result)))
  })
}
