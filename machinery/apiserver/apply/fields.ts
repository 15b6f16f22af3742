import { isObject } from '../registry/served.ts'
import { itemElement } from './item.ts'
import { EMPTY, type FieldSet, hasChildren, isEmpty, LEAF, nodeOf } from './set.ts'
import { formOf, type ListShape, type MapShape, memberElement, memberShape, type Shape } from './shape.ts'

type Draft = Record<string, FieldSet>

/** Every leaf and every item of an object (structured-merge-diff `ToFieldSet`): what an applied configuration owns. */
export function fieldsOf(shape: Shape, value: unknown): FieldSet {
  const found = below(shape, value)
  return !found || isEmpty(found) ? EMPTY : found
}

/** What is in the set at and below a value; undefined when that is nothing. A leaf is itself in it. */
function below(shape: Shape, value: unknown): FieldSet | undefined {
  switch (formOf(shape, value)) {
    case 'map':
      return shape.map && belowMap(shape.map, value)
    case 'list':
      return shape.list && belowList(shape.list, value)
    default:
      return LEAF
  }
}

function belowMap(map: MapShape, value: unknown): FieldSet | undefined {
  if (map.atomic) return LEAF
  if (!isObject(value)) return undefined
  const found: Draft = {}
  for (const name in value) {
    const member = value[name]
    const shape = memberShape(map, name)
    if (member === undefined || !shape) continue
    const inside = below(shape, member)
    const own = !map.fields.has(name) || isNothing(member)
    const node = own ? nodeOf(true, inside && hasChildren(inside) ? inside : EMPTY) : inside
    if (node) found[memberElement(map, name)] = node
  }
  return isEmpty(found) ? undefined : found
}

function isNothing(value: unknown): boolean {
  return value === null || (isObject(value) && isEmpty(value))
}

function belowList(list: ListShape, value: unknown): FieldSet | undefined {
  if (list.atomic) return LEAF
  if (!Array.isArray(value) || value.length === 0) return undefined
  const found: Draft = {}
  for (const item of value) {
    const element = itemElement(list, item)
    // Twice the same item: its fields have no owner, only the item has.
    const inside = Object.hasOwn(found, element) ? undefined : below(list.items, item)
    found[element] = nodeOf(true, inside && hasChildren(inside) ? inside : EMPTY) ?? LEAF
  }
  return found
}
