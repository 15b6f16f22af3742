import { isDeepStrictEqual } from 'node:util'
import { isObject } from '../registry/served.ts'
import type { Element } from './element.ts'
import { itemElement } from './item.ts'
import { EMPTY, type FieldSet, isEmpty, LEAF, nodeOf, recursiveDifference, SELF, union } from './set.ts'
import { type Form, formOf, type ListShape, type MapShape, memberElement, memberShape, type Shape } from './shape.ts'

/** What differs between an object and what it becomes. No field is in more than one of them, where types hold. */
export interface Comparison {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

type Draft = Record<Element, FieldSet>
type Members = Readonly<Record<string, unknown>>

/** Compares two objects field by field (structured-merge-diff `Compare`). */
export function compare(shape: Shape, before: unknown, after: unknown): Comparison {
  return both(shape, before, after) ?? SAME
}

/** Without these fields and what is below them. */
export function exclude({ added, modified, removed }: Comparison, fields: FieldSet): Comparison {
  return {
    added: recursiveDifference(added, fields),
    modified: recursiveDifference(modified, fields),
    removed: recursiveDifference(removed, fields),
  }
}

const SAME: Comparison = { added: EMPTY, modified: EMPTY, removed: EMPTY }

/** Below a node; `self` says that the node itself was modified. */
interface Change extends Comparison {
  readonly self?: boolean
}

const MODIFIED: Change = { ...SAME, self: true }

function both(shape: Shape, before: unknown, after: unknown): Change | undefined {
  if (before === after) return undefined
  const was = formOf(shape, before)
  const is = formOf(shape, after)
  const second = inForm(shape, is, [before, after])
  if (is === was) return second
  // The value changed its form: seen in the one, and seen in the other.
  const first = inForm(shape, was, [before, after])
  if (!first || !second) return first ?? second
  const { added, modified, removed } = second
  return {
    added: union(first.added, added),
    modified: union(first.modified, modified),
    removed: union(first.removed, removed),
    ...((first.self || second.self) && { self: true }),
  }
}

function inForm(
  shape: Shape,
  form: Form | undefined,
  [before, after]: readonly [unknown, unknown],
): Change | undefined {
  if (form === 'map' && shape.map) return maps(shape.map, before, after)
  if (form === 'list' && shape.list) return lists(shape.list, before, after)
  return leaf(before, after)
}

function leaf(before: unknown, after: unknown): Change | undefined {
  return isDeepStrictEqual(before, after) ? undefined : MODIFIED
}

function maps(map: MapShape, before: unknown, after: unknown): Change | undefined {
  const left = isObject(before) ? before : NOTHING
  const right = isObject(after) ? after : NOTHING
  if (map.atomic || (isEmpty(left) && isEmpty(right))) return leaf(before, after)
  const changes = new Changes()
  for (const name in right) member(map, name, { left, right, changes })
  for (const name in left) if (right[name] === undefined) member(map, name, { left, right, changes })
  return changes.all
}

const NOTHING: Members = {}

interface Sides {
  readonly left: Members
  readonly right: Members
  readonly changes: Changes
}

function member(map: MapShape, name: string, { left, right, changes }: Sides): void {
  const shape = memberShape(map, name)
  if (!shape) return
  changes.note(memberElement(map, name), shape, [left[name], right[name]])
}

function lists(list: ListShape, before: unknown, after: unknown): Change | undefined {
  const left: readonly unknown[] = Array.isArray(before) ? before : []
  const right: readonly unknown[] = Array.isArray(after) ? after : []
  if (list.atomic || (left.length === 0 && right.length === 0)) return leaf(before, after)
  const was = byElement(list, left)
  const is = byElement(list, right)
  const changes = new Changes()
  for (const element of new Set([...was.keys(), ...is.keys()])) {
    items(list, element, { was: was.get(element) ?? [], is: is.get(element) ?? [], changes })
  }
  return changes.all
}

function byElement(list: ListShape, items: readonly unknown[]): Map<Element, unknown[]> {
  const found = new Map<Element, unknown[]>()
  for (const item of items) {
    const element = itemElement(list, item)
    const others = found.get(element)
    if (others) others.push(item)
    else found.set(element, [item])
  }
  return found
}

interface Items {
  readonly was: readonly unknown[]
  readonly is: readonly unknown[]
  readonly changes: Changes
}

/** Items that are there twice are compared as one value. */
function items(list: ListShape, element: Element, { was, is, changes }: Items): void {
  if (was.length <= 1 && is.length <= 1) changes.note(element, list.items, [was[0], is[0]])
  else if (was.length >= 2 && is.length >= 2) {
    if (!isDeepStrictEqual(was, is)) changes.mark('modified', element)
  } else if (was.length >= 2) {
    if (is.length > 0) changes.note(element, list.items, [undefined, is[0]])
    changes.mark('removed', element)
  } else {
    if (was.length > 0) changes.note(element, list.items, [was[0], undefined])
    changes.mark('added', element)
  }
}

/** What changed below one node, gathered. */
class Changes {
  readonly #added: Draft = {}
  readonly #modified: Draft = {}
  readonly #removed: Draft = {}

  /** Compares what stands at an element; undefined is nothing at all. */
  note(element: Element, shape: Shape, [before, after]: readonly [unknown, unknown]): void {
    if (before === undefined && after === undefined) return
    if (before === undefined) add(this.#added, element, whole(shape, after))
    else if (after === undefined) add(this.#removed, element, whole(shape, before))
    else this.#both(element, both(shape, before, after))
  }

  #both(element: Element, change: Change | undefined): void {
    if (!change) return
    const { added, modified, removed, self = false } = change
    add(this.#added, element, nodeOf(false, added))
    add(this.#removed, element, nodeOf(false, removed))
    add(this.#modified, element, nodeOf(self, modified))
  }

  mark(how: keyof Comparison, element: Element): void {
    const draft = { added: this.#added, modified: this.#modified, removed: this.#removed }[how]
    add(draft, element, LEAF)
  }

  get all(): Change | undefined {
    if (isEmpty(this.#added) && isEmpty(this.#modified) && isEmpty(this.#removed)) return undefined
    return { added: this.#added, modified: this.#modified, removed: this.#removed }
  }
}

function add(draft: Draft, element: Element, node: FieldSet | undefined): void {
  if (!node) return
  const known = draft[element]
  draft[element] = known ? joined(known, node) : node
}

function joined(a: FieldSet, b: FieldSet): FieldSet {
  return union({ x: a }, { x: b }).x ?? LEAF
}

/** All of a value that came, or went: every leaf, and every node above one. */
function whole(shape: Shape, value: unknown): FieldSet {
  const form = formOf(shape, value)
  if (form === 'map' && shape.map && !shape.map.atomic && isObject(value)) return wholeMap(shape.map, value)
  if (form === 'list' && shape.list && !shape.list.atomic && Array.isArray(value)) return wholeList(shape.list, value)
  return LEAF
}

function wholeMap(map: MapShape, value: Members): FieldSet {
  const found: Draft = { [SELF]: LEAF }
  let any = false
  for (const name in value) {
    const member = value[name]
    const shape = memberShape(map, name)
    if (member === undefined || !shape) continue
    found[memberElement(map, name)] = whole(shape, member)
    any = true
  }
  return any ? found : LEAF
}

function wholeList(list: ListShape, value: readonly unknown[]): FieldSet {
  if (value.length === 0) return LEAF
  const found: Draft = { [SELF]: LEAF }
  for (const item of value) {
    const element = itemElement(list, item)
    found[element] = Object.hasOwn(found, element) ? LEAF : whole(list.items, item)
  }
  return found
}
