import { ApiFault } from '../../api/fault.ts'
import type { Auditor, Trail } from '../audit/auditor.ts'
import type { Attributes } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { Exchange } from './exchange.ts'

/** One request in the audit log, from the first word to the last. */
export class Audited {
  readonly #auditor: Auditor | undefined
  readonly #exchange: Exchange
  readonly #wanted: Attributes
  readonly #id: string
  #trail: Trail | undefined

  constructor(auditor: Auditor | undefined, exchange: Exchange, wanted: Attributes) {
    this.#auditor = auditor
    this.#exchange = exchange
    this.#wanted = wanted
    this.#id = auditor?.idFor(exchange.request.headers['audit-id']) ?? ''
    if (auditor) exchange.response.setHeader('audit-id', this.#id)
  }

  /** Absent when nobody takes an interest in the request. */
  get trail(): Trail | undefined {
    return this.#trail
  }

  /** Whoever asks is known, or, with nobody, could not prove who he is. */
  async begin(user: Identity | undefined): Promise<void> {
    const { request, segments } = this.#exchange
    const version = segments[0] === 'apis' ? segments[2] : segments[1]
    this.#trail = await this.#auditor?.begin(this.#id, user, {
      requestURI: request.url ?? '/',
      apiVersion: version ?? '',
      wanted: this.#wanted,
      sourceIPs: sourcesOf(this.#exchange),
      userAgent: request.headers['user-agent'] ?? '',
    })
  }

  refused(fault: unknown): void {
    this.#trail?.refused(fault instanceof ApiFault ? fault : new ApiFault('InternalError', 'Internal error occurred'))
  }

  ended(): void {
    this.#trail?.ended(this.#exchange.response.statusCode)
  }
}

/** Those who passed it on say where it came from; the last is whom we see. */
function sourcesOf({ request }: Exchange): readonly string[] {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().flatMap(line => line.split(','))
  const seen = request.socket.remoteAddress?.replace(/^::ffff:/, '')
  return [...new Set([...forwarded.map(address => address.trim()), seen ?? ''])].filter(Boolean)
}
