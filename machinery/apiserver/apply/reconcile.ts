import { type Element, fieldName } from './element.ts'
import { EMPTY, type FieldSet, hasChildren, isEmpty, isMember, LEAF, recursiveDifference, SELF, union } from './set.ts'
import { DEDUCED, type ListShape, type MapShape, memberShape, type Shape } from './shape.ts'

// A set that was found to fit its shape does so for ever: neither changes.
const FITTING = new WeakMap<FieldSet, Shape>()

/**
 * The set as the shape would have it now: where a list or map became atomic, whoever had a part of it has the whole
 * (structured-merge-diff `ReconcileFieldSetWithSchema`).
 */
export function reconciled(shape: Shape, fields: FieldSet): FieldSet {
  if (isEmpty(fields) || FITTING.get(fields) === shape) return fields
  const became = becameWhole(shape, { node: fields, leaf: false })
  const fitting = isEmpty(became) ? fields : union(recursiveDifference(fields, became), became)
  FITTING.set(fitting, shape)
  return fitting
}

interface At {
  readonly node: FieldSet
  /** A member with nothing below. */
  readonly leaf: boolean
}

/** Below a node: where it has parts of what is now a whole. A node that is one itself is shown as a leaf. */
function becameWhole(shape: Shape, at: At): FieldSet {
  if (shape.map) return inMap(shape.map, at)
  if (shape.scalar || !shape.list) return EMPTY
  return inList(shape.list, at)
}

const ITSELF: FieldSet = { [SELF]: LEAF }

function inMap(map: MapShape, { node, leaf }: At): FieldSet {
  if (map.fields.size === 0 && map.rest && isUntyped(map.rest)) return EMPTY
  if (map.atomic && !leaf) return hasChildren(node) ? ITSELF : EMPTY
  return inside(node, element => {
    const name = fieldName(element)
    return name === undefined ? map.rest : memberShape(map, name)
  })
}

function isUntyped(shape: Shape): boolean {
  return shape === DEDUCED || shape.scalar === 'untyped'
}

function inList(list: ListShape, { node, leaf }: At): FieldSet {
  if (list.atomic && !leaf) return ITSELF
  return inside(node, () => list.items)
}

function inside(node: FieldSet, shapeAt: (element: Element) => Shape | undefined): FieldSet {
  const found: Record<Element, FieldSet> = {}
  for (const element in node) {
    const below = node[element]
    const shape = element === SELF ? undefined : shapeAt(element)
    if (!below || !shape) continue
    const became = becameWhole(shape, { node: below, leaf: isMember(below) && !hasChildren(below) })
    if (became === ITSELF) found[element] = LEAF
    else if (!isEmpty(became)) found[element] = became
  }
  return found
}
