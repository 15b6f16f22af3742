import { isObject } from '../registry/served.ts'

// What Go's net/http and client-go say when a webhook cannot be asked. Clients and people compare these sentences.

/** Why a connection came to nothing, in Go's words. */
export function transportReason(error: NodeJS.ErrnoException): string {
  const { code = '' } = error
  const { address, port, hostname, host, cert } = error as NodeJS.ErrnoException & Partial<Reported>
  const dialed = address === undefined ? 'dial tcp' : `dial tcp ${joined(address, port)}`
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${hostname ?? host}: no such host`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return certificate(nameFault(String(host), cert?.subjectaltname ?? ''))
  if (Object.hasOwn(CERTIFICATE, code)) return certificate(CERTIFICATE[code] ?? '')
  if (code === 'ECONNRESET') return error.message === 'socket hang up' ? 'EOF' : 'read: connection reset by peer'
  if (Object.hasOwn(DIALED, code)) return `${dialed}: connect: ${DIALED[code]}`
  if (code === 'EPROTO') return 'tls: first record does not look like a TLS handshake'
  return error.message
}

interface Reported {
  readonly address: string
  readonly port: number
  readonly hostname: string
  readonly host: string
  readonly cert: { readonly subjectaltname?: string }
}

const DIALED: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  ETIMEDOUT: 'connection timed out',
}

// OpenSSL's verdicts, as Node names them.
const UNKNOWN = 'x509: certificate signed by unknown authority'
const EXPIRED = 'x509: certificate has expired or is not yet valid'
const CERTIFICATE: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN,
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN,
  CERT_SIGNATURE_FAILURE: UNKNOWN,
  CERT_HAS_EXPIRED: EXPIRED,
  CERT_NOT_YET_VALID: EXPIRED,
}

function certificate(why: string): string {
  return `tls: failed to verify certificate: ${why}`
}

function nameFault(wanted: string, altNames: string): string {
  const names = altNames.split(', ').flatMap(one => /^DNS:(.+)$/.exec(one)?.[1] ?? [])
  if (names.length === 0) return `x509: certificate is not valid for any names, but wanted to match ${wanted}`
  return `x509: certificate is valid for ${names.join(', ')}, not ${wanted}`
}

function joined(address: string, port = 0): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/** Why an answer other than 2xx is none: the webhook's own Status, or client-go's sentence for the code. */
export function refusalReason(status: number, text: string): string {
  const said = statusMessage(text)
  if (said !== undefined) return said
  const body = text.trim().slice(0, MOST_SHOWN)
  if (status === 403 || status === 406 || status === 415) return body
  const known = SENTENCES[status]
  if (known !== undefined) return known
  if (status >= 500)
    return `an error on the server (${JSON.stringify(body || 'unknown')}) has prevented the request from succeeding`
  return `the server responded with the status code ${status} but did not return more information`
}

const MOST_SHOWN = 2048

// apimachinery `errors.NewGenericServerResponse`.
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'the server rejected our request for an unknown reason',
  401: 'the server has asked for the client to provide credentials',
  404: 'the server could not find the requested resource',
  405: 'the server does not allow this method on the requested resource',
  409: 'the server reported a conflict',
  413: 'the server could not handle the request because it was too large',
  422: 'the server rejected our request due to an error in our request',
  429: 'the server has received too many requests and has asked us to try again later',
  503: 'the server is currently unable to handle the request',
  504: 'the server was unable to return a response in the time allotted, but may still be processing the request',
}

function statusMessage(text: string): string | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) && value.kind === 'Status' && typeof value.message === 'string' ? value.message : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined // not a Status, then
    throw error
  }
}
