import { isApiFault } from '../machinery/api/fault.ts'
import { runControllers } from '../machinery/control/controller.ts'
import type { Host } from '../machinery/host/host.ts'
import { aborted, Scope } from '../machinery/host/scope.ts'
import { ApiJournal } from '../machinery/journal/journal.ts'
import { AccountCaches } from './account-caches.ts'
import type { Seat } from './cluster.ts'
import type { Config } from './config.ts'
import type { Inventory } from './inventory.ts'
import { serviceParts } from './parts.ts'
import type { ServiceName } from './pods.ts'
import { supervise } from './supervise.ts'

/** What every term is built from. */
export interface Building {
  readonly config: Config
  /** The folder with the installer OS. */
  readonly hookOs: string
  readonly inventory: Inventory
  readonly host: Host
}

/**
 * Runs every service until the seat's signal is aborted, or a fault ends it; either way all of them have ended when this
 * resolves. Nothing is kept for the next term: it begins with what the API says then.
 */
export async function serveTerm(building: Building, seat: Seat): Promise<void> {
  await using scope = new Scope()
  const over = new AbortController()
  try {
    await serveAll(building, { ...seat, signal: AbortSignal.any([seat.signal, over.signal]) }, scope)
  } finally {
    over.abort()
  }
}

async function serveAll({ config, hookOs, inventory, host }: Building, seat: Seat, scope: Scope): Promise<void> {
  const { client, signal } = seat
  const caches = new AccountCaches(client, host)
  const journal = scope.hold(new ApiJournal(seat.accountClient('journal'), host))
  const room = (service: ServiceName) => {
    const own = seat.accountClient(service)
    return { host: seat.serviceHost(service), client: own, cache: caches.viewOf(service, own) }
  }
  const services = serviceParts({ config, hookOs, journal, signal, room })

  await caches.start(signal)
  await applied(inventory, { client: seat.accountClient('inventory'), host, signal })
  const running = runControllers(services.controllers, signal)
  scope.onClose(() => running)
  scope.hold(await supervise(services.parts, { host, signal, onHealth: seat.onHealth }))

  host.log.info('ready', { interface: config.interface.join(',') })
  await aborted(signal)
}

const RETRY = 2000 // milliseconds

/** Puts the rack's list on the API; one that is away or busy just now is waited for. */
async function applied(
  inventory: Inventory,
  { client, host, signal }: Pick<Seat, 'client' | 'signal'> & { host: Host },
) {
  while (!signal.aborted) {
    try {
      return await inventory.apply(client, host.log)
    } catch (fault) {
      if (signal.aborted) return
      if (!isApiFault(fault, 'ServiceUnavailable', 'TooManyRequests', 'Timeout')) throw fault
      host.log.warn('the list of machines is not on the API yet, trying again', { reason: fault.message })
      await host.clock.wait(RETRY, signal).catch(() => undefined) // aborted: the loop ends by its condition
    }
  }
}
