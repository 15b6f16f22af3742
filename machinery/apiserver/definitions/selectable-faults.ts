import type { StatusCause } from '../../api/fault.ts'
import { duplicate, invalid, required, tooMany } from '../schema/cause.ts'
import { type Fields, fieldsOf, textOf } from './reading.ts'

const MOST = 8
const TYPES = ['string', 'boolean', 'integer']

/** What is wrong with selectable fields (apiextensions `ValidateCustomResourceSelectableFields`). */
export function selectableFaults(fields: readonly Fields[], schema: Fields, path: string): StatusCause[] {
  const known = new Set<string>()
  const faults = fields.flatMap((field, at) =>
    oneField(textOf(field.jsonPath), { schema, path: `${path}[${at}].jsonPath`, known }),
  )
  return known.size > MOST ? [...faults, tooMany(path, known.size, MOST)] : faults
}

type Finding = { readonly schema: Fields; readonly path: string; readonly known: Set<string> }

function oneField(text: string, { schema, path, known }: Finding): StatusCause[] {
  if (text === '') return [required(path)]
  const found = fieldAt(text, schema)
  if ('why' in found) return [invalid(path, text, `is an invalid path: ${found.why}`)]
  const name = found.names.join('.')
  const twice = known.has(name)
  known.add(name)
  return [
    ...(found.names[0] === 'metadata' ? [invalid(path, text, 'must not point to fields in metadata')] : []),
    ...(TYPES.includes(textOf(found.schema.type)) ? [] : [invalid(path, text, TYPE_SENTENCE)]),
    ...(twice ? [duplicate(path, text)] : []),
  ]
}

const TYPE_SENTENCE =
  'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.'

type Found = { readonly names: readonly string[]; readonly schema: Fields } | { readonly why: string }

/** Follows a path of names through a schema (apiextensions `cel.ValidFieldPath` without brackets). */
function fieldAt(text: string, root: Fields): Found {
  const tokens = text.match(/[.[\]]|[^.[\]]+/g) ?? []
  const names: string[] = []
  let schema = root
  for (let at = 0; at < tokens.length; at += 2) {
    if (tokens[at] === '[') return { why: 'array notation is not allowed' }
    if (tokens[at] !== '.') return { why: `expected [ or . but got: ${tokens[at]}` }
    const name = tokens[at + 1]
    if (name === undefined) return { why: 'unexpected end of JSON path' }
    const next = below(schema, name)
    if (!next) return { why: 'does not refer to a valid field' }
    names.push(name)
    schema = next
  }
  return { names, schema }
}

function below(schema: Fields, name: string): Fields | undefined {
  const properties = fieldsOf(schema.properties)
  if (properties) return Object.hasOwn(properties, name) ? fieldsOf(properties[name]) : undefined
  return fieldsOf(schema.additionalProperties)
}
