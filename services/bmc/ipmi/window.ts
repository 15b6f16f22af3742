const WIDTH = 16 // §6.12.13: packets may overtake one another by so many

/** Which packets of a session were heard already: each number is let in once, and none that is too old. */
export class Window {
  #highest = 0
  readonly #recent = new Set<number>()

  /** Whether the packet is new; if so it is remembered. */
  admit(sequence: number): boolean {
    if (sequence <= this.#highest - WIDTH || this.#recent.has(sequence)) return false
    this.#recent.add(sequence)
    this.#highest = Math.max(this.#highest, sequence)
    for (const old of this.#recent) if (old <= this.#highest - WIDTH) this.#recent.delete(old)
    return true
  }
}
