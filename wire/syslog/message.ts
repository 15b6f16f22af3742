import { utf8 } from '../bytes.ts'
import { WireFault } from '../fault.ts'

// RFC 5424 §6.2.1, table 1 and 2.
const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'clock',
  'authpriv',
  'ftp',
  'ntp',
  'audit',
  'alert',
  'cron',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const
const SEVERITIES = ['EMERG', 'ALERT', 'CRIT', 'ERR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'] as const

export type Facility = (typeof FACILITIES)[number]
export type Severity = (typeof SEVERITIES)[number]

export interface SyslogMessage {
  readonly facility: Facility
  readonly severity: Severity
  /** As the sender wrote it; the many forms of RFC 3164 have no year and no zone. */
  readonly timestamp?: string
  readonly hostname?: string
  readonly app?: string
  readonly procid?: string
  readonly msgid?: string
  /** Structured data as it stands, brackets and all. */
  readonly data?: string
  readonly text: string
}

export function decodeSyslog(bytes: Uint8Array): SyslogMessage {
  const whole = utf8.decode(bytes)
  const priority = /^<([0-9]{1,3})>/.exec(whole)
  const value = Number(priority?.[1] ?? NaN)
  const facility = FACILITIES[value >> 3]
  const severity = SEVERITIES[value & 7]
  if (!priority || !facility || !severity) throw new WireFault('wire/invalid', 'no priority from <0> to <191>')
  const rest = whole.slice(priority[0].length)
  return { facility, severity, ...(newer(rest) ?? older(rest)) }
}

type Body = Omit<SyslogMessage, 'facility' | 'severity'>

/** RFC 5424 §6: VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]; `-` is nothing. */
function newer(rest: string): Body | undefined {
  const head = /^1 (\S+) (\S+) (\S+) (\S+) (\S+) /.exec(rest)
  if (!head) return undefined
  const [, timestamp, hostname, app, procid, msgid] = head
  const after = rest.slice(head[0].length)
  const length = after.startsWith('-') ? 1 : structuredLength(after)
  if (length === undefined) return undefined
  const data = after.startsWith('-') ? undefined : after.slice(0, length)
  const fields = { timestamp, hostname, app, procid, msgid, data }
  const known = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '-'))
  return { ...known, text: tidy(after.slice(length).replace(/^ \u{feff}?/u, '')) }
}

/** Where `[id name="value"][...]` ends (RFC 5424 §6.3); quotes may hold brackets, backslashes hold quotes. */
function structuredLength(text: string): number | undefined {
  let at = 0
  while (text[at] === '[') {
    let quoted = false
    for (at++; at < text.length && (quoted || text[at] !== ']'); at++) {
      if (quoted && text[at] === '\\') at++
      else if (text[at] === '"') quoted = !quoted
    }
    if (at >= text.length) return undefined
    at++
  }
  return at === 0 ? undefined : at
}

/** RFC 3164 §4.1 and its dialects: time, host and tag may each be missing. */
function older(rest: string): Body {
  const time = /^([A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}) /.exec(rest)
  let after = rest.slice(time?.[0].length ?? 0)
  // A host is told from the tag by what follows it: the tag ends in a colon.
  const host = time ? /^([0-9A-Za-z._-]+) (?=[0-9A-Za-z_/.-]+(\[[^\]]*\])?: )/.exec(after) : null
  after = after.slice(host?.[0].length ?? 0)
  const tag = /^([0-9A-Za-z_/.-]+)(?:\[([^\]]*)\])?: /.exec(after)
  return {
    ...(time?.[1] && { timestamp: time[1] }),
    ...(host?.[1] && { hostname: host[1] }),
    ...(tag?.[1] && { app: tag[1] }),
    ...(tag?.[2] && { procid: tag[2] }),
    text: tidy(after.slice(tag?.[0].length ?? 0)),
  }
}

/** Line ends, zeros and control characters are no part of what was said. */
function tidy(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
