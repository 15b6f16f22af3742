import { ApiFault } from '../../api/fault.ts'
import type { Change } from './change.ts'
import { firstWhere } from './sorted.ts'

/** What is kept of the past: no more changes than this, no more bytes, and none that is older. */
export interface WindowLimits {
  readonly changes: number
  readonly bytes: number
  /** Milliseconds. */
  readonly age: number
}

// Five minutes is what kube-apiserver asks of etcd (--etcd-compaction-interval).
export const WINDOW_LIMITS: WindowLimits = { changes: 10_000, bytes: 64 * 1024 * 1024, age: 5 * 60_000 }

const AT_ONCE = 8 // changes forgotten for one that is added: after a long pause no single write pays for all

/** The newest changes in memory, so that a watcher can go on from where it was, and a list show what was. */
export class Window {
  readonly #limits: WindowLimits
  #changes: (Change | undefined)[] = []
  #first = 0
  #bytes = 0
  /** The newest revision that is no longer here. */
  #forgotten: number

  constructor(limits: WindowLimits, forgotten: number) {
    this.#limits = limits
    this.#forgotten = forgotten
  }

  /** What was at this revision or any later one is known. */
  get oldest(): number {
    return this.#forgotten
  }

  /** Keeps a change, and gives back those that are forgotten for it. */
  add(change: Change): Change[] {
    this.#changes.push(change)
    this.#bytes += change.json.length
    const dropped: Change[] = []
    while (dropped.length < AT_ONCE && this.#over(change.time)) dropped.push(...this.#drop())
    return dropped
  }

  /** Forgets the changes up to a revision, all but the newest, and gives them back. */
  forget(revision: number): Change[] {
    const dropped: Change[] = []
    while (this.#length > 1 && (this.#changes[this.#first]?.revision ?? 0) <= revision) dropped.push(...this.#drop())
    return dropped
  }

  /** Changes after the revision; refuses with `Expired` when some of them are forgotten. */
  since(revision: number): readonly Change[] {
    if (revision < this.#forgotten) {
      throw new ApiFault('Expired', `too old resource version: ${revision} (${this.#forgotten})`)
    }
    const after = (n: number) => (this.#changes[this.#first + n]?.revision ?? 0) > revision
    return this.#changes.slice(this.#first + firstWhere(this.#length, after)).filter(change => change !== undefined)
  }

  get #length(): number {
    return this.#changes.length - this.#first
  }

  #over(now: number): boolean {
    const { changes, bytes, age } = this.#limits
    const oldest = this.#changes[this.#first]
    if (!oldest || this.#length === 1) return false
    return this.#length > changes || this.#bytes > bytes || now - oldest.time > age
  }

  #drop(): Change[] {
    const change = this.#changes[this.#first]
    if (!change) return []
    this.#changes[this.#first++] = undefined
    this.#bytes -= change.json.length
    this.#forgotten = change.revision
    if (this.#first * 2 > this.#changes.length) this.#compact()
    return [change]
  }

  #compact(): void {
    this.#changes = this.#changes.slice(this.#first)
    this.#first = 0
  }
}
