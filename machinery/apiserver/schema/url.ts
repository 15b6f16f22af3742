import { ipv6Bytes } from './ip.ts'

/** A URL as Go's `net/url` takes it apart. */
export interface Url {
  readonly scheme: string
  readonly user: string
  /** With the port, as it was written but for escapes. */
  readonly host: string
  /** As it was written. */
  readonly path: string
  readonly opaque: string
  readonly query: string
  readonly fragment: string
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/

/** As `url.Parse` does, or, for a `request`, `url.ParseRequestURI`: absolute, and without a fragment. */
export function parseUrl(text: string, { request = false } = {}): Url | undefined {
  if (CONTROL.test(text) || (request && text === '')) return undefined
  const [whole, fragment] = request ? [text, ''] : cut(text, '#')
  if (BAD_ESCAPE.test(fragment)) return undefined
  const none = { scheme: '', user: '', host: '', path: '', opaque: '', query: '', fragment }
  if (whole === '*') return { ...none, path: '*' }
  const [scheme, afterScheme] = schemeOf(whole)
  if (scheme === undefined) return undefined
  const [rest, query] = cut(afterScheme, '?')
  const url = { ...none, scheme: scheme.toLowerCase(), query }
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: rest }
    if (request || (rest.split('/')[0] ?? '').includes(':')) return undefined
  }
  if (!(scheme !== '' || (!request && !rest.startsWith('///'))) || !rest.startsWith('//')) return withPath(url, rest)
  const slash = rest.indexOf('/', 2)
  const authority = authorityOf(slash < 0 ? rest.slice(2) : rest.slice(2, slash))
  return authority && withPath({ ...url, ...authority }, slash < 0 ? '' : rest.slice(slash))
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function schemeOf(text: string): [string | undefined, string] {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)
  if (match) return [match[1], text.slice(match[0].length)]
  return [text.startsWith(':') ? undefined : '', text]
}

function withPath(url: Url, path: string): Url | undefined {
  return BAD_ESCAPE.test(path) ? undefined : { ...url, path }
}

const USER = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/

function authorityOf(text: string): { user: string; host: string } | undefined {
  const at = text.lastIndexOf('@')
  const user = at < 0 ? '' : text.slice(0, at)
  const host = hostOf(text.slice(at + 1))
  if (host === undefined || !USER.test(user) || BAD_ESCAPE.test(user)) return undefined
  return { user, host }
}

function hostOf(text: string): string | undefined {
  const bracket = text.lastIndexOf('[')
  if (bracket > 0) return undefined
  if (bracket === 0) return literalHost(text)
  const colon = text.lastIndexOf(':')
  if (colon >= 0 && !/^:\d*$/.test(text.slice(colon))) return undefined
  return unescapeHost(text)
}

function literalHost(text: string): string | undefined {
  const close = text.lastIndexOf(']')
  const port = text.slice(close + 1)
  if (close < 0 || !/^(:\d*)?$/.test(port)) return undefined
  const [address, zone] = text.slice(1, close).split('%25')
  const plain = unescapeHost(address ?? '')
  if (plain === undefined || !ipv6Bytes(plain) || zone === '') return undefined
  return `[${plain}${zone === undefined ? '' : `%${zone}`}]${port}`
}

/** In a host only letters beyond ASCII may be escaped, and few signs stand for themselves (RFC 3986 3.2.2). */
function unescapeHost(text: string): string | undefined {
  if (/%(?![89a-fA-F][0-9a-fA-F])/.test(text)) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII but what is listed
  if (/(?![A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%])[\u0000-\u007f]/.test(text)) return undefined
  return text.replaceAll(/(?:%[0-9a-fA-F]{2})+/g, run => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}
