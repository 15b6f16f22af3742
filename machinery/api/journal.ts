import type { Stage } from './timeline.ts'

/** Which machine a fact is about: by the name of its Hardware, or by a MAC that no Hardware has yet. */
export type Subject = { readonly hardware: string; readonly namespace: string } | { readonly mac: string }

/** What a service tells the journal; the journal adds the time. */
export interface Observation {
  readonly of: Subject
  readonly stage: Stage
  /** A constant code, for example `dhcp-ack`. */
  readonly what: string
  readonly says: string
  readonly severity?: 'normal' | 'warning'
  /** Never a secret. */
  readonly evidence?: Readonly<Record<string, string>>
  /**
   * Facts with the same key follow one another in place: a progress report replaces the last one instead of filling
   * the journal. The key is `what` within the stage.
   */
  readonly replaces?: boolean
}

/**
 * The one place where services say what each machine did. Recording never fails and never waits: facts are written in
 * small batches to the machine's Timeline, and to Events on its Hardware.
 */
export interface Journal {
  record(observation: Observation): void
}

/** The journal of a test: everything in one array. */
export class MemoryJournal implements Journal {
  readonly observations: Observation[] = []

  record(observation: Observation): void {
    this.observations.push(observation)
  }
}

/** Drops everything. */
export const silentJournal: Journal = { record: () => undefined }
