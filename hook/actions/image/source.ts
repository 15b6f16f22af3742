import { ActionFault } from '../fault.ts'

/** Where an image comes from. `shown` has neither credentials nor query: those are often keys. */
export interface Source {
  readonly url: URL
  readonly shown: string
}

export function parseSource(text: string, name: string): Source {
  const url = URL.parse(text)
  if (!url) throw new ActionFault('action/variable', `${name} is not a URL`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ActionFault('action/variable', `${name} starts with ${url.protocol}//: http or https is wanted`)
  }
  return { url, shown: shown(url) }
}

export function shown(url: URL): string {
  return `${url.origin}${url.pathname}`
}
