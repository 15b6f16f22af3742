import { isObject } from '../registry/served.ts'
import { compareElements, type Element, readElement } from './element.ts'
import { ApplyFault } from './fault.ts'

/**
 * A set of fields in the very form in which FieldsV1 writes it: a tree of elements. A node is a member of the set when
 * it has nothing below it or says so with a `.`; the root is no member. Sets are never changed, and share what they can.
 */
export interface FieldSet {
  readonly [element: Element]: FieldSet
}

type Draft = Record<Element, FieldSet>

/** A node that is a member and has nothing below it. */
export const LEAF: FieldSet = Object.freeze({})
export const EMPTY: FieldSet = LEAF
export const SELF = '.'

/** Whether a set, or any object, has nothing in it. */
export function isEmpty(set: Readonly<Record<string, unknown>>): boolean {
  for (const _ in set) return false
  return true
}

export function isMember(node: FieldSet): boolean {
  return SELF in node || isEmpty(node)
}

export function hasChildren(node: FieldSet): boolean {
  for (const element in node) if (element !== SELF) return true
  return false
}

/** A node out of what is below it; undefined when neither it nor anything below is a member. */
export function nodeOf(member: boolean, children: FieldSet): FieldSet | undefined {
  if (isEmpty(children)) return member ? LEAF : undefined
  return member ? { [SELF]: LEAF, ...children } : children
}

/** The set of one path, or of paths. */
export function setOf(...paths: readonly (readonly Element[])[]): FieldSet {
  return paths.reduce<FieldSet>((set, path) => union(set, pathSet(path)), EMPTY)
}

function pathSet(path: readonly Element[]): FieldSet {
  return path.reduceRight<FieldSet>((below, element) => ({ [element]: below }), LEAF)
}

export function has(set: FieldSet, path: readonly Element[]): boolean {
  let node = set
  for (const element of path) {
    const below = node[element]
    if (below === undefined) return false
    node = below
  }
  return path.length > 0 && isMember(node)
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmpty(b)) return a
  return isEmpty(a) ? b : mixed(a, b)
}

function mixed(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a
  const out: Draft = isMember(a) || isMember(b) ? { [SELF]: LEAF } : {}
  for (const element in a) if (element !== SELF) out[element] = a[element] ?? LEAF
  for (const element in b) {
    if (element === SELF) continue
    const known = out[element]
    const given = b[element] ?? LEAF
    out[element] = known ? mixed(known, given) : given
  }
  return onlySelf(out) ? LEAF : out
}

function onlySelf(node: FieldSet): boolean {
  return SELF in node && !hasChildren(node)
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const out: Draft = {}
  for (const element in a) {
    const left = a[element]
    const right = b[element]
    if (element === SELF || !left || !right) continue
    const both = nodeOf(isMember(left) && isMember(right), intersection(left, right))
    if (both) out[element] = both
  }
  return out
}

/** What is in the first and not in the second; a field stays when only its parent is in the second. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return isEmpty(a) || isEmpty(b) ? a : without(a, b, keepBelow)
}

/** The same, but what is below a member of the second goes too. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  return isEmpty(a) || isEmpty(b) ? a : without(a, b, dropBelow)
}

type Cut = (node: FieldSet, by: FieldSet) => FieldSet | undefined

function without(a: FieldSet, b: FieldSet, cut: Cut): FieldSet {
  const out: Draft = {}
  let changed = false
  for (const element in a) {
    if (element === SELF) continue
    const node = a[element] ?? LEAF
    const by = b[element]
    const kept = by ? cut(node, by) : node
    if (kept !== node) changed = true
    if (kept) out[element] = kept
  }
  if (changed) return out
  return SELF in a ? out : a
}

const keepBelow: Cut = (node, by) => {
  const children = hasChildren(node) ? without(node, by, keepBelow) : EMPTY
  return same(node, isMember(node) && !isMember(by), children)
}

const dropBelow: Cut = (node, by) => {
  if (isMember(by)) return undefined
  const children = hasChildren(node) ? without(node, by, dropBelow) : EMPTY
  return same(node, isMember(node), children)
}

/** The node itself where nothing of it went. */
function same(node: FieldSet, member: boolean, children: FieldSet): FieldSet | undefined {
  if (member === isMember(node) && count(children) === count(node)) {
    let kept = true
    for (const element in children) if (children[element] !== node[element]) kept = false
    if (kept) return node
  }
  return nodeOf(member, children)
}

function count(node: FieldSet): number {
  return Object.keys(node).length - (SELF in node ? 1 : 0)
}

export function equal(a: FieldSet, b: FieldSet): boolean {
  if (a === b) return true
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(key => {
    const left = a[key]
    const right = b[key]
    return left !== undefined && right !== undefined && equal(left, right)
  })
}

/** Every member, in the order of the real server: those of a level before what is below them. */
export function* paths(set: FieldSet, prefix: readonly Element[] = []): Generator<readonly Element[]> {
  const elements = Object.keys(set).filter(element => element !== SELF)
  for (const element of elements) if (isMember(set[element] ?? LEAF)) yield [...prefix, element]
  for (const element of elements) yield* paths(set[element] ?? LEAF, [...prefix, element])
}

/** The same set with its elements in the order in which the real server writes them. */
export function ordered(set: FieldSet): FieldSet {
  const keys = Object.keys(set)
  let changed = false
  for (let at = 1; at < keys.length && !changed; at++) changed = before(keys[at] ?? '', keys[at - 1] ?? '')
  if (changed) keys.sort((a, b) => (before(a, b) ? -1 : 1))
  const out: Draft = {}
  for (const key of keys) {
    const node = set[key] ?? LEAF
    const next = isEmpty(node) ? LEAF : ordered(node)
    if (next !== node) changed = true
    out[key] = next
  }
  return changed ? out : set
}

function before(a: Element, b: Element): boolean {
  if (a === SELF || b === SELF) return a === SELF
  // Most are fields, and there are many of them.
  if (a.startsWith('f:') && b.startsWith('f:')) return a < b
  return compareElements(a, b) < 0
}

/** Reads FieldsV1 that came from outside; elements of a kind we do not know are left out. */
export function readSet(value: unknown): FieldSet {
  if (!isObject(value)) throw new ApplyFault('apply/fields', 'expect { or n')
  return ordered(readChildren(value))
}

function readChildren(value: Readonly<Record<string, unknown>>): FieldSet {
  const out: Draft = {}
  for (const [key, below] of Object.entries(value)) {
    if (key === SELF) continue
    const element = readElement(key)
    if (element === undefined) continue
    if (typeof element !== 'string') throw new ApplyFault('apply/fields', element.fault)
    const node = isObject(below) ? readNode(below) : LEAF
    const known = out[element]
    out[element] = known ? mixed(known, node) : node
  }
  return out
}

function readNode(value: Readonly<Record<string, unknown>>): FieldSet {
  const children = readChildren(value)
  return nodeOf(SELF in value || isEmpty(children), children) ?? LEAF
}
