import type { Store } from '../store/store.ts'
import { type Hook, hooksOf } from './hook.ts'

/** All webhooks of one sort, read from the store again when a configuration changes. */
export class Hooks implements Disposable {
  readonly #store: Store
  readonly #collection: string
  readonly #following: Disposable
  #known: readonly Hook[] | undefined

  constructor(store: Store, collection: string) {
    this.#store = store
    this.#collection = collection
    this.#following = store.follow(collection, () => {
      this.#known = undefined
    })
  }

  /** In the order of their configurations' names, and within one as it lists them. */
  get all(): readonly Hook[] {
    this.#known ??= [...this.#store.from(this.#collection)].flatMap(({ object }) => hooksOf(object))
    return this.#known
  }

  [Symbol.dispose](): void {
    this.#following[Symbol.dispose]()
  }
}
