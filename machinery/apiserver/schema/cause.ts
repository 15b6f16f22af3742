import type { StatusCause } from '../../api/fault.ts'
import { literal, numberText, quote } from './gotext.ts'

/**
 * The causes of a refusal, in the words of apimachinery's `field.Error`. A value is shown as Go shows it; the path of
 * the whole object is `<nil>`.
 */
export function invalid(field: string, value: unknown, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown(value)}: ${why}`, field: named(field) }
}

export function typeInvalid(field: string, value: unknown, why: string): StatusCause {
  return { reason: 'FieldValueTypeInvalid', message: `Invalid value: ${shown(value)}: ${why}`, field: named(field) }
}

export function required(field: string, why = ''): StatusCause {
  return { reason: 'FieldValueRequired', message: withWhy('Required value', why), field: named(field) }
}

export function forbidden(field: string, why: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: withWhy('Forbidden', why), field: named(field) }
}

export function duplicate(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${shown(value)}`, field: named(field) }
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const listed = supported.length > 0 ? `supported values: ${supported.map(quote).join(', ')}` : ''
  const message = withWhy(`Unsupported value: ${shown(value)}`, listed)
  return { reason: 'FieldValueNotSupported', message, field: named(field) }
}

export function tooLong(field: string, most: number): StatusCause {
  const message = `Too long: may not be more than ${most} bytes`
  return { reason: 'FieldValueTooLong', message, field: named(field) }
}

export function tooMany(field: string, actual: number, most: number): StatusCause {
  const message = `Too many: ${actual}: must have at most ${most} items`
  return { reason: 'FieldValueTooMany', message, field: named(field) }
}

function withWhy(text: string, why: string): string {
  return why === '' ? text : `${text}: ${why}`
}

function named(field: string): string {
  return field === '' ? '<nil>' : field
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '"null"'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') return numberText(value)
  return typeof value === 'boolean' ? String(value) : literal(value)
}
