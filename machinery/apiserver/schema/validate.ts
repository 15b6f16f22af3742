import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { hasRules, ruleFaults } from '../cel/validate.ts'
import { invalid } from './cause.ts'
import { check } from './check.ts'
import { Correlated } from './correlate.ts'
import { embeddedFaults } from './embedded.ts'
import { rulesOf } from './rules.ts'
import { uniqueFaults } from './unique.ts'
import type { Walk } from './walk.ts'

export interface Place {
  /** Where the value stands; empty for the whole object. */
  readonly path: string
  /** The value as it was before an update: what was wrong already, and is left as it was, is tolerated. */
  readonly old?: unknown
}

const UNCHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'
const BLOCKING = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
])

/** What the schema refuses, with the messages of Kubernetes' API server (apiextensions v1.32). */
export function validate(schema: SchemaNode, value: unknown, { path, old }: Place): StatusCause[] {
  const was = old === undefined ? undefined : new Correlated(schema, value, old)
  const walk: Walk = { root: path, path: [], faults: new Map(), was }
  check(rulesOf(schema), value, walk)
  const repeatedBefore = old !== undefined && uniqueFaults(schema, old, path).length > 0
  const repeated = repeatedBefore ? [] : uniqueFaults(schema, value, path)
  const faults = [...walk.faults.values(), ...embeddedFaults(schema, value, path), ...repeated]
  if (path !== '' || !hasRules(schema)) return faults
  if (faults.some(({ reason }) => BLOCKING.has(reason))) return [...faults, invalid('', null, UNCHECKED)]
  return [...faults, ...ruleFaults(schema, value, { path, root: true, old, was })]
}
