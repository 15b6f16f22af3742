import type { Client } from '../machinery/api/client.ts'
import type { Host } from '../machinery/host/host.ts'
import type { Config } from './config.ts'
import type { ServiceName } from './pods.ts'
import type { Account } from './rights.ts'
import type { HealthListener } from './supervise.ts'

export interface ServerOptions {
  readonly config: Config
  readonly version: string
  readonly host: Host
  /** What a pod and the programs that give credentials find in theirs. */
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** The Kubernetes API that the house stands on: its own, or that of a cluster that was there before. */
export interface Cluster extends AsyncDisposable {
  /** Lets the work be done: at once, or whenever this replica leads. Resolves when the signal was aborted. */
  serve(work: (seat: Seat) => Promise<void>, signal: AbortSignal): Promise<void>
}

/** What the work is handed for as long as it may last. */
export interface Seat {
  /** The API as the house itself sees it. */
  readonly client: Client
  /** The API as one account of the house sees it. */
  readonly accountClient: (account: Account) => Client
  /** The log of one service. */
  readonly serviceHost: (service: ServiceName) => Host
  readonly onHealth: HealthListener
  /** Aborted when the work has to end. */
  readonly signal: AbortSignal
}
