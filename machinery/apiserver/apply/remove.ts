import { set } from '../registry/merge.ts'
import { isObject } from '../registry/served.ts'
import { fieldName, isKeyElement } from './element.ts'
import { itemElement } from './item.ts'
import { type FieldSet, hasChildren, isMember, LEAF, nodeOf, SELF } from './set.ts'
import { formOf, type ListShape, type MapShape, memberElement, memberShape, type Shape } from './shape.ts'

/** The value without these fields (structured-merge-diff `RemoveItems`). What nothing is left of becomes null. */
export function removeFields(shape: Shape, value: unknown, fields: FieldSet): unknown {
  const form = formOf(shape, value)
  if (form === 'map' && shape.map) return fromMap(shape.map, value, fields)
  if (form === 'list' && shape.list) return fromList(shape.list, value, fields)
  return value
}

function fromMap(map: MapShape, value: unknown, fields: FieldSet): unknown {
  if (!isObject(value) || map.atomic) return null
  const kept: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) {
    const node = fields[memberElement(map, name)]
    if (node && isMember(node)) continue
    const shape = memberShape(map, name)
    set(kept, name, node && shape ? removeFields(shape, member, node) : member)
  }
  return Object.keys(kept).length > 0 ? kept : null
}

function fromList(list: ListShape, value: unknown, fields: FieldSet): unknown {
  if (!Array.isArray(value) || list.atomic) return null
  const kept: unknown[] = []
  for (const item of value) {
    const node = fields[itemElement(list, item)]
    if (node && isMember(node)) continue
    kept.push(node ? removeFields(list.items, item, node) : item)
  }
  return kept.length > 0 ? kept : null
}

const NOTHING: Shape = {}

/** The set with those nodes in it too that are known by name and have a member below (`EnsureNamedFieldsAreMembers`). */
export function withNamed(shape: Shape, fields: FieldSet): FieldSet {
  const named: Record<string, FieldSet> = {}
  for (const element in fields) {
    const node = fields[element]
    if (element === SELF || !node) continue
    const name = fieldName(element)
    const member = isMember(node) || (name !== undefined && shape.map?.fields.has(name) === true)
    const below = hasChildren(node) ? withNamed(insideOf(shape, element), node) : {}
    named[element] = nodeOf(member, below) ?? LEAF
  }
  return named
}

function insideOf({ map, list }: Shape, element: string): Shape {
  const name = fieldName(element)
  if (name !== undefined) return (map && memberShape(map, name)) ?? NOTHING
  return (isKeyElement(element) && list?.items) || NOTHING
}
