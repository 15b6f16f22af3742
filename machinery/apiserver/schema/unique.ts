import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { duplicate, invalid } from './cause.ts'
import { Visit } from './visit.ts'

const KEYED = new Visit(schema => ['set', 'map'].includes(schema['x-kubernetes-list-type'] ?? ''))

/** Items that stand twice in lists of type set and map (apiextensions `listtype`). */
export function uniqueFaults(schema: SchemaNode, value: unknown, path: string): StatusCause[] {
  const faults: StatusCause[] = []
  KEYED.each(schema, { value, path }, (of, items, at) => {
    if (Array.isArray(items)) faults.push(...listFaults(of, items, at))
  })
  return faults
}

function listFaults(schema: SchemaNode, items: readonly unknown[], path: string): StatusCause[] {
  if (schema['x-kubernetes-list-type'] === 'set')
    return repeated(items).map(at => duplicate(`${path}[${at}]`, items[at]))
  const wrong = items.findIndex(item => item !== null && !isObject(item))
  if (wrong >= 0) {
    return [invalid(`${path}[${wrong}]`, items[wrong], 'must be an object for an array of list-type map')]
  }
  const keys = items.map(item => keysOf(item, schema['x-kubernetes-list-map-keys'] ?? []))
  return repeated(keys).map(at => duplicate(`${path}[${at}]`, keys[at]))
}

function keysOf(item: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isObject(item)) return {}
  return Object.fromEntries(names.filter(name => Object.hasOwn(item, name)).map(name => [name, item[name]]))
}

/** Where something stands for the second time. */
function repeated(items: readonly unknown[]): number[] {
  const times = new Map<string, number>()
  return [...items.keys()].filter(at => {
    const text = sorted(items[at])
    times.set(text, (times.get(text) ?? 0) + 1)
    return times.get(text) === 2
  })
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  return `{${Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${sorted(value[key])}`)
    .join()}}`
}
