import type { Trail } from '../audit/auditor.ts'
import type { Identity } from '../registry/identity.ts'
import type { Incoming, Outgoing } from './incoming.ts'

/** One request on its way to its answer. */
export interface Exchange {
  readonly request: Incoming
  readonly response: Outgoing
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly identity: Identity
  /** Where the audit log notes it; absent when it does not. */
  readonly audit?: Trail | undefined
  /** Aborted when the client goes away or the server closes. */
  readonly signal: AbortSignal
}

export function isWatch({ query }: Exchange): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '')
}

/** Which representation the client likes best of those there are. */
export function accepts(exchange: Exchange, ...wanted: readonly string[]): string | undefined {
  const offered = (exchange.request.headers.accept ?? '*/*').split(',').map(one => one.trim())
  return offered.flatMap(one => wanted.filter(want => fits(one, want))).at(0)
}

function fits(offered: string, wanted: string): boolean {
  const [type = '', ...params] = offered.split(';').map(part => part.trim())
  const [wantedType = '', ...wantedParams] = wanted.split(';')
  if (type === '*/*' || type === 'application/*') return wantedParams.length === 0
  const given = params.filter(param => !param.startsWith('q='))
  return (
    type === wantedType && wantedParams.every(param => given.includes(param)) && given.every(fitsParam(wantedParams))
  )
}

/** `charset`, `stream` and `profile` do not change what is meant; `as`, `v` and `g` do. */
function fitsParam(wanted: readonly string[]): (param: string) => boolean {
  return param => wanted.includes(param) || !/^(as|v|g)=/.test(param)
}

const MOST_WARNINGS = 4096 // bytes: clients refuse heads that are too long

/** A sentence for the person at the client (RFC 7234 section 5.5, as kubectl prints it). */
export function warn({ response }: Exchange, sentence: string): void {
  const said = [response.getHeader('warning') ?? []].flat().join('').length
  if (said + sentence.length > MOST_WARNINGS) return
  const text = sentence
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
  response.appendHeader('warning', `299 - "${text}"`)
}
