import type { Client } from '../api/client.ts'
import { isApiFault } from '../api/fault.ts'
import type { Journal, Observation, Subject } from '../api/journal.ts'
import { keyText } from '../api/object.ts'
import { Timeline } from '../api/timeline.ts'
import { microTimestamp } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { recordEvents } from './events.ts'
import { blank, type Entry, factOf, timelineKey, written } from './page.ts'

/** Facts of one machine that are not yet written. */
interface Pending {
  readonly of: Subject
  readonly entries: Entry[]
  writing: boolean
}

/** A machine that talks faster than the store writes loses its oldest unwritten facts beyond this many, and says so. */
const PENDING_MOST = 1000
const RETRY = 500 // milliseconds

/**
 * The journal on the API: each machine's facts in its Timeline, and as Events on its Hardware. What is recorded while a
 * page is being written goes into the next write, so that a busy machine costs few writes and a quiet one waits for none.
 */
export class ApiJournal implements AsyncDisposable {
  readonly #client: Client
  readonly #host: Host
  readonly #pending = new Map<string, Pending>()
  readonly #writers = new Set<Promise<void>>()
  readonly #closing = new AbortController()

  constructor(client: Client, host: Host) {
    this.#client = client
    this.#host = host
  }

  /** The journal as one service writes in it. */
  of(service: string): Journal {
    return { record: observation => this.#record(observation, service) }
  }

  /** Resolves when everything recorded so far is durable. */
  async flushed(): Promise<void> {
    while (this.#writers.size > 0) await Promise.all(this.#writers)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.flushed()
  }

  #record(observation: Observation, service: string): void {
    const fact = factOf(observation, service, microTimestamp(this.#host.clock))
    const at = keyText(timelineKey(observation.of))
    const pending: Pending = this.#pending.get(at) ?? { of: observation.of, entries: [], writing: false }
    this.#pending.set(at, pending)
    pending.entries.push({ fact, replaces: observation.replaces ?? false })
    if (pending.entries.length > PENDING_MOST) {
      pending.entries.shift()
      this.#host.log.warn('a machine talks faster than its journal is written', { name: at })
    }
    if (!pending.writing) this.#startWriting(at, pending)
  }

  #startWriting(at: string, pending: Pending): void {
    pending.writing = true
    const writer: Promise<void> = this.#writeAll(at, pending).finally(() => this.#writers.delete(writer))
    this.#writers.add(writer)
  }

  async #writeAll(at: string, pending: Pending): Promise<void> {
    while (pending.entries.length > 0) {
      const batch = pending.entries.splice(0)
      const refused = await this.#write(pending.of, batch)
      if (!refused) continue
      this.#host.log.warn('journal not written, trying again', { name: at, reason: String(refused) })
      if (this.#closing.signal.aborted) break
      pending.entries.unshift(...batch)
      await this.#host.clock.wait(RETRY, this.#closing.signal).catch(() => undefined) // closing: one last try follows
    }
    pending.writing = false
    this.#pending.delete(at)
  }

  /** Returns what the API refused it with, or nothing when it is written. */
  async #write(of: Subject, batch: readonly Entry[]): Promise<unknown> {
    try {
      await this.#writePage(of, batch)
      if ('hardware' in of) await recordEvents(this.#client, { name: of.hardware, namespace: of.namespace }, batch)
      return undefined
    } catch (refused) {
      return refused
    }
  }

  async #writePage(of: Subject, batch: readonly Entry[]): Promise<void> {
    for (;;) {
      const page = (await this.#client.get(Timeline, timelineKey(of))) ?? (await this.#open(of))
      try {
        await this.#client.updateStatus(Timeline, written(page, batch))
        return
      } catch (fault) {
        if (!isApiFault(fault, 'Conflict', 'NotFound')) throw fault // another process wrote first, or it was deleted: look again
      }
    }
  }

  async #open(of: Subject): Promise<Timeline> {
    try {
      return await this.#client.create(Timeline, blank(of))
    } catch (fault) {
      const there = isApiFault(fault, 'AlreadyExists') && (await this.#client.get(Timeline, timelineKey(of)))
      if (there) return there
      throw fault
    }
  }
}
