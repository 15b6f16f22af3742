import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { hasRules, ruleFaults } from '../cel/validate.ts'
import { invalid } from './cause.ts'
import { check } from './check.ts'
import { embeddedFaults } from './embedded.ts'
import { unknownFields } from './prune.ts'
import { rulesOf } from './rules.ts'

/** Defaults that do not fit their own schema (apiextensions `defaulting/validation.go`). */
export function defaultFaults(schema: SchemaNode, path: string): StatusCause[] {
  const whole: SchemaNode = { ...schema, 'x-kubernetes-embedded-resource': true }
  return [...ownFaults(whole, path), ...innerFaults(schema, path)]
}

function innerFaults({ items, properties = {} }: SchemaNode, path: string): StatusCause[] {
  const inside = [
    ...(items ? [[`${path}.items`, items] as const] : []),
    ...Object.entries(properties).map(([key, of]) => [`${path}.properties[${key}]`, of] as const),
  ]
  return inside.flatMap(([at, of]) => [...ownFaults(of, at), ...innerFaults(of, at)])
}

function ownFaults(schema: SchemaNode, at: string): StatusCause[] {
  const { default: value } = schema
  if ((value ?? null) === null) return []
  const path = `${at}.default`
  const unknown = unknownFields(schema, value).length > 0
  const found = embeddedFaults(schema, value, path)
  const wrong = found.length > 0 ? found : valueFaults(schema, path)
  return [
    ...(unknown ? [invalid(path, value, 'must not have unknown fields')] : []),
    ...(wrong.length > 0 || !hasRules(schema) ? wrong : brokenRules(schema, path)),
  ]
}

/** Sentences speak of the place within the default, fields of the one in the definition. */
function valueFaults(schema: SchemaNode, path: string): StatusCause[] {
  const faults = new Map<string, StatusCause>()
  check(rulesOf(schema), schema.default, { root: '', path: [], faults })
  return [...faults.values()].map(cause => ({
    ...cause,
    field: cause.field === '<nil>' ? path : `${path}.${cause.field}`,
  }))
}

/** The default may come in on an update or, as good as from nothing, on creation. */
function brokenRules(schema: SchemaNode, path: string): StatusCause[] {
  const root = schema['x-kubernetes-embedded-resource'] === true
  const kept = ruleFaults(schema, schema.default, { path, root, old: schema.default })
  return kept.length > 0 ? kept : ruleFaults(schema, schema.default, { path, root })
}
