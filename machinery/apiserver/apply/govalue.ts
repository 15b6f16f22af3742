import { isObject } from '../registry/served.ts'
import { numberText } from '../schema/gotext.ts'

/** `%v` of a value that came from JSON. */
export function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (!isObject(value)) return String(value)
  const members = Object.keys(value).sort()
  return `map[${members.map(name => `${name}:${goValue(value[name])}`).join(' ')}]`
}
