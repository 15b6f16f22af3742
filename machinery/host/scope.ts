/** What was started, closed in the reverse order, once, whatever fails on the way. */
export class Scope implements AsyncDisposable {
  readonly #held: (() => Promise<void> | void)[] = []
  #closed = false

  /** Keeps something that can be disposed of, and hands it back. */
  hold<T extends AsyncDisposable | Disposable>(thing: T): T {
    this.onClose(
      () => (Symbol.asyncDispose in thing ? thing[Symbol.asyncDispose]() : thing[Symbol.dispose]()) as Promise<void>,
    )
    return thing
  }

  /** Runs `close` when the scope ends. */
  onClose(close: () => Promise<void> | void): void {
    if (this.#closed) throw new Error('the scope is closed already')
    this.#held.push(close)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    const faults: unknown[] = []
    for (const close of this.#held.reverse()) {
      try {
        await close()
      } catch (fault) {
        faults.push(fault)
      }
    }
    if (faults.length === 1) throw faults[0]
    if (faults.length > 1) throw new AggregateError(faults, 'several parts could not be closed')
  }
}

/** Resolves when the signal is aborted; never rejects. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
