import type { Body } from './change.ts'

/** All objects of one kind by key, and in the order of their keys, as Kubernetes lists them. */
export class Collection {
  readonly #objects = new Map<string, Body>()
  #sorted: readonly string[] | undefined

  get size(): number {
    return this.#objects.size
  }

  get(key: string): Body | undefined {
    return this.#objects.get(key)
  }

  put(key: string, object: Body): void {
    if (!this.#objects.has(key)) this.#sorted = undefined
    this.#objects.set(key, object)
  }

  remove(key: string): void {
    if (this.#objects.delete(key)) this.#sorted = undefined
  }

  /** Objects whose key comes after `after`, as long as it starts with `prefix`. */
  *from(prefix: string, after = ''): Generator<{ readonly key: string; readonly object: Body }> {
    this.#sorted ??= [...this.#objects.keys()].sort()
    const keys = this.#sorted
    for (let at = firstAfter(keys, prefix, after); at < keys.length; at++) {
      const key = keys[at] ?? ''
      if (!key.startsWith(prefix)) return
      const object = this.#objects.get(key)
      if (object) yield { key, object }
    }
  }
}

function firstAfter(keys: readonly string[], prefix: string, after: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    const key = keys[middle] ?? ''
    if (key >= prefix && key > after) high = middle
    else low = middle + 1
  }
  return low
}
