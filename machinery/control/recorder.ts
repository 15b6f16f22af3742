import type { Client } from '../api/client.ts'
import { Event, type ObjectReference } from '../api/core.ts'
import { isApiFault } from '../api/fault.ts'
import { make } from '../api/kind.ts'
import { type KubeObject, keyOf, type ObjectKey } from '../api/object.ts'
import { timestamp } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { Correlator, type Happening, type Telling } from './correlator.ts'

/** What a controller says of an object. */
export type Said = Pick<Happening, 'type' | 'reason' | 'message'>

/** Says what happened to an object, for `kubectl describe` and `kubectl get events`. It never fails and never waits. */
export interface EventRecorder {
  event(about: KubeObject, said: Said): void
}

export interface RecorderOptions {
  readonly client: Client
  readonly host: Host
  /** Who says it, for example `rufio`. */
  readonly component: string
}

interface Pending {
  readonly reference: ObjectReference
  readonly said: Said
  readonly telling: Telling
  readonly at: string
}

/** More than this is not kept for a server that does not answer; the oldest go first. */
const PENDING_MOST = 1000
const TRIES = 12
const RETRY = 10_000 // milliseconds

/** Events on the API: what happens again is counted in one object, what is much alike told as one, and chatter dropped. */
export class Recorder implements EventRecorder, AsyncDisposable {
  readonly #options: RecorderOptions
  readonly #correlator: Correlator
  /** Where the Event of a key is written. */
  readonly #written = new Map<string, ObjectKey>()
  readonly #pending: Pending[] = []
  readonly #closing = new AbortController()
  #writing: Promise<void> | undefined
  #made = 0

  constructor(options: RecorderOptions) {
    this.#options = options
    this.#correlator = new Correlator(options.host.clock)
  }

  event(object: KubeObject, said: Said): void {
    const reference = referenceTo(object)
    const about = [reference.kind, reference.namespace, reference.name, reference.uid].join('/')
    const telling = this.#correlator.tell({ ...said, about })
    if (!telling) return
    this.#pending.push({ reference, said, telling, at: timestamp(this.#options.host.clock) })
    if (this.#pending.length > PENDING_MOST) {
      this.#pending.shift()
      this.#options.host.log.warn('an event was dropped: they come faster than they are written', { name: about })
    }
    this.#writing ??= this.#writeAll()
  }

  /** Resolves when everything said so far is written, or given up. */
  async flushed(): Promise<void> {
    await this.#writing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.flushed()
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) await this.#writeOne(next)
    this.#writing = undefined
  }

  async #writeOne(pending: Pending): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#write(pending)
      } catch (fault) {
        // What the server refuses it refuses again; only a server that is away comes back.
        const away = isApiFault(fault, 'ServiceUnavailable', 'TooManyRequests', 'Timeout', 'InternalError')
        if (!away || tries >= TRIES || this.#closing.signal.aborted) return this.#giveUp(pending, fault)
      }
      // Closing: one last try follows.
      await this.#options.host.clock.wait(RETRY, this.#closing.signal).catch(() => undefined)
    }
  }

  #giveUp({ reference, said }: Pending, fault: unknown): void {
    const facts = { name: reference.name, event: said.reason, reason: String(fault) }
    this.#options.host.log.warn('an event was not written', facts)
  }

  async #write(pending: Pending): Promise<void> {
    const { key, count, message } = pending.telling
    const known = this.#written.get(key)
    if (count > 1 && known) {
      const body = { count, message, lastTimestamp: pending.at }
      try {
        await this.#options.client.patch(Event, known, { body })
        return
      } catch (fault) {
        // Events do not live long: the next one is a new one.
        if (!isApiFault(fault, 'NotFound')) throw fault
      }
    }
    this.#note(key, keyOf(await this.#options.client.create(Event, this.#eventOf(pending))))
  }

  #note(key: string, at: ObjectKey): void {
    this.#written.delete(key)
    this.#written.set(key, at)
    const [oldest] = this.#written.keys()
    if (this.#written.size > PENDING_MOST * 4 && oldest !== undefined) this.#written.delete(oldest)
  }

  #eventOf({ reference, said, telling, at }: Pending): Event {
    const { component } = this.#options
    return make(Event, {
      metadata: { name: this.#name(reference.name ?? ''), namespace: reference.namespace ?? 'default' },
      involvedObject: reference,
      type: said.type,
      reason: said.reason,
      message: telling.message,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
      firstTimestamp: at,
      lastTimestamp: at,
      count: telling.count,
    })
  }

  /** The object's name and the time in nanoseconds, as client-go names Events; two of one moment differ all the same. */
  #name(object: string): string {
    const nanoseconds = BigInt(this.#options.host.clock.now()) * 1_000_000n + BigInt(this.#made++ % 1_000_000)
    return `${object.slice(0, 236)}.${nanoseconds.toString(16)}`
  }
}

function referenceTo({ apiVersion, kind, metadata }: KubeObject): ObjectReference {
  const { name, namespace, uid, resourceVersion } = metadata
  return {
    apiVersion,
    kind,
    name,
    ...(namespace !== undefined && { namespace }),
    ...(uid !== undefined && { uid }),
    ...(resourceVersion !== undefined && { resourceVersion }),
  }
}
