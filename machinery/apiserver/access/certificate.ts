import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Identity } from '../registry/identity.ts'

/** Who showed a certificate, and until when it holds. */
type Shown = { readonly identity: Identity; readonly until: number }

/** What of a request says by which connection it came. */
export interface Caller {
  readonly socket: Socket
  /** Of HTTP/2, where many requests share a session. */
  readonly stream?: { readonly session?: object | undefined }
}

/** HTTP/2 gives each request a socket of its own, which is only a view of the session's. */
function connectionOf({ socket, stream }: Caller): object {
  return stream?.session ?? socket
}

/** Who is at the other end of each connection; a certificate is read once a connection. */
export class Certificates {
  readonly #shown = new WeakMap<object, Shown | 'none'>()

  /** The subject of a certificate that our authority signed: its common name is the user, its organizations the groups. */
  identity(request: Caller, now: number): Identity | undefined {
    const connection = connectionOf(request)
    const shown = this.#shown.get(connection) ?? shownBy(request.socket) ?? 'none'
    this.#shown.set(connection, shown)
    return shown !== 'none' && now < shown.until ? shown.identity : undefined
  }
}

function shownBy(socket: Socket): Shown | undefined {
  if (!isSecure(socket) || !socket.authorized) return undefined
  const { subject, raw, valid_to } = socket.getPeerCertificate()
  const [user] = listOf(subject?.CN)
  if (!user) return undefined
  const digest = createHash('sha256').update(raw).digest('hex')
  const identity: Identity = {
    user,
    groups: [...new Set([...listOf(subject?.O), 'system:authenticated'])],
    extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${digest}`] },
  }
  return { identity, until: Date.parse(valid_to) }
}

/** HTTP/2 shows its socket from behind a proxy, which is of no class. */
function isSecure(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
