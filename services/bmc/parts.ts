import type { Journal } from '../../machinery/api/journal.ts'
import type { Host } from '../../machinery/host/host.ts'
import type { Driver } from './driver.ts'

/** What the controllers of this room are handed. */
export interface BmcParts {
  /** Its log is the service's own. */
  readonly host: Host
  readonly journal: Journal
  /** The protocols, in the order in which they are tried. */
  readonly drivers: readonly Driver[]
  readonly settings?: Partial<BmcSettings>
}

/** Times in milliseconds. */
export interface BmcSettings {
  /** How often each BMC is asked for the power state. */
  readonly powerCheckInterval: number
  /** How long a Task may try before it fails. */
  readonly taskDeadline: number
}

const MINUTE = 60_000
const DEFAULTS: BmcSettings = { powerCheckInterval: 3 * MINUTE, taskDeadline: 10 * MINUTE }

export function settingsOf({ settings }: BmcParts): BmcSettings {
  return { ...DEFAULTS, ...settings }
}

/** The name that users of Tinkerbell look for in objects and events. */
export const WHO = 'rufio'
