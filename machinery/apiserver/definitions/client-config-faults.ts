import { X509Certificate } from 'node:crypto'
import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import { invalidAsShown } from './cause.ts'
import { subdomainFaults } from './label.ts'
import { type Fields, fieldsOf, textOf } from './reading.ts'

const PORT = 443
const FORM = '; desired format: https://host[/path]'

/** What is wrong with where a webhook is said to be (apiserver `util/webhook` validation). */
export function clientConfigFaults(config: Fields, path: string, { anyBundle }: { anyBundle: boolean }): StatusCause[] {
  const service = fieldsOf(config.service)
  const url = typeof config.url === 'string' ? config.url : undefined
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required'), ...bundle(config, path, anyBundle)]
  }
  const place = service ? serviceFaults(service, `${path}.service`) : urlFaults(url ?? '', `${path}.url`)
  return [...place, ...bundle(config, path, anyBundle)]
}

function bundle(config: Fields, path: string, any: boolean): StatusCause[] {
  const text = textOf(config.caBundle)
  return any || text === '' ? [] : bundleFaults(text, `${path}.caBundle`)
}

/** What is wrong with certificates of authorities, PEM in base64. */
export function bundleFaults(base64: string, path: string): StatusCause[] {
  const bytes = Buffer.from(base64, 'base64')
  const why = pemFault(bytes.toString())
  return why === undefined ? [] : [invalidAsShown(path, byteSlice(bytes), `unable to load root certificates: ${why}`)]
}

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

function pemFault(text: string): string | undefined {
  const blocks = text.match(BLOCK)
  if (!blocks) return 'unable to parse bytes as PEM block'
  try {
    for (const block of blocks) new X509Certificate(block)
    return undefined
  } catch (error) {
    // OpenSSL's own reason: Go's differ with each kind of damage.
    return `failed to parse certificate: ${error instanceof Error ? error.message : String(error)}`
  }
}

function byteSlice(bytes: Uint8Array): string {
  return `[]byte{${[...bytes].map(byte => `0x${byte.toString(16)}`).join(', ')}}`
}

/** As Go's net/url reads it: scheme, user, host, path, query, fragment. */
const URL_PARTS = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s

/** A URL is https, with a host, and without user, query and fragment. */
export function urlFaults(url: string, path: string): StatusCause[] {
  const [, scheme = '', user, host = '', , query = '', fragment = ''] = URL_PARTS.exec(url) ?? []
  const port = /:([^\]]*)$/.exec(host)?.[1]
  if (port !== undefined && !/^\d*$/.test(port)) {
    const bad = host.replace(/^[^:]*/, '').replace(/^.*(:[^:]*)$/, '$1')
    const why = `url must be a valid URL: parse ${JSON.stringify(url)}: invalid port ${JSON.stringify(bad)} after host`
    return [required(path, why + FORM)]
  }
  return [
    ...(scheme === 'https' ? [] : [invalid(path, scheme, `'https' is the only allowed URL scheme${FORM}`)]),
    ...(host === '' ? [invalid(path, host, `host must be specified${FORM}`)] : []),
    ...(user === undefined ? [] : [invalid(path, user, 'user information is not permitted in the URL')]),
    ...(fragment === '' ? [] : [invalid(path, fragment, 'fragments are not permitted in the URL')]),
    ...(query === '' ? [] : [invalid(path, query, 'query parameters are not permitted in the URL')]),
  ]
}

/** A service has a name and a namespace, a port, and a path of names. */
export function serviceFaults(service: Fields, path: string): StatusCause[] {
  const port = typeof service.port === 'number' ? service.port : PORT
  const range = 'port is not valid: must be between 1 and 65535, inclusive'
  return [
    ...(textOf(service.name) === '' ? [required(`${path}.name`, 'service name is required')] : []),
    ...(textOf(service.namespace) === '' ? [required(`${path}.namespace`, 'service namespace is required')] : []),
    ...(port < 1 || port > 65535 ? [invalid(`${path}.port`, port, range)] : []),
    ...pathFaults(textOf(service.path), `${path}.path`),
  ]
}

function pathFaults(text: string, path: string): StatusCause[] {
  if (text === '' || text === '/') return []
  if (text === '//') return [invalid(path, text, 'segment[0] may not be empty')]
  const steps = text.slice(1).replace(/\/$/, '').split('/')
  return [
    ...(text.startsWith('/') ? [] : [invalid(path, text, "must start with a '/'")]),
    ...steps.flatMap((step, at) => {
      if (step === '') return [invalid(path, text, `segment[${at}] may not be empty`)]
      return subdomainFaults(step).map(why => invalid(path, text, `segment[${at}]: ${why}`))
    }),
  ]
}
