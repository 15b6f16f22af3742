import type { Client } from '../api/client.ts'
import { type Kind, resourceName } from '../api/kind.ts'
import type { KubeObject } from '../api/object.ts'
import type { Host } from '../host/host.ts'
import { Informer, type InformerOptions } from './informer.ts'

/** Caches shared by the controllers of one process: one list and watch a kind, however many read it. */
export class Caches {
  readonly #client: Client
  readonly #host: Host
  readonly #options: InformerOptions
  readonly #informers = new Map<string, Informer<KubeObject>>()

  constructor(client: Client, host: Host, options: InformerOptions = {}) {
    this.#client = client
    this.#host = host
    this.#options = options
  }

  of<T extends KubeObject>(kind: Kind<T>): Informer<T> {
    const name = resourceName(kind)
    const known = this.#informers.get(name)
    if (known) return known as unknown as Informer<T>
    const informer = new Informer(this.#client, kind, this.#host, this.#options)
    this.#informers.set(name, informer as unknown as Informer<KubeObject>)
    return informer
  }

  /** Runs every cache asked for so far, and resolves when all have their first list. */
  async start(signal: AbortSignal): Promise<void> {
    const informers = [...this.#informers.values()]
    for (const informer of informers) void informer.run(signal)
    await Promise.all(informers.map(informer => informer.synced))
  }
}
