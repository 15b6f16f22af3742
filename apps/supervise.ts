import { HostFault } from '../machinery/host/fault.ts'
import type { Host } from '../machinery/host/host.ts'
import { Scope } from '../machinery/host/scope.ts'
import type { ServiceName } from './pods.ts'

/** One listener or loop of a service. */
export interface Part {
  /** Whose pod it is in. */
  readonly service: ServiceName
  /** For messages: what it is, for example "TFTP on port 69". */
  readonly what: string
  /** Resolves once it serves; rejects with a HostFault when it cannot. */
  readonly start: (signal: AbortSignal) => Promise<AsyncDisposable>
  /** Without it there is no point in going on: its failure at the start ends the program. */
  readonly vital?: boolean
}

/** Told whenever a part begins to serve, or cannot. */
export type HealthListener = (part: Part, trouble: string | undefined) => void

const RETRY = { first: 1000, most: 60_000 } // milliseconds

interface Supervision {
  readonly host: Host
  readonly signal: AbortSignal
  readonly onHealth: HealthListener
}

/**
 * Starts every part. A vital one that cannot start ends the program with its sentence; any other is tried again, ever
 * less often, while the rest serves. What is returned closes them in the reverse order.
 */
export async function supervise(parts: readonly Part[], supervision: Supervision): Promise<AsyncDisposable> {
  const scope = new Scope()
  try {
    for (const part of parts) await startPart(part, scope, supervision)
    return scope
  } catch (fault) {
    await scope[Symbol.asyncDispose]()
    throw fault
  }
}

async function startPart(part: Part, scope: Scope, supervision: Supervision): Promise<void> {
  try {
    scope.hold(await part.start(supervision.signal))
    supervision.onHealth(part, undefined)
  } catch (fault) {
    if (part.vital || !(fault instanceof HostFault)) throw fault
    troubled(part, fault, supervision)
    const retrying = keepTrying(part, scope, supervision)
    scope.onClose(() => retrying)
  }
}

async function keepTrying(part: Part, scope: Scope, supervision: Supervision): Promise<void> {
  const { host, signal, onHealth } = supervision
  for (let wait = RETRY.first; ; wait = Math.min(wait * 2, RETRY.most)) {
    await host.clock.wait(wait, signal).catch(() => undefined) // aborted: the next line ends the loop
    if (signal.aborted) return
    try {
      const listener = await part.start(signal)
      if (signal.aborted) return await listener[Symbol.asyncDispose]() // too late: the scope is closing
      scope.hold(listener)
      return onHealth(part, undefined)
    } catch (fault) {
      if (!(fault instanceof HostFault)) throw fault
      troubled(part, fault, supervision)
    }
  }
}

function troubled(part: Part, fault: HostFault, { host, onHealth }: Supervision): void {
  host.log.error('a part of a service does not serve, trying again', {
    service: part.service,
    part: part.what,
    reason: fault.message,
  })
  onHealth(part, fault.message)
}
