const FULL = 512 // entries of a chunk before it is split

interface Chunk<V> {
  readonly keys: string[]
  readonly values: V[]
}

/**
 * Values in the order of their keys. Sorted chunks of bounded length: what one change costs grows with the logarithm of
 * the count, and nothing is ever sorted again.
 */
export class SortedMap<V> {
  #chunks: Chunk<V>[] = []
  #size = 0

  constructor(entries: Iterable<readonly [string, V]> = []) {
    const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
    for (let at = 0; at < sorted.length; at += FULL / 2) {
      const part = sorted.slice(at, at + FULL / 2)
      this.#chunks.push({ keys: part.map(([key]) => key), values: part.map(([, value]) => value) })
    }
    this.#size = sorted.length
  }

  get size(): number {
    return this.#size
  }

  get(key: string): V | undefined {
    const { chunk, at, found } = this.#seek(key)
    return found ? chunk?.values[at] : undefined
  }

  has(key: string): boolean {
    return this.#seek(key).found
  }

  set(key: string, value: V): void {
    const { chunk, index, at, found } = this.#seek(key)
    if (!chunk) this.#chunks.push({ keys: [key], values: [value] })
    else if (found) chunk.values[at] = value
    else {
      chunk.keys.splice(at, 0, key)
      chunk.values.splice(at, 0, value)
      if (chunk.keys.length > FULL) this.#split(chunk, index)
    }
    if (!found) this.#size++
  }

  delete(key: string): void {
    const { chunk, index, at, found } = this.#seek(key)
    if (!chunk || !found) return
    chunk.keys.splice(at, 1)
    chunk.values.splice(at, 1)
    if (chunk.keys.length === 0) this.#chunks.splice(index, 1)
    this.#size--
  }

  /** Entries from the key on, itself included. Take what is needed at once: it does not outlive the next change. */
  *from(key: string): Generator<readonly [string, V]> {
    const start = this.#seek(key)
    let at = start.at
    for (let n = start.index; n < this.#chunks.length; n++, at = 0) {
      const { keys, values } = this.#chunks[n] ?? { keys: [], values: [] }
      for (; at < keys.length; at++) yield [keys[at], values[at]] as [string, V]
    }
  }

  /** How many keys there are from one on, itself included, to before another. */
  between(from: string, before: string): number {
    return from < before ? this.#rank(before) - this.#rank(from) : 0
  }

  #rank(key: string): number {
    const { index, at } = this.#seek(key)
    let rank = at
    for (let n = 0; n < index; n++) rank += this.#chunks[n]?.keys.length ?? 0
    return rank
  }

  /** Where the key is, or would be: in the last chunk that does not begin after it. */
  #seek(key: string): { chunk: Chunk<V> | undefined; index: number; at: number; found: boolean } {
    const index = Math.max(0, firstWhere(this.#chunks.length, n => (this.#chunks[n]?.keys[0] ?? '') > key) - 1)
    const chunk = this.#chunks[index]
    const keys = chunk?.keys ?? []
    const at = firstWhere(keys.length, n => (keys[n] ?? '') >= key)
    return { chunk, index, at, found: keys[at] === key }
  }

  #split(chunk: Chunk<V>, index: number): void {
    const half = chunk.keys.length >> 1
    const upper = { keys: chunk.keys.splice(half), values: chunk.values.splice(half) }
    this.#chunks.splice(index + 1, 0, upper)
  }
}

/** The first of `count` numbers for which it holds, when it holds for all after it; `count` when for none. */
export function firstWhere(count: number, holds: (n: number) => boolean): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
