import { isObject } from '../registry/served.ts'
import { isInt64, literal } from '../schema/gotext.ts'
import { type Element, shownElement } from './element.ts'
import { ApplyFault } from './fault.ts'
import { goValue } from './govalue.ts'
import { itemElement } from './item.ts'
import { formOf, type ListShape, type MapShape, memberElement, memberShape, type Scalar, type Shape } from './shape.ts'

/** Whether a list may have the same item twice: what is stored may, what is applied may not. */
export type Duplicates = 'allowed' | 'refused'

/** Refuses an object that has not this shape, in the words of structured-merge-diff's `Validate`. */
export function requireShape(shape: Shape, value: unknown, duplicates: Duplicates = 'refused'): void {
  const faults: string[] = []
  check(shape, value, { path: '', faults, duplicates })
  if (faults.length === 0) return
  const said = faults.length === 1 ? (faults[0] ?? '') : ['errors:', ...faults.map(fault => `  ${fault}`)].join('\n')
  throw new ApplyFault('apply/type', said)
}

interface Walk {
  readonly path: string
  readonly faults: string[]
  readonly duplicates: Duplicates
}

function check(shape: Shape, value: unknown, walk: Walk): void {
  const form = formOf(shape, value)
  if (form === 'map' && shape.map) checkMap(shape.map, value, walk)
  else if (form === 'list' && shape.list) checkList(shape.list, value, walk)
  else if (shape.scalar) checkScalar(shape.scalar, value, walk)
}

function checkMap(map: MapShape, value: unknown, walk: Walk): void {
  if (value === null) return
  if (!isObject(value)) {
    note(walk, `expected map, got ${shown(value)}`)
    return
  }
  for (const name in value) {
    if (value[name] === undefined) continue
    const shape = memberShape(map, name)
    // The real server stops at the first of these.
    if (!shape) {
      note(inside(walk, memberElement(map, name)), 'field not declared in schema')
      return
    }
    if (isPlain(shape, value[name])) continue
    check(shape, value[name], inside(walk, memberElement(map, name)))
  }
}

function checkList(list: ListShape, value: unknown, walk: Walk): void {
  if (value === null) return
  if (!Array.isArray(value)) {
    note(walk, `expected list, got ${shown(value)}`)
    return
  }
  const seen = new Set<Element>()
  for (const [at, item] of value.entries()) {
    const element = list.atomic ? `i:${at}` : elementOf(list, item, { at, walk })
    if (element === undefined) return
    if (seen.has(element) && walk.duplicates === 'refused') {
      note(walk, `duplicate entries for key ${shownElement(element)}`)
    }
    seen.add(element)
    if (!isPlain(list.items, item)) check(list.items, item, inside(walk, element))
  }
}

interface Place {
  readonly at: number
  readonly walk: Walk
}

function elementOf(list: ListShape, item: unknown, { at, walk }: Place): Element | undefined {
  try {
    return itemElement(list, item)
  } catch (fault) {
    if (!(fault instanceof ApplyFault)) throw fault
    note(walk, `element ${at}: ${fault.message}`)
    return undefined
  }
}

/** What needs no look at where it stands. */
function isPlain({ scalar }: Shape, value: unknown): boolean {
  if (scalar === undefined || value === null) return false
  if (typeof value === 'string') return scalar === 'string' || scalar === 'untyped'
  return typeof value === 'number' && scalar === 'numeric'
}

function checkScalar(scalar: Scalar, value: unknown, walk: Walk): void {
  if (value === null) return
  const why = SCALARS[scalar](value)
  if (why !== undefined) note(walk, why)
}

const SCALARS: Readonly<Record<Scalar, (value: unknown) => string | undefined>> = {
  numeric: value => (typeof value === 'number' ? undefined : `expected numeric (int or float), got ${goType(value)}`),
  string: value =>
    typeof value === 'string' ? undefined : `expected string, got &value.valueUnstructured{Value:${literal(value)}}`,
  boolean: value => (typeof value === 'boolean' ? undefined : `expected boolean, got ${shown(value)}`),
  untyped: value => (typeof value === 'object' ? `expected any scalar, got ${shown(value)}` : undefined),
}

function inside(walk: Walk, element: Element): Walk {
  return { ...walk, path: walk.path + shownElement(element) }
}

function note({ path, faults }: Walk, why: string): void {
  faults.push(path ? `${path}: ${why}` : why)
}

/** `%v` of structured-merge-diff's wrapper around a value. */
function shown(value: unknown): string {
  return `&{${goValue(value)}}`
}

/** `%T` */
function goType(value: unknown): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return isInt64(value) ? 'int64' : 'float64'
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}'
}
