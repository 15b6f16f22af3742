import type { Client } from '../machinery/api/client.ts'
import type { Kind } from '../machinery/api/kind.ts'
import { resourceName } from '../machinery/api/kind.ts'
import { Caches } from '../machinery/control/caches.ts'
import type { World } from '../machinery/control/controller.ts'
import type { Host } from '../machinery/host/host.ts'
import { Fault } from '../wire/fault.ts'
import { POD_NAMESPACE, type ServiceName } from './pods.ts'
import { watches } from './rights.ts'

/** Every object is looked at again now and then, as controller-runtime does: whatever was missed is seen then. */
const RESYNC = 10 * 60 * 60 * 1000

/** A service looks at a kind that the table of rights does not give it: a bug of ours. */
export class RightsFault extends Fault<'rights/not-watched'> {}

/**
 * Copies of what the services look at. What several may see is held once, by the house; what one alone may see in one
 * namespace is held for it alone, and fetched under its own name.
 */
export class AccountCaches {
  readonly #shared: Caches
  readonly #host: Host
  readonly #own: Caches[] = []

  constructor(client: Client, host: Host) {
    this.#shared = new Caches(client, host, { resync: RESYNC })
    this.#host = host
  }

  /** The caches that a service may look at. */
  viewOf(service: ServiceName, client: Client): World['cache'] {
    const own = new Caches(client, this.#host, { resync: RESYNC, select: { namespace: POD_NAMESPACE } })
    this.#own.push(own)
    return kind => (whereOf(service, kind) === 'everywhere' ? this.#shared : own).of(kind)
  }

  /** Fills every cache asked for so far. */
  async start(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#shared, ...this.#own].map(caches => caches.start(signal)))
  }
}

function whereOf(service: ServiceName, kind: Kind): 'everywhere' | 'at home' {
  const where = watches(service, kind)
  if (where) return where
  const name = resourceName(kind)
  throw new RightsFault('rights/not-watched', `${service} may not watch ${name}`, { service, resource: name })
}
