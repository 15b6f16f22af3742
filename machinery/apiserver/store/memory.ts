import { Change, type Row, Stored } from './change.ts'
import type { Forgotten, Loaded } from './disk.ts'
import { SortedMap } from './sorted.ts'
import { Present, type View } from './view.ts'
import { Window, type WindowLimits } from './window.ts'

const AT_ONCE = 1000 // writes that a disk is told to forget with one group

/** All objects as they are, the newest changes, and what the disk need no longer keep. */
export class Memory {
  readonly present: View
  readonly window: Window
  readonly #collections: Map<string, SortedMap<Stored>>
  /** Revisions that neither the present nor the window shows, but the disk still holds. */
  #dead: number[] = []
  // Revision 1 is that of an empty store: 0 has a meaning of its own in requests.
  #revision = 1

  constructor({ rows, compacted }: Loaded, limits: WindowLimits) {
    this.#revision = Math.max(compacted, 1)
    this.window = new Window(limits, this.#revision)
    this.#collections = this.#replay(rows, compacted)
    this.present = new Present(this.#collections, () => this.#revision)
  }

  get revision(): number {
    return this.#revision
  }

  /** What a disk need not keep once the next group is on it. */
  get forgotten(): Forgotten {
    return { compacted: this.window.oldest, revisions: this.#dead.slice(0, AT_ONCE) }
  }

  /** The disk has forgotten these. */
  forget({ revisions }: Forgotten): void {
    if (revisions.length > 0) this.#dead = this.#dead.slice(revisions.length)
  }

  apply(change: Change): void {
    const collection = this.#collections.get(change.collection) ?? new SortedMap<Stored>()
    this.#collections.set(change.collection, collection)
    if (change.type === 'DELETED') collection.delete(change.key)
    else collection.set(change.key, change.now)
    this.#revision = change.revision
    this.#outlived(this.window.add(change))
  }

  /** Forgets what was before a revision. */
  compact(revision: number): void {
    this.#outlived(this.window.forget(revision))
  }

  /** After these left the window nobody asks what was before them, nor for what they deleted. */
  #outlived(changes: readonly Change[]): void {
    for (const { type, revision, was } of changes) {
      if (was) this.#dead.push(was.revision)
      if (type === 'DELETED') this.#dead.push(revision)
    }
  }

  #replay(rows: Iterable<Row>, compacted: number): Map<string, SortedMap<Stored>> {
    const collections = new Map<string, Map<string, Stored>>()
    for (const row of rows) {
      const objects = collections.get(row.collection) ?? new Map<string, Stored>()
      collections.set(row.collection, objects)
      const was = objects.get(row.key)
      const now = new Stored(row)
      if (row.type === 'DELETED') objects.delete(row.key)
      else objects.set(row.key, now)
      const change = new Change(row, now, was)
      this.#outlived(row.revision > compacted ? this.window.add(change) : [change])
      this.#revision = Math.max(this.#revision, row.revision)
    }
    return new Map([...collections].map(([name, objects]) => [name, new SortedMap(objects)]))
  }
}
