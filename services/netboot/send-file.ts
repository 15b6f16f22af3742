import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FoundFile } from '../../machinery/host/files.ts'
import { parseRange } from './range.ts'

/** What a client took: all of the file, a part of it or only its head, or less than it asked for. */
export type Sent = 'complete' | 'part' | 'broken'

/** Answers with a file as RFC 9110 has it: HEAD, one Range, If-None-Match, If-Range. It is streamed, never read whole. */
export async function sendFile(file: FoundFile, request: IncomingMessage, response: ServerResponse): Promise<Sent> {
  const etag = `"${file.size.toString(16)}-${Math.floor(file.modified).toString(16)}"`
  response.setHeader('etag', etag)
  response.setHeader('last-modified', new Date(file.modified).toUTCString())
  response.setHeader('accept-ranges', 'bytes')
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return empty(response, 304)
  const condition = request.headers['if-range']
  const range = parseRange(condition === undefined || condition === etag ? request.headers.range : undefined, file.size)
  if (range.is === 'outside') {
    response.setHeader('content-range', `bytes */${file.size}`)
    return empty(response, 416)
  }
  const { start, end } = range
  if (range.is === 'part') response.setHeader('content-range', `bytes ${start}-${end}/${file.size}`)
  response.setHeader('content-type', 'application/octet-stream')
  response.setHeader('content-length', end - start + 1)
  response.statusCode = range.is === 'part' ? 206 : 200
  if (request.method === 'HEAD' || file.size === 0) return empty(response, response.statusCode)
  const sent = await stream(file, response, range)
  return sent === 'complete' && end - start + 1 < file.size ? 'part' : sent
}

async function stream(
  file: FoundFile,
  response: ServerResponse,
  { start, end }: { start: number; end: number },
): Promise<Sent> {
  try {
    await pipeline(file.stream(start, end), response)
    return 'complete'
  } catch (error) {
    // The client has gone away, or the file has become shorter: either way the connection ends and the client knows.
    if (GONE.has((error as NodeJS.ErrnoException).code ?? '')) return 'broken'
    throw error
  }
}

const GONE = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'])

function empty(response: ServerResponse, status: number): Sent {
  response.statusCode = status
  response.end()
  return 'part'
}
