import { isObject } from '../registry/served.ts'
import { floatText, isInt64, quote } from '../schema/gotext.ts'
import { goJson } from './json.ts'

/**
 * One step on the way to a field, as FieldsV1 writes it (structured-merge-diff `fieldpath.PathElement`): `f:name` a
 * member, `k:{"name":"a"}` the item with these keys, `v:"a"` the item that is this value, `i:0` the item at that place.
 */
export type Element = string

/** What the managers of FieldsV1 cannot mean. */
export type ElementFault = { readonly fault: string }

export function fieldElement(name: string): Element {
  return `f:${name}`
}

/** The item of a list whose keys have these values, given in the order of the keys' names. */
export function keyElement(keys: readonly (readonly [string, unknown])[]): Element {
  return `k:{${keys.map(([name, value]) => `${goJson(name)}:${goJson(value)}`).join(',')}}`
}

export function valueElement(value: unknown): Element {
  return `v:${goJson(value)}`
}

/** The name of a member; undefined when the step is another one. */
export function fieldName(element: Element): string | undefined {
  return element.startsWith('f:') ? element.slice(2) : undefined
}

export function isKeyElement(element: Element): boolean {
  return element.startsWith('k:')
}

/** An element that came from outside, as we write it; undefined when it is of a kind that we do not know. */
export function readElement(text: string): Element | undefined | ElementFault {
  if (text.length < 2) return { fault: 'key must be 2 characters long:' }
  if (text[1] !== ':') return { fault: `missing colon: ${text}` }
  const rest = text.slice(2)
  switch (text[0]) {
    case 'f':
      return text
    case 'i':
      return /^[-+]?\d+$/.test(rest)
        ? `i:${Number(rest)}`
        : { fault: `strconv.Atoi: parsing ${quote(rest)}: invalid syntax` }
    case 'v':
    case 'k':
      return readValue(text, rest)
    default:
      return undefined
  }
}

function readValue(text: string, rest: string): Element | ElementFault {
  let value: unknown
  try {
    value = JSON.parse(rest)
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: error.message }
    throw error
  }
  if (text[0] === 'v') return valueElement(value)
  if (!isObject(value)) return { fault: `expect { or n, but found ${rest.slice(0, 1)}` }
  return keyElement(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const KINDS = 'fkvi'

/** The order in which the real server writes them. */
export function compareElements(a: Element, b: Element): number {
  const kind = KINDS.indexOf(a.charAt(0)) - KINDS.indexOf(b.charAt(0))
  if (kind !== 0) return kind
  if (a === b) return 0
  if (a.startsWith('f:')) return a < b ? -1 : 1
  const left: unknown = JSON.parse(a.slice(2))
  const right: unknown = JSON.parse(b.slice(2))
  return compareValues(left, right)
}

/** `value.Compare`: numbers, then texts, booleans, lists, objects, null. */
function compareValues(a: unknown, b: unknown): number {
  const rank = rankOf(a) - rankOf(b)
  if (rank !== 0) return rank
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b)
  if (isObject(a) && isObject(b)) return compareLists(Object.entries(a).flat(), Object.entries(b).flat())
  if (a === b) return 0
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a) < String(b) ? -1 : 1
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [at, item] of a.entries()) {
    if (at >= b.length) return 1
    const order = compareValues(item, b[at])
    if (order !== 0) return order
  }
  return a.length < b.length ? -1 : 0
}

function rankOf(value: unknown): number {
  if (value === null) return 5
  if (Array.isArray(value)) return 3
  return { number: 0, string: 1, boolean: 2, object: 4 }[String(typeof value)] ?? 6
}

/** As messages show a step: `.name`, `[name="a"]`, `[="a"]`, `[0]`. */
export function shownElement(element: Element): string {
  const name = fieldName(element)
  if (name !== undefined) return `.${name}`
  if (element.startsWith('i:')) return `[${element.slice(2)}]`
  const value: unknown = JSON.parse(element.slice(2))
  if (element.startsWith('v:')) return `[=${shownValue(value)}]`
  return `[${Object.entries(value ?? {})
    .map(([key, one]) => `${key}=${shownValue(one)}`)
    .join(',')}]`
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return isInt64(value) ? String(value) : floatText(value)
  if (Array.isArray(value)) return `[${value.map(shownValue).join(',')}]`
  if (isObject(value))
    return Object.entries(value)
      .map(([key, one]) => `${key}=${shownValue(one)}`)
      .join('')
  return String(value)
}
