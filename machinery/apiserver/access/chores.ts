import type { Host } from '../../host/host.ts'

const RETRY = 1000 // milliseconds

/** Work on names, one at a time, each as often as it is asked for and again until it succeeds. */
export class Chores implements AsyncDisposable {
  readonly #work: (name: string) => Promise<void>
  readonly #host: Host
  readonly #due = new Set<string>()
  readonly #closing = new AbortController()
  #running: Promise<void> | undefined

  constructor(work: (name: string) => Promise<void>, host: Host) {
    this.#work = work
    this.#host = host
  }

  /** Asks for a name to be seen to. */
  add(name: string): void {
    if (this.#closing.signal.aborted) return
    this.#due.add(name)
    this.#running ??= this.#run()
  }

  /** Resolves when nothing is left to do. */
  async settled(): Promise<void> {
    await this.#running
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    await Promise.resolve() // whoever asked goes on first
    for (let [name] = this.#due; name !== undefined && !this.#closing.signal.aborted; [name] = this.#due) {
      this.#due.delete(name)
      await this.#try(name)
    }
    this.#running = undefined
  }

  async #try(name: string): Promise<void> {
    try {
      await this.#work(name)
    } catch (fault) {
      if (this.#closing.signal.aborted) return
      this.#host.log.warn('what the server keeps in order was not written, trying again', {
        name,
        reason: String(fault),
      })
      this.#due.add(name)
      await this.#host.clock.wait(RETRY, this.#closing.signal).catch(() => undefined) // closing: the loop ends
    }
  }
}
