import type { StatusCause } from '../../api/fault.ts'
import { forbidden, invalid } from '../schema/cause.ts'
import { schemaFaults } from '../schema/definition.ts'
import { invalidAsShown } from './cause.ts'
import { type Fields, fieldsOf } from './reading.ts'

// What may stand at the root when `status` is taken out of it and checked alone (Go's names, as the sentence has them).
const ALLOWED: Readonly<Record<string, string>> = {
  description: 'Description',
  type: 'Type',
  format: 'Format',
  title: 'Title',
  maximum: 'Maximum',
  exclusiveMaximum: 'ExclusiveMaximum',
  minimum: 'Minimum',
  exclusiveMinimum: 'ExclusiveMinimum',
  maxLength: 'MaxLength',
  minLength: 'MinLength',
  pattern: 'Pattern',
  maxItems: 'MaxItems',
  minItems: 'MinItems',
  uniqueItems: 'UniqueItems',
  multipleOf: 'MultipleOf',
  required: 'Required',
  items: 'Items',
  properties: 'Properties',
  externalDocs: 'ExternalDocs',
  example: 'Example',
  'x-kubernetes-preserve-unknown-fields': 'XPreserveUnknownFields',
  'x-kubernetes-validations': 'XValidations',
}
const WITH_STATUS = 'at the root of the schema if the status subresource is enabled'

type Place = { readonly path: string; readonly status: boolean }

/** What is wrong with the schema of a version (apiextensions `validateCustomResourceDefinitionValidation`). */
export function rootFaults(validation: Fields | undefined, { path, status }: Place): StatusCause[] {
  const schema = fieldsOf(validation?.openAPIV3Schema)
  if (!schema) return []
  const at = `${path}.openAPIV3Schema`
  return [
    ...(status ? besideStatus(schema, at) : []),
    ...(schema.nullable === true ? [forbidden(`${at}.nullable`, 'nullable cannot be true at the root')] : []),
    ...schemaFaults(schema, at),
  ]
}

function besideStatus(schema: Fields, path: string): StatusCause[] {
  const { type } = schema
  if (typeof type === 'string' && type !== '' && type !== 'object') {
    return [invalid(`${path}.type`, type, `only "object" is allowed as the type ${WITH_STATUS}`)]
  }
  const said = Object.keys(schema).filter(key => schema[key] !== false && schema[key] !== '' && schema[key] !== null)
  if (said.every(key => Object.hasOwn(ALLOWED, key))) return []
  const why = `only [${Object.values(ALLOWED).join(' ')}] fields are allowed ${WITH_STATUS}`
  // Upstream shows every field of its own type here.
  return [invalidAsShown(path, 'apiextensions.JSONSchemaProps{...}', why)]
}
