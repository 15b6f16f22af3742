import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ApiFault, isStatusReason, reasonOf, type StatusDetails } from '../fault.ts'

const MOST_BYTES = 256 * 1024 * 1024
const STALLED = 60_000 // milliseconds without a byte in the middle of an answer

/** The whole answer as text, gzip or not. */
export async function textOf(response: IncomingMessage): Promise<string> {
  response.setTimeout(STALLED, () => response.destroy(new Error(`nothing came for ${STALLED / 1000} s`)))
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of plain(response)) {
      length += chunk.length
      if (length > MOST_BYTES)
        throw new ApiFault('RequestEntityTooLarge', `the answer is longer than ${MOST_BYTES} bytes`)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof ApiFault) throw error
    const why = error instanceof Error ? error.message : error
    throw new ApiFault('ServiceUnavailable', `the answer was cut short: ${why}`)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function plain(response: IncomingMessage): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response
  const gunzip = createGunzip()
  response.once('error', error => gunzip.destroy(error))
  return response.pipe(gunzip)
}

/** The refusal that a Status describes; a proxy in between may answer with anything else. */
export function faultOf(code: number, text: string): ApiFault {
  let status: { reason?: unknown; message?: unknown; details?: StatusDetails; code?: unknown } = {}
  try {
    status = JSON.parse(text) ?? {}
  } catch {
    status = { message: text.slice(0, 200) }
  }
  const said = typeof status.reason === 'string' && isStatusReason(status.reason) ? status.reason : undefined
  const message = typeof status.message === 'string' && status.message ? status.message : `the server answered ${code}`
  const meant = typeof status.code === 'number' ? status.code : code
  return new ApiFault(said ?? reasonOf(meant), message, status.details ?? {})
}
