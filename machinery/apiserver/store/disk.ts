import type { Row } from './change.ts'

/** What a disk still knew when it was opened. */
export interface Loaded {
  /** Every write that is not forgotten, in the order of the revisions: what objects are now, and what they were lately. */
  readonly rows: Iterable<Row>
  /** What was before this revision is not known. 0 for a new disk. */
  readonly compacted: number
}

/** What a disk need no longer keep. */
export interface Forgotten {
  readonly compacted: number
  /** Writes that neither the present nor the known past shows. */
  readonly revisions: readonly number[]
}

/** Where the store keeps its writes. One contract suite runs on every implementation. */
export interface Disk extends Disposable {
  load(): Loaded
  /** Resolves when the writes that are under way at this moment had time to join a group. */
  gather(): Promise<void>
  /**
   * Makes the writes durable, all or none, and forgets others. One group at a time.
   * Rejects with a StoreFault, and then has acknowledged none.
   */
  commit(rows: readonly Row[], forgotten: Forgotten): Promise<void>
}

/** A disk made of memory: what was written is there as long as the disk is. */
export function memoryDisk(): Disk {
  const rows = new Map<number, Row>()
  let compacted = 0
  return {
    load: () => ({ rows: [...rows.values()], compacted }),
    gather: () => Promise.resolve(),
    async commit(written, forgotten) {
      for (const row of written) rows.set(row.revision, row)
      for (const revision of forgotten.revisions) rows.delete(revision)
      compacted = forgotten.compacted
    },
    [Symbol.dispose]: () => undefined,
  }
}
