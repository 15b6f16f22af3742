import type { Body, Change } from './change.ts'

/** What a disk still knew when it was opened. */
export interface Loaded {
  readonly objects: Iterable<{ readonly collection: string; readonly key: string; readonly object: Body }>
  /** The newest changes, oldest first. */
  readonly changes: Iterable<Change>
  /** The revision of the last change ever made; 0 for a new disk. */
  readonly revision: number
}

/** Where the store keeps its changes. One contract suite runs on every implementation. */
export interface Disk extends Disposable {
  load(): Loaded
  /**
   * Makes the changes durable, all or none, before it returns; forgets those older than `oldest`.
   * Throws a StoreFault, and then has kept none.
   */
  commit(changes: readonly Change[], oldest: number): void
  /** Calls `run` soon, when the writes that are under way have joined the group. */
  gather(run: () => void): void
}

/** A disk that forgets: for tests. */
export function memoryDisk(): Disk {
  return {
    load: () => ({ objects: [], changes: [], revision: 0 }),
    commit: () => undefined,
    gather: run => queueMicrotask(run),
    [Symbol.dispose]: () => undefined,
  }
}
