import { ApiFault, type StatusCause } from '../../api/fault.ts'
import { type Exchange, isWatch } from './exchange.ts'

/** What a list or a watch asks for, besides selectors (apimachinery `meta/v1` ListOptions). */
export interface ListOptions {
  /** 0 for all. */
  readonly limit: number
  readonly continue?: string
  /** Undefined when none was given; 0 means any. */
  readonly revision?: number
  readonly match?: 'Exact' | 'NotOlderThan'
  readonly sendInitialEvents?: boolean
  readonly bookmarks: boolean
  /** How long a watch is to last; 0 for as long as the server likes. */
  readonly timeoutSeconds: number
}

/** Reads and checks a request's options (apimachinery `ValidateListOptions`); refuses with `BadRequest` or `Invalid`. */
export function listOptions(exchange: Exchange): ListOptions {
  const { query } = exchange
  const after = query.get('continue')
  const revision = revisionOf(query.get('resourceVersion'))
  const initial = query.get('sendInitialEvents')
  const match = query.get('resourceVersionMatch') ?? ''
  const asked = {
    continue: after ?? '',
    revision: query.get('resourceVersion') ?? '',
    match,
    initial: initial !== null,
  }
  const faults = isWatch(exchange) ? watchFaults(asked) : listFaults(asked)
  if (faults.length > 0) throw invalidOptions(faults)
  return {
    limit: Math.max(0, wholeNumber(exchange, 'limit') ?? 0),
    ...(after && { continue: after }),
    ...(revision !== undefined && { revision }),
    ...((match === 'Exact' || match === 'NotOlderThan') && { match }),
    ...(initial !== null && { sendInitialEvents: isTrue(initial) }),
    bookmarks: isTrue(query.get('allowWatchBookmarks') ?? ''),
    timeoutSeconds: Math.max(0, wholeNumber(exchange, 'timeoutSeconds') ?? 0),
  }
}

/** A number of the query; undefined when it was not given. */
export function wholeNumber({ query }: Exchange, name: string): number | undefined {
  const text = query.get(name)
  if (!text) return undefined
  if (/^[-+]?\d{1,15}$/.test(text)) return Number(text)
  throw new ApiFault('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
}

function revisionOf(text: string | null): number | undefined {
  if (!text) return undefined
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const said = JSON.stringify(text)
  const sentence = `resourceVersion: Invalid value: ${said}: strconv.ParseUint: parsing ${said}: invalid syntax`
  throw new ApiFault('BadRequest', sentence)
}

/** As apimachinery converts a query to a boolean: all but these is true. */
function isTrue(text: string): boolean {
  return !['', '0', 'false'].includes(text.toLowerCase())
}

interface Asked {
  readonly continue: string
  readonly revision: string
  readonly match: string
  readonly initial: boolean
}

function listFaults({ continue: after, revision, match, initial }: Asked): readonly StatusCause[] {
  const faults: StatusCause[] = []
  if (match) {
    if (after)
      faults.push(forbidden('resourceVersionMatch', 'resourceVersionMatch is forbidden when continue is provided'))
    if (!revision) {
      const why = 'resourceVersionMatch is forbidden unless resourceVersion is provided'
      faults.push(forbidden('resourceVersionMatch', why))
    }
    if (match === 'Exact' && revision === '0') {
      const why = 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'
      faults.push(forbidden('resourceVersionMatch', why))
    }
    if (match !== 'Exact' && match !== 'NotOlderThan') faults.push(unsupported(match, '"Exact", "NotOlderThan", ""'))
  }
  if (initial) faults.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  return faults
}

function watchFaults({ match, initial }: Asked): readonly StatusCause[] {
  if (!initial) {
    const why = 'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
    return match ? [forbidden('resourceVersionMatch', why)] : []
  }
  if (match === 'NotOlderThan') return []
  const why = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
  const faults = [forbidden('resourceVersionMatch', why)]
  return match ? [...faults, unsupported(match, '"NotOlderThan"')] : faults
}

function forbidden(field: string, why: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field }
}

function unsupported(value: string, supported: string): StatusCause {
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`
  return { reason: 'FieldValueNotSupported', message, field: 'resourceVersionMatch' }
}

function invalidOptions(causes: readonly StatusCause[]): ApiFault {
  const said = causes.map(({ field, message }) => `${field}: ${message}`)
  const reasons = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  const sentence = `ListOptions.meta.k8s.io "" is invalid: ${reasons}`
  return new ApiFault('Invalid', sentence, { group: 'meta.k8s.io', kind: 'ListOptions', causes })
}
