import type { Facts } from '../../wire/fault.ts'
import type { Host } from './host.ts'

const MINUTE = 60_000
const MOST_SOURCES = 1024

/**
 * Counts what peers sent that cannot be read. Each source is logged once a minute: a broken machine shows itself, and
 * cannot fill the log. Sources beyond the bound push out the oldest.
 */
export class Malformed {
  readonly #host: Host
  readonly #what: string
  readonly #logged = new Map<string, number>()
  #count = 0

  /** `what` stands in the log line, for example `DHCP packet`. */
  constructor(what: string, host: Host) {
    this.#what = what
    this.#host = host
  }

  get count(): number {
    return this.#count
  }

  note(source: string, reason: string, facts: Facts = {}): void {
    this.#count++
    const now = this.#host.clock.now()
    if (now - (this.#logged.get(source) ?? -MINUTE) < MINUTE) return
    this.#logged.delete(source)
    this.#logged.set(source, now)
    const oldest = this.#logged.keys().next()
    if (this.#logged.size > MOST_SOURCES && !oldest.done) this.#logged.delete(oldest.value)
    this.#host.log.warn('malformed input dropped', { source, what: this.#what, reason, count: this.#count, ...facts })
  }
}
