import { isDeepStrictEqual } from 'node:util'
import type { SchemaNode } from '../../api/schema.ts'
import { invalid, notSupported, tooLong, typeInvalid } from './cause.ts'
import { floatText, isInt64, numberText, quote } from './gotext.ts'
import type { Rules } from './rules.ts'
import { pathOf, report, type Walk } from './walk.ts'

export function checkEnum(values: readonly unknown[], value: unknown, walk: Walk): void {
  if (values.some(one => isAs(one, value))) return
  const path = pathOf(walk)
  const listed = values.map(one => (typeof one === 'string' ? one : JSON.stringify(one)))
  report(walk, `${path} in body should be one of [${listed.join(' ')}]`, notSupported(path, value, listed))
}

/** Go converts a number before it compares: a fraction is cut off for an integer. A null is never listed. */
function isAs(one: unknown, value: unknown): boolean {
  if (one === null || value === null) return false
  if (typeof one === 'number' && typeof value === 'number' && isInt64(one)) return Math.trunc(value) === one
  return one === value || isDeepStrictEqual(one, value)
}

/** Of several things wrong with a text only the first is told, and its format. */
export function checkString(rules: Rules, value: string, walk: Walk): number {
  if (rules.schema.minLength !== undefined || rules.schema.maxLength !== undefined || rules.matches) {
    checkText(rules, value, walk)
  }
  if (!rules.isOfFormat) return 0
  if (!rules.isOfFormat(value)) {
    const path = pathOf(walk)
    const said = `${path} in body must be of type ${rules.format}: ${quote(value)}`
    report(walk, said, typeInvalid(path, value, said))
  }
  return 1
}

function checkText({ schema, matches }: Rules, value: string, walk: Walk): void {
  const { minLength, maxLength, pattern } = schema
  const wrong = (why: string) => {
    const said = `${pathOf(walk)} in body ${why}`
    report(walk, said, invalid(pathOf(walk), value, said))
  }
  if (maxLength !== undefined && isLonger(value, maxLength)) {
    report(walk, `${pathOf(walk)} in body should be at most ${maxLength} chars long`, tooLong(pathOf(walk), maxLength))
  } else if (minLength !== undefined && !isLonger(value, minLength - 1)) {
    wrong(`should be at least ${minLength} chars long`)
  } else if (matches && !matches(value)) {
    wrong(`should match '${pattern}'`)
  }
}

/** Counts letters, of which some take two units. */
function isLonger(text: string, than: number): boolean {
  if (text.length <= than) return false
  return text.length > 2 * than || [...text].length > than
}

/** A bound of an integer is cut to an integer first, as Go does. */
export function checkNumber(
  { multipleOf, minimum, maximum, ...schema }: SchemaNode,
  value: number,
  walk: Walk,
): number {
  if (multipleOf === undefined && minimum === undefined && maximum === undefined) return 0
  const bound = isInt64(value) ? Math.trunc : (number: number) => number
  const text = isInt64(value) ? (number: number) => numberText(Math.trunc(number)) : floatText
  const wrong = (why: string, shown = value) => {
    const said = `${pathOf(walk)} in body should be ${why}`
    report(walk, said, invalid(pathOf(walk), shown, said))
  }
  if (multipleOf !== undefined) checkMultiple(multipleOf, value, walk)
  if (minimum !== undefined && (value < bound(minimum) || (schema.exclusiveMinimum && value === bound(minimum)))) {
    wrong(`greater than ${schema.exclusiveMinimum ? '' : 'or equal to '}${text(minimum)}`)
  }
  if (maximum !== undefined && (value > bound(maximum) || (schema.exclusiveMaximum && value === bound(maximum)))) {
    wrong(`less than ${schema.exclusiveMaximum ? '' : 'or equal to '}${text(maximum)}`)
  }
  return 0
}

function checkMultiple(given: number, value: number, walk: Walk): void {
  const whole = isInt64(value)
  const factor = whole ? Math.trunc(given) : given
  const path = pathOf(walk)
  if (factor <= 0) {
    const said = `factor MultipleOf declared for ${path} must be positive: ${floatText(factor)}`
    report(walk, said, invalid(path, factor, said))
    return
  }
  const times = factor < 1 ? (1 / factor) * value : value / factor
  if (whole ? value % factor === 0 : isNearlyWhole(times)) return
  const said = `${path} in body should be a multiple of ${whole ? numberText(factor) : floatText(factor)}`
  report(walk, said, invalid(path, value, said))
}

const EPSILON = 1e-9

function isNearlyWhole(value: number): boolean {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return false
  const whole = Math.trunc(value)
  if (whole === value) return true
  return whole !== 0 && value > 0 && Math.abs(value - whole) / (Math.abs(value) + Math.abs(whole)) < EPSILON
}
