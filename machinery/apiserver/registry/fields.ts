import { ApiFault } from '../../api/fault.ts'
import type { Body } from '../store/change.ts'
import type { Served } from './served.ts'

/** One term of a field selector. */
export interface FieldTerm {
  readonly field: string
  readonly equal: boolean
  readonly value: string
}

/**
 * Reads a field selector (apimachinery `fields.ParseSelector`): `metadata.name=a,type!=Opaque`; a backslash takes the
 * meaning from `\`, `,` and `=` in values. Refuses with `BadRequest` what is none.
 */
export function parseFields(text: string): readonly FieldTerm[] {
  return termsOf(text)
    .filter(term => term !== '')
    .map(term => {
      const match = /^((?:\\.|(?!!=|=)[^\\])*?)(!=|==|=)(.*)$/s.exec(term)
      if (!match) throw new ApiFault('BadRequest', `invalid selector: '${text}'; can't understand '${term}'`)
      const [, field = '', operator, value = ''] = match
      return { field, equal: operator !== '!=', value: unescaped(value) }
    })
}

/** Splits at commas, but for those after a backslash. */
function termsOf(text: string): readonly string[] {
  return text.match(/(?:\\.|[^\\,]|\\$)+/gs) ?? []
}

function unescaped(value: string): string {
  return value.replaceAll(/\\(.?)|([,=])/gs, (_, after: string | undefined, bare: string | undefined) => {
    if (bare !== undefined) throw fault(`unescaped character in value: ${bare}`)
    if (after === '\\' || after === ',' || after === '=') return after
    throw fault(`invalid escape sequence: \\${after ?? ''}`)
  })
}

function fault(why: string): ApiFault {
  return new ApiFault('BadRequest', `invalid field selector: ${why}`)
}

/** How a field of the kind is read as text; refuses with `BadRequest` one that cannot be selected by. */
export function fieldReader(served: Served, field: string): (object: Body) => string {
  const own = served.traits.selectable
  const read = own && Object.hasOwn(own, field) ? own[field] : undefined
  if (read) return read
  if (field === 'metadata.name') return object => object.metadata.name
  if (field === 'metadata.namespace' && (served.kind.namespaced || !served.kind.schema)) {
    return object => object.metadata.namespace ?? ''
  }
  const known = own !== undefined || served.kind.schema !== undefined
  const sentence = known
    ? `field label not supported: ${field}`
    : `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
  throw new ApiFault('BadRequest', sentence)
}
