import type { Clock } from './clock.ts'
import type { Log } from './log.ts'

/** The little that every room is handed: time, chance, and a place to say what it did. */
export interface Host {
  readonly clock: Clock
  readonly log: Log
  /** A number from 0 (included) to 1 (excluded). */
  readonly random: () => number
}
