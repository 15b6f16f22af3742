import { isObject } from '../registry/served.ts'
import type { Answer, Asking, Server } from './server.ts'

/** A server that remembers what was created on it, and can take it away again: for servers that others use too. */
export class Sweeping implements Server {
  readonly #server: Server
  readonly #created: string[] = []

  constructor(server: Server) {
    this.#server = server
  }

  async ask(asking: Asking): Promise<Answer> {
    const answer = await this.#server.ask(asking)
    const made = isObject(answer.body) && isObject(answer.body.metadata) ? answer.body.metadata : {}
    if (answer.code === 201 && made.uid) {
      const [path = '', query = ''] = asking.path.split('?')
      if (!query.includes('dryRun')) this.#created.push(asking.method === 'POST' ? `${path}/${made.name}` : path)
    }
    return answer
  }

  /** The last made goes first. */
  async sweep(): Promise<void> {
    for (const path of this.#created.splice(0).reverse()) await this.#erase(path)
  }

  async #erase(path: string): Promise<void> {
    const headers = { 'content-type': 'application/merge-patch+json' }
    await this.#server.ask({ method: 'DELETE', path: `${path}?gracePeriodSeconds=0`, headers: {} })
    if (path.startsWith('/api/v1/namespaces/') && path.split('/').length === 5) return this.#finalize(path)
    if (path.includes('/customresourcedefinitions/')) return // its finalizer takes the objects along
    const body = JSON.stringify({ metadata: { finalizers: null } })
    await this.#server.ask({ method: 'PATCH', path, headers, body })
  }

  /** Where no controller does so. */
  async #finalize(path: string): Promise<void> {
    const { body } = await this.#server.ask({ method: 'GET', path, headers: {} })
    if (!isObject(body) || body.kind !== 'Namespace') return
    const headers = { 'content-type': 'application/json' }
    const whole = JSON.stringify({ ...body, spec: { finalizers: [] } })
    await this.#server.ask({ method: 'PUT', path: `${path}/finalize`, headers, body: whole })
  }

  [Symbol.dispose](): void {
    this.#server[Symbol.dispose]()
  }
}
