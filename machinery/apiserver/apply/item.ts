import { isObject } from '../registry/served.ts'
import { type Element, keyElement, valueElement } from './element.ts'
import { ApplyFault } from './fault.ts'
import type { ListShape } from './shape.ts'

/** Which item of its list it is: by its keys, or by its value. */
export function itemElement(list: ListShape, item: unknown): Element {
  return list.keys && list.keys.length > 0 ? keyed(list, list.keys, item) : valued(item)
}

function keyed({ items }: ListShape, keys: readonly string[], item: unknown): Element {
  if (item === null) throw unfit('associative list with keys may not have a null element')
  if (!isObject(item)) throw unfit('associative list with keys may not have non-map elements')
  const values = keys.map(
    key => [key, Object.hasOwn(item, key) ? item[key] : meant(items.map?.fields.get(key), key)] as const,
  )
  return keyElement(values.length > 1 ? values.toSorted(([a], [b]) => (a < b ? -1 : 1)) : values)
}

function meant(field: { readonly default?: unknown } | undefined, key: string): unknown {
  if (field?.default !== undefined && field.default !== null) return field.default
  const why = `associative list with keys has an element that omits key field "${key}" (and doesn't have default value)`
  throw unfit(why)
}

function valued(item: unknown): Element {
  if (isObject(item)) throw unfit("associative list without keys has an element that's a map type")
  if (Array.isArray(item)) throw unfit('not supported: associative list with lists as elements')
  if (item === null) throw unfit("associative list without keys has an element that's an explicit null")
  return valueElement(item)
}

function unfit(why: string): ApplyFault {
  return new ApplyFault('apply/type', why)
}
