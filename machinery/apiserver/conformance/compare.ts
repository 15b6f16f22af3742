import { isObject } from '../registry/served.ts'

/** One place where two answers are not the same; `undefined` where there is nothing. */
export interface Difference {
  readonly at: string
  readonly theirs: unknown
  readonly ours: unknown
}

export function differences(theirs: unknown, ours: unknown, at = ''): Difference[] {
  if (Object.is(theirs, ours)) return []
  const both = Array.isArray(theirs) ? Array.isArray(ours) : isObject(theirs) && isObject(ours)
  if (!both) return [{ at, theirs, ours }]
  const [a, b] = [fieldsOf(theirs), fieldsOf(ours)]
  const keys = [...new Set([...a.keys(), ...b.keys()])]
  return keys.flatMap(key => differences(a.get(key), b.get(key), at ? `${at}.${key}` : key))
}

/** Answers and items of lists are counted from one. */
function fieldsOf(value: unknown): Map<string, unknown> {
  const entries = Array.isArray(value)
    ? value.map((item, index) => [String(index + 1), item] as const)
    : Object.entries(isObject(value) ? value : {})
  return new Map(entries)
}

const CLIP = 200

export function sentence({ at, theirs, ours }: Difference): string {
  return `${at} is ${shown(ours)}, not ${shown(theirs)}`
}

function shown(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value)
  return text.length > CLIP ? `${text.slice(0, CLIP)}…` : text
}
