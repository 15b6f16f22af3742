import { type Mac, parseMac } from '../../wire/mac.ts'

/** What a machine asks for by TFTP or HTTP: the last element counts, a MAC before it says who asks. */
export interface BootPath {
  readonly file: string
  readonly mac: Mac | undefined
}

/** A trace context that a server with tracing has appended to a file name (W3C traceparent), for its own eyes. */
const TRACE = /-[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/

export function bootPath(path: string): BootPath {
  const pieces = path
    .replaceAll('\\', '/')
    .split('/')
    .filter(piece => piece !== '')
  const file = (pieces.at(-1) ?? '').replace(TRACE, '')
  return { file, mac: parseMac(pieces.at(-2) ?? '') }
}
