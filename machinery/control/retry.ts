import { isApiFault } from '../api/fault.ts'
import type { Host } from '../host/host.ts'

/** As client-go's `util/retry` DefaultRetry: five tries, ten milliseconds and a little apart. */
const TRIES = 5
const WAIT = 10
const JITTER = 0.1

/**
 * Reads, changes and writes again when somebody else wrote in between: `attempt` must read the newest each time.
 * The last conflict is thrown.
 */
export async function retryOnConflict<T>(host: Pick<Host, 'clock' | 'random'>, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (fault) {
      if (!isApiFault(fault, 'Conflict') || tries >= TRIES) throw fault
      await host.clock.wait(WAIT * (1 + JITTER * host.random()))
    }
  }
}
