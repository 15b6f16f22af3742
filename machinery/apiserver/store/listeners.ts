import type { Change } from './change.ts'

/** Hears of one change. It must not throw. */
export type Listener = (change: Change) => void

/** Hears of changes that became durable together. It must not throw. */
export type Follower = (changes: readonly Change[]) => void

/** Who wants to hear of what: a change costs nothing to those who follow other collections. */
export class Listeners {
  readonly #all = new Set<Listener>()
  readonly #followers = new Map<string, Set<Follower>>()

  listen(listener: Listener): Disposable {
    this.#all.add(listener)
    return { [Symbol.dispose]: () => void this.#all.delete(listener) }
  }

  follow(collection: string, follower: Follower): Disposable {
    const followers = this.#followers.get(collection) ?? new Set()
    this.#followers.set(collection, followers.add(follower))
    return {
      [Symbol.dispose]: () => {
        followers.delete(follower)
        if (followers.size === 0 && this.#followers.get(collection) === followers) this.#followers.delete(collection)
      },
    }
  }

  tell(changes: readonly Change[]): void {
    for (const change of changes) for (const listener of this.#all) listener(change)
    for (const [collection, some] of Map.groupBy(changes, change => change.collection)) {
      for (const follower of this.#followers.get(collection) ?? []) follower(some)
    }
  }

  clear(): void {
    this.#all.clear()
    this.#followers.clear()
  }
}
