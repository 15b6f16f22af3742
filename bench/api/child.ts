import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A process of the bench, asked and answering one thing at a time. It ends when it is let go of. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #ended: Promise<never>
  #closing = false

  constructor(script: string, ...args: readonly string[]) {
    this.#process = fork(join(import.meta.dirname, script), [...args])
    this.#ended = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`${script} ended with ${code}`)
    })
    this.#ended.catch(() => undefined) // whoever waits for an answer is told
  }

  async said<T>(): Promise<T> {
    const [message] = await Promise.race([once(this.#process, 'message'), this.#ended])
    return message as T
  }

  ask<T>(message: object | string): Promise<T> {
    const answer = this.said<T>()
    this.#process.send(message)
    return answer
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing || !this.#process.connected) return
    this.#closing = true
    const gone = once(this.#process, 'exit')
    this.#process.disconnect()
    await gone
  }
}
