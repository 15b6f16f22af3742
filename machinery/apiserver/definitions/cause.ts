import type { StatusCause } from '../../api/fault.ts'
import { quote } from '../schema/gotext.ts'

/** A refused value that Go shows by its own type, and so in its own way. */
export function invalidAsShown(field: string, shown: string, why: string): StatusCause {
  return { reason: 'FieldValueInvalid', message: `Invalid value: ${shown}: ${why}`, field }
}

/** A slice of strings as Go's `%#v` shows it. */
export function stringSlice(texts: readonly string[] | undefined): string {
  return texts && texts.length > 0 ? `[]string{${texts.map(quote).join(', ')}}` : '[]string(nil)'
}
