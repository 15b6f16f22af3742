import type { StatusCause } from '../../api/fault.ts'

import { invalid } from './cause.ts'
import { defaultFaults } from './definition-defaults.ts'
import { openApiFaults, unsupportedFault } from './definition-openapi.ts'
import { schemaFrom } from './definition-schema.ts'
import { structuralFaults } from './structural.ts'

/**
 * What is wrong with the schema of a CustomResourceDefinition (apiextensions `validation.go`): it has to be structural,
 * its defaults have to fit it, its rules have to compile and may not cost too much. The path is that of the schema
 * itself, `spec.versions[0].schema.openAPIV3Schema`.
 */
export function schemaFaults(given: unknown, path: string): StatusCause[] {
  const schema = schemaFrom(given)
  const unsupported = unsupportedFault(schema)
  const structural = unsupported === undefined ? structuralFaults(schema, path) : []
  const defaults = unsupported === undefined && structural.length === 0 ? defaultFaults(schema, path) : []
  const rules = unsupported === undefined && structural.length + defaults.length === 0
  const all = [...structural, ...defaults, ...openApiFaults(schema, path, { rules })]
  return all.length === 0 && unsupported !== undefined ? [invalid(path, '', unsupported)] : all
}
