import { FunctionFault } from './fault.ts'
import type { Limits } from './limits.ts'
import { isDict, isList, Struct, sortedKeys, type Value } from './value.ts'

const DEPTH_MOST = 200

/** A value as Go's `%v` writes it. */
export function print(value: Value, limits: Limits, depth = 0): string {
  limits.step()
  if (depth > DEPTH_MOST) throw new FunctionFault('template/type', 'a value contains itself')
  if (value === null) return '<nil>'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return printFloat(value)
  if (isList(value)) return `[${joined(value, limits, item => print(item, limits, depth + 1))}]`
  if (isDict(value)) {
    const entry = (key: string) => `${key}:${print(value.get(key) ?? null, limits, depth + 1)}`
    return `map[${joined(sortedKeys(value), limits, entry)}]`
  }
  if (value instanceof Struct) {
    return `{${joined([...value.fields.values()], limits, field => print(field, limits, depth + 1))}}`
  }
  return String(value)
}

function joined<T>(items: readonly T[], limits: Limits, show: (item: T) => string): string {
  let length = 0
  const parts = items.map(item => {
    const part = show(item)
    length += part.length + 1
    limits.room(length)
    return part
  })
  return parts.join(' ')
}

/** The shortest digits that read back the same; an exponent below 1e-4 and from 10 to the `large` on (strconv `g`). */
export function printFloat(value: number, large = 6): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [digits = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (value === 0 || (exponent >= -4 && exponent < large)) return plainDigits(digits, exponent)
  return `${digits}e${goExponent(exponent)}`
}

/** Go writes at least two digits, and always the sign. */
export function goExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** `1.2345` with exponent 2 as `123.45`: what JavaScript itself does only between 1e-6 and 1e21. */
function plainDigits(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : ''
  const bare = digits.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${bare}`
  const whole = bare.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const part = bare.slice(exponent + 1)
  return part === '' ? `${sign}${whole}` : `${sign}${whole}.${part}`
}
