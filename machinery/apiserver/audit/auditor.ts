import type { ApiFault } from '../../api/fault.ts'
import { microTimestamp } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import type { Attributes, Verdict } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { newUid } from '../registry/metadata.ts'
import { isObject } from '../registry/served.ts'
import { eventLine, type Facts, type ObjectRef, objectRefOf } from './event.ts'
import { type Noted, notedBy } from './match.ts'
import type { AuditPolicy, Stage } from './policy.ts'

/** Where lines go; see AuditLog. */
export interface AuditSink {
  write(line: string): void
  ready(): Promise<void>
}

/** What of a request is known before anything is decided about it. */
export interface Called {
  readonly requestURI: string
  readonly apiVersion: string
  readonly wanted: Attributes
  readonly sourceIPs: readonly string[]
  readonly userAgent: string
}

/** Notes requests as a policy says. */
export class Auditor {
  readonly #policy: AuditPolicy
  readonly #sink: AuditSink
  readonly #host: Host

  constructor(policy: AuditPolicy, sink: AuditSink, host: Host) {
    this.#policy = policy
    this.#sink = sink
    this.#host = host
  }

  /** A name for a request that its answer carries too; the client's own if it gave one. */
  idFor(given: string | readonly string[] | undefined): string {
    const [id] = [given ?? []].flat()
    return id && id.length <= LONGEST_ID ? id : newUid(this.#host)
  }

  /** Begins to note a request, once there is room for it; undefined when the policy takes no interest. */
  async begin(auditID: string, user: Identity | undefined, called: Called): Promise<Trail | undefined> {
    const received = microTimestamp(this.#host.clock)
    const noted = notedBy(this.#policy, user, called.wanted)
    if (noted.level === 'None') return undefined
    await this.#sink.ready()
    const objectRef = objectRefOf(called.wanted, called.apiVersion)
    const facts: Facts = {
      level: noted.level,
      auditID,
      requestURI: called.requestURI,
      verb: called.wanted.verb,
      user,
      sourceIPs: called.sourceIPs,
      userAgent: called.userAgent,
      ...(objectRef && { objectRef }),
      received,
      annotations: {},
    }
    const trail = new Trail({ facts, noted, sink: this.#sink, host: this.#host })
    trail.reached('RequestReceived')
    return trail
  }
}

const LONGEST_ID = 64

/** Bodies that hold what nobody may read in a log: they are left out whatever the policy says. */
const SECRETS: readonly string[] = ['secrets', 'serviceaccounts/token', 'tokenreviews']

interface TrailParts {
  readonly facts: Facts
  readonly noted: Noted
  readonly sink: AuditSink
  readonly host: Host
}

/** What is noted of one request while it is answered. */
export class Trail {
  readonly #parts: TrailParts
  #facts: Facts
  readonly #bodies: { readonly request: boolean; readonly response: boolean }

  constructor(parts: TrailParts) {
    this.#parts = parts
    this.#facts = parts.facts
    const { level } = parts.noted
    const { resource = '', subresource } = parts.facts.objectRef ?? {}
    const open = !SECRETS.includes(subresource ? `${resource}/${subresource}` : resource) && resource !== 'secrets'
    this.#bodies = { request: open && level.startsWith('Request'), response: open && level === 'RequestResponse' }
  }

  impersonates(impersonatedUser: Identity): void {
    this.#facts = { ...this.#facts, impersonatedUser }
  }

  /** What the authorizer said, and why. */
  decided({ allowed, reason = '' }: Verdict): void {
    const decision = allowed ? 'allow' : 'forbid'
    const more = { 'authorization.k8s.io/decision': decision, 'authorization.k8s.io/reason': reason }
    this.#facts = { ...this.#facts, annotations: { ...this.#facts.annotations, ...more } }
  }

  /** The body of the request, or of the patch. */
  asked(body: unknown): void {
    this.#name(body)
    if (this.#bodies.request) this.#facts = { ...this.#facts, requestObject: this.#shown(body) }
  }

  /** Whether the body of the answer is noted. */
  get keepsAnswer(): boolean {
    return this.#bodies.response
  }

  /** The body of the answer: an object, or one as JSON. */
  answered(body: object | string): void {
    if (!this.#bodies.response) return
    const object: unknown = typeof body === 'string' ? JSON.parse(body) : body
    this.#facts = { ...this.#facts, responseObject: this.#shown(object) }
  }

  refused(fault: ApiFault): void {
    const { message, code: reason, details, httpCode: code } = fault
    const found = Object.keys(details).length > 0 ? { details } : {}
    this.#facts = {
      ...this.#facts,
      responseStatus: { metadata: {}, status: 'Failure', message, reason, ...found, code },
    }
  }

  /** An answer that takes its time has begun. */
  started(code: number): void {
    this.#code(code)
    this.reached('ResponseStarted')
  }

  /** The answer is out, or nobody waits for it any more. */
  ended(code: number): void {
    this.#code(code)
    this.reached('ResponseComplete')
  }

  reached(stage: Stage): void {
    const { noted, sink, host } = this.#parts
    if (noted.omitStages.includes(stage)) return
    const now = stage === 'RequestReceived' ? this.#facts.received : microTimestamp(host.clock)
    sink.write(eventLine(this.#facts, stage, now))
  }

  #code(code: number): void {
    this.#facts = { ...this.#facts, responseStatus: this.#facts.responseStatus ?? { metadata: {}, code } }
  }

  /** What the path does not say of an object its body does: its name when it is made, its uid and version. */
  #name(body: unknown): void {
    const { objectRef } = this.#facts
    const metadata = isObject(body) && isObject(body.metadata) ? body.metadata : {}
    if (!objectRef) return
    const said = Object.fromEntries(
      (['name', 'namespace', 'uid', 'resourceVersion'] as const).flatMap(field =>
        typeof metadata[field] === 'string' ? [[field, metadata[field]]] : [],
      ),
    ) as ObjectRef
    this.#facts = { ...this.#facts, objectRef: { ...said, ...objectRef } }
  }

  #shown(body: unknown): unknown {
    return this.#parts.noted.omitManagedFields ? withoutManagedFields(body) : body
  }
}

function withoutManagedFields(body: unknown): unknown {
  if (!isObject(body)) return body
  const items = Array.isArray(body.items) ? { items: body.items.map(withoutManagedFields) } : {}
  if (!isObject(body.metadata)) return { ...body, ...items }
  const { managedFields: _, ...metadata } = body.metadata
  return { ...body, ...items, metadata }
}
