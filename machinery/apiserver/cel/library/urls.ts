import { quote } from '../../schema/gotext.ts'
import { parseUrl, type Url } from '../../schema/url.ts'
import type { Table } from '../function.ts'
import { URL as URL_TYPE } from '../type.ts'
import { Dictionary, Failure, List, type Opaque, type Value } from '../value.ts'

class UrlValue implements Opaque {
  readonly opaque = URL_TYPE.name
  readonly url: Url

  constructor(url: Url) {
    this.url = url
  }

  equals(other: Value): boolean {
    return other instanceof UrlValue && JSON.stringify(other.url) === JSON.stringify(this.url)
  }
}

function urlFrom(text: string): Value {
  const url = parseUrl(text, { request: true }) && parseUrl(text)
  if (url) return new UrlValue(url)
  const why = text === '' ? 'empty url' : 'invalid URI for request'
  return new Failure(`URL parse error during conversion from string: parse ${quote(text)}: ${why}`)
}

/** The host and the port that may follow it, without the brackets of an IPv6 address. */
function hostPort({ host }: Url): [string, string] {
  const match = /^(.*?)(?::(\d*))?$/.exec(host)
  return [(match?.[1] ?? '').replace(/^\[(.*)\]$/, '$1'), match?.[2] ?? '']
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** As `url.Values` has it: what cannot be read is skipped. */
function queryOf({ query }: Url): Dictionary {
  const values = new Map<string, string[]>()
  for (const pair of query.split('&')) {
    if (pair === '' || pair.includes(';')) continue
    const [name = '', ...rest] = pair.split('=')
    const [key, value] = [decoded(name), decoded(rest.join('='))]
    if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value])
  }
  return new Dictionary([...values].map(([key, all]) => [key, new List(all)] as const))
}

/** As it was written where that is right, else with the escapes that are missing. */
function escapedPath({ path }: Url): string {
  return path.replaceAll(/[^A-Za-z0-9\-_.~$&+,/:;=@!'()*%[\]]/gu, encodeURIComponent)
}

/** URLs (Kubernetes' `kubernetes.urls`). */
export const URLS: Table = [
  ['url(string) url', urlFrom],
  ['isURL(string) bool', (text: string) => parseUrl(text, { request: true }) !== undefined],
  ['.getScheme(url) string', ({ url }: UrlValue) => url.scheme],
  ['.getHost(url) string', ({ url }: UrlValue) => url.host],
  ['.getHostname(url) string', ({ url }: UrlValue) => hostPort(url)[0]],
  ['.getPort(url) string', ({ url }: UrlValue) => hostPort(url)[1]],
  ['.getEscapedPath(url) string', ({ url }: UrlValue) => escapedPath(url)],
  ['.getQuery(url) map<string, list<string>>', ({ url }: UrlValue) => queryOf(url)],
]
