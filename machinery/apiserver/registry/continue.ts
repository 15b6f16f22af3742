import { ApiFault } from '../../api/fault.ts'
import { isObject } from './served.ts'

/** Where the next page of a list begins (apiserver `storage/continue.go`). */
export interface Token {
  /** The revision of the first page; without one the list goes on with what is there by now. */
  readonly revision?: number
  /** The last key that was shown. */
  readonly after: string
}

const VERSION = 'meta.k8s.io/v1'
const NOW = -1 // upstream's mark for a list that goes on with what is there
const NEXT = '\0' // the smallest that comes after a key

export function encodeToken({ revision = NOW, after }: Token): string {
  return Buffer.from(JSON.stringify({ v: VERSION, rv: revision, start: `${after}${NEXT}` })).toString('base64url')
}

export function decodeToken(text: string): Token {
  const { v, rv, start } = parsed(Buffer.from(text, 'base64url').toString())
  if (v !== VERSION) throw malformed(`: server does not recognize this encoded version ${v ?? ''}`)
  if (!Number.isSafeInteger(rv) || Number(rv) < NOW || rv === 0) {
    throw malformed(`: incorrect encoded start resourceVersion (version ${VERSION})`)
  }
  if (typeof start !== 'string' || start === '') throw malformed(`: encoded start key empty (version ${VERSION})`)
  const after = start.endsWith(NEXT) ? start.slice(0, -NEXT.length) : start
  return { after, ...(rv !== NOW && { revision: Number(rv) }) }
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const token: unknown = JSON.parse(json)
    if (isObject(token)) return token
  } catch (error) {
    throw malformed(`: ${error instanceof Error ? error.message : error}`)
  }
  throw malformed(': it is not a JSON object')
}

function malformed(why: string): ApiFault {
  return new ApiFault('BadRequest', `invalid continue token: continue key is not valid${why}`)
}
