import type { Outgoing } from './incoming.ts'

/**
 * Knows for each answer whether somebody still waits for it: until its client goes away, or the server closes. One
 * listener on the server's signal serves all of them; a composed signal each would cost more than most of the request.
 */
export class Presence {
  readonly #closing: AbortSignal
  readonly #open = new Set<AbortController>()
  // Made once: an exception takes a trace along.
  readonly #gone = new DOMException('nobody waits for the answer', 'AbortError')

  constructor(closing: AbortSignal) {
    this.#closing = closing
    closing.addEventListener('abort', () => {
      for (const one of this.#open) one.abort(this.#gone)
    })
  }

  /** Aborted when nobody waits any more. */
  of(response: Outgoing): AbortSignal {
    const present = new AbortController()
    this.#open.add(present)
    response.once('close', () => {
      this.#open.delete(present)
      present.abort(this.#gone)
    })
    // Writing to a client that has just gone: the signal says so to whoever writes.
    response.on('error', () => present.abort(this.#gone))
    if (this.#closing.aborted) present.abort(this.#gone)
    return present.signal
  }
}
