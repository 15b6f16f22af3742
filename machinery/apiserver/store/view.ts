import type { Body, Change, Place, Stored } from './change.ts'
import { SortedMap } from './sorted.ts'

/** All objects as they are now, or were at a revision. */
export interface View {
  readonly revision: number
  get(place: Place): Body | undefined
  /** With its JSON. */
  find(place: Place): Stored | undefined
  /**
   * Objects in the order of their keys: those whose key comes after `after`, as long as it starts with `prefix`. Take
   * what is needed at once: it does not outlive the next write.
   */
  from(collection: string, prefix?: string, after?: string): Iterable<Stored>
  /** How many `from` would give. */
  count(collection: string, prefix?: string, after?: string): number
}

export type Collections = ReadonlyMap<string, SortedMap<Stored>>

/** The last of all strings that begin with a prefix, as far as keys go: no key holds this character. */
const END = '\uffff'

/** What is there now. */
export class Present implements View {
  readonly #collections: Collections
  readonly #newest: () => number

  constructor(collections: Collections, newest: () => number) {
    this.#collections = collections
    this.#newest = newest
  }

  get revision(): number {
    return this.#newest()
  }

  get(place: Place): Body | undefined {
    return this.find(place)?.object
  }

  find({ collection, key }: Place): Stored | undefined {
    return this.#collections.get(collection)?.get(key)
  }

  *from(collection: string, prefix = '', after = ''): Generator<Stored> {
    for (const [key, stored] of this.#collections.get(collection)?.from(firstKey(prefix, after)) ?? []) {
      if (!key.startsWith(prefix)) return
      yield stored
    }
  }

  count(collection: string, prefix = '', after = ''): number {
    return this.#collections.get(collection)?.between(firstKey(prefix, after), prefix + END) ?? 0
  }
}

/** What was there at a revision: the present, with what changed since undone. Nothing is copied but the changed. */
export class Past implements View {
  readonly revision: number
  readonly #present: View
  readonly #undone = new Map<string, SortedMap<Stored | undefined>>()

  /** `since` are all changes after the revision. */
  constructor(revision: number, present: View, since: readonly Change[]) {
    this.revision = revision
    this.#present = present
    for (const { collection, key, was } of since) {
      const undone = this.#undone.get(collection) ?? new SortedMap<Stored | undefined>()
      this.#undone.set(collection, undone)
      if (!undone.has(key)) undone.set(key, was)
    }
  }

  get(place: Place): Body | undefined {
    return this.find(place)?.object
  }

  find(place: Place): Stored | undefined {
    const undone = this.#undone.get(place.collection)
    return undone?.has(place.key) ? undone.get(place.key) : this.#present.find(place)
  }

  *from(collection: string, prefix = '', after = ''): Generator<Stored> {
    const undone = this.#changed(collection, prefix, after)
    let next = undone.next()
    for (const stored of this.#present.from(collection, prefix, after)) {
      for (; !next.done && next.value[0] < stored.key; next = undone.next()) if (next.value[1]) yield next.value[1]
      if (next.done || next.value[0] !== stored.key) yield stored
    }
    for (; !next.done; next = undone.next()) if (next.value[1]) yield next.value[1]
  }

  count(collection: string, prefix = '', after = ''): number {
    let count = this.#present.count(collection, prefix, after)
    for (const [key, was] of this.#changed(collection, prefix, after)) {
      count += (was ? 1 : 0) - (this.#present.find({ collection, key }) ? 1 : 0)
    }
    return count
  }

  *#changed(collection: string, prefix: string, after: string): Generator<readonly [string, Stored | undefined], void> {
    for (const entry of this.#undone.get(collection)?.from(firstKey(prefix, after)) ?? []) {
      if (!entry[0].startsWith(prefix)) return
      yield entry
    }
  }
}

/** The first key that starts with the prefix and comes after another. */
function firstKey(prefix: string, after: string): string {
  return after < prefix ? prefix : `${after}\0`
}
