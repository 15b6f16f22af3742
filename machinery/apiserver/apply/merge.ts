import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'
import type { Element } from './element.ts'
import { itemElement } from './item.ts'
import { isEmpty } from './set.ts'
import { formOf, type ListShape, type MapShape, memberShape, type Shape } from './shape.ts'

/** What is applied, laid over what is there (structured-merge-diff `Merge`): nothing goes, and what both say is as applied. */
export function merge(shape: Shape, live: unknown, applied: unknown): unknown {
  if (applied === undefined) return live
  if (live === undefined) return applied
  const form = formOf(shape, applied)
  if (form === 'map' && shape.map) return mergeMaps(shape.map, live, applied)
  if (form === 'list' && shape.list) return mergeLists(shape.list, live, applied)
  return applied
}

function mergeMaps(map: MapShape, live: unknown, applied: unknown): unknown {
  const left = isObject(live) ? live : NOTHING
  const right = isObject(applied) ? applied : NOTHING
  if (map.atomic || (isEmpty(left) && isEmpty(right))) return applied
  const merged: Record<string, unknown> = { ...left }
  for (const [name, value] of Object.entries(right)) {
    const shape = memberShape(map, name)
    const known = Object.hasOwn(left, name) ? left[name] : undefined
    set(merged, name, shape ? merge(shape, known, value) : value)
  }
  return merged
}

const NOTHING: Readonly<Record<string, unknown>> = {}

function mergeLists(list: ListShape, live: unknown, applied: unknown): unknown {
  const left: readonly unknown[] = Array.isArray(live) ? live : []
  const right: readonly unknown[] = Array.isArray(applied) ? applied : []
  if (list.atomic || (left.length === 0 && right.length === 0)) return applied
  return new ListMerge(list, left, right).items()
}

interface Item {
  readonly element: Element
  readonly value: unknown
}

/**
 * The items of both lists: those in both stand in the order in which they are applied; the others stand where they
 * stood among them. (structured-merge-diff `visitListItems`)
 */
class ListMerge {
  readonly #list: ListShape
  readonly #left: readonly Item[]
  readonly #right: readonly Item[]
  readonly #live = new Map<Element, unknown>()
  readonly #applied: ReadonlyMap<Element, unknown>
  readonly #shared: Element[]
  readonly #taken = new Set<Element>()
  readonly #merged: unknown[] = []

  constructor(list: ListShape, left: readonly unknown[], right: readonly unknown[]) {
    const item = (value: unknown): Item => ({ element: itemElement(list, value), value })
    this.#list = list
    this.#left = left.map(item)
    this.#right = right.map(item)
    // An item that is there twice is not merged with anything.
    for (const { element, value } of this.#left) this.#live.set(element, this.#live.has(element) ? undefined : value)
    this.#applied = new Map(this.#right.map(({ element, value }) => [element, value]))
    this.#shared = this.#right.map(({ element }) => element).filter(element => this.#live.has(element))
  }

  items(): readonly unknown[] {
    let at = 0
    let to = 0
    while (at < this.#left.length || to < this.#right.length) {
      const was = this.#left[at]
      const is = this.#right[to]
      if (was && is && was.element === is.element) {
        this.#take(is)
        this.#shared.shift()
        at++
        to++
      } else if (was && is && this.#comesLater(was)) at++
      else if (was && !this.#applied.has(was.element)) {
        this.#merged.push(was.value)
        at++
      } else {
        if (was && this.#taken.has(was.element)) at++
        if (is) {
          this.#take(is)
          if (this.#shared[0] === is.element) this.#shared.shift()
          to++
        }
      }
    }
    return this.#merged
  }

  /** An item of both lists, but not the next of them. */
  #comesLater({ element }: Item): boolean {
    const [next] = this.#shared
    return next !== undefined && next !== element && this.#applied.has(element)
  }

  #take({ element, value }: Item): void {
    this.#taken.add(element)
    this.#merged.push(merge(this.#list.items, this.#live.get(element), value))
  }
}
