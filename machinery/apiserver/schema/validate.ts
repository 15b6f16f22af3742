import { isDeepStrictEqual } from 'node:util'
import { RE2JS } from 're2js'
import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'
import { isOfFormat } from './format.ts'

/** What the schema refuses, with the messages of Kubernetes' API server. The path of the whole object is empty. */
export function validate(schema: SchemaNode, value: unknown, path: string): StatusCause[] {
  const faults: StatusCause[] = []
  check(schema, value, { path, faults })
  return faults
}

interface Walk {
  readonly path: string
  readonly faults: StatusCause[]
}

function check(schema: SchemaNode, value: unknown, walk: Walk): void {
  if (value === null && schema.nullable) return
  if (!isOfType(schema, value)) {
    wrongType(schema, value, walk)
    return
  }
  if (schema.enum && !schema.enum.some(one => one === value)) unsupported(schema.enum, value, walk)
  if (typeof value === 'string') checkString(schema, value, walk)
  else if (typeof value === 'number') checkNumber(schema, value, walk)
  else if (Array.isArray(value)) checkItems(schema, value, walk)
  else if (isObject(value)) checkMembers(schema, value, walk)
}

function isOfType(schema: SchemaNode, value: unknown): boolean {
  if (schema['x-kubernetes-int-or-string']) return typeof value === 'string' || Number.isInteger(value)
  switch (schema.type) {
    case undefined:
      return true
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === schema.type
  }
}

function wrongType(schema: SchemaNode, value: unknown, walk: Walk): void {
  const is = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  const type = schema['x-kubernetes-int-or-string'] ? 'integer,string' : (schema.type ?? 'object')
  const message = `Invalid value: "${is}": ${named(walk)} must be of type ${type}: "${is}"`
  walk.faults.push({ reason: 'FieldValueTypeInvalid', message, field: fieldOf(walk) })
}

function unsupported(values: readonly (string | number)[], value: unknown, walk: Walk): void {
  const supported = values.map(one => JSON.stringify(String(one))).join(', ')
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`
  walk.faults.push({ reason: 'FieldValueNotSupported', message, field: fieldOf(walk) })
}

function checkString(schema: SchemaNode, value: string, walk: Walk): void {
  const { minLength, maxLength, pattern, format } = schema
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length
  if (minLength !== undefined && length < minLength) invalid(value, `should be at least ${minLength} chars long`, walk)
  if (maxLength !== undefined && length > maxLength) tooMuch(`Too long: may not be more than ${maxLength} bytes`, walk)
  if (pattern !== undefined && !matcherOf(schema, pattern).matcher(value).find()) {
    invalid(value, `should match '${pattern}'`, walk)
  }
  if (format !== undefined && !isOfFormat(format, value)) {
    invalid(value, `must be of type ${format}: ${JSON.stringify(value)}`, walk)
  }
}

function checkNumber(schema: SchemaNode, value: number, walk: Walk): void {
  const { minimum, maximum } = schema
  if (minimum !== undefined && value < minimum) invalid(value, `should be greater than or equal to ${minimum}`, walk)
  if (maximum !== undefined && value > maximum) invalid(value, `should be less than or equal to ${maximum}`, walk)
}

function checkItems(schema: SchemaNode, value: readonly unknown[], walk: Walk): void {
  const { minItems, maxItems, items } = schema
  if (minItems !== undefined && value.length < minItems) {
    invalid(value.length, `should have at least ${minItems} items`, walk)
  }
  if (maxItems !== undefined && value.length > maxItems) {
    tooMuch(`Too many: ${value.length}: must have at most ${maxItems} items`, walk)
  }
  checkUnique(schema, value, walk)
  if (!items) return
  for (const [at, item] of value.entries()) check(items, item, { ...walk, path: `${walk.path}[${at}]` })
}

function checkUnique(schema: SchemaNode, value: readonly unknown[], walk: Walk): void {
  const type = schema['x-kubernetes-list-type']
  if (type !== 'map' && type !== 'set') return
  const keys = schema['x-kubernetes-list-map-keys'] ?? []
  const seen: unknown[] = []
  for (const [at, item] of value.entries()) {
    const key = type === 'map' && isObject(item) ? Object.fromEntries(keys.map(name => [name, item[name]])) : item
    if (seen.some(other => isDeepStrictEqual(other, key))) {
      const message = `Duplicate value: ${JSON.stringify(key)}`
      walk.faults.push({ reason: 'FieldValueDuplicate', message, field: `${walk.path}[${at}]` })
    }
    seen.push(key)
  }
}

function checkMembers(schema: SchemaNode, value: Readonly<Record<string, unknown>>, walk: Walk): void {
  const { properties = {}, additionalProperties, required = [], minProperties, maxProperties } = schema
  const keys = Object.keys(value)
  const inside = (key: string): Walk => ({ ...walk, path: walk.path ? `${walk.path}.${key}` : key })
  for (const key of required) {
    if (Object.hasOwn(value, key)) continue
    walk.faults.push({ reason: 'FieldValueRequired', message: 'Required value', field: inside(key).path })
  }
  if (minProperties !== undefined && keys.length < minProperties) {
    invalid(keys.length, `should have at least ${minProperties} properties`, walk)
  }
  if (maxProperties !== undefined && keys.length > maxProperties) {
    tooMuch(`Too many: ${keys.length}: must have at most ${maxProperties} items`, walk)
  }
  for (const key of keys) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined
    const schemaOf = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (schemaOf && value[key] !== undefined) check(schemaOf, value[key], inside(key))
  }
}

function invalid(value: string | number, why: string, walk: Walk): void {
  const message = `Invalid value: ${JSON.stringify(value)}: ${named(walk)} ${why}`
  walk.faults.push({ reason: 'FieldValueInvalid', message, field: fieldOf(walk) })
}

function tooMuch(message: string, walk: Walk): void {
  const reason = message.startsWith('Too long') ? 'FieldValueTooLong' : 'FieldValueTooMany'
  walk.faults.push({ reason, message, field: fieldOf(walk) })
}

function named({ path }: Walk): string {
  return path ? `${path} in body` : 'in body'
}

function fieldOf({ path }: Walk): string {
  return path || '<nil>'
}

// A pattern is compiled once a schema. RE2 takes time linear in the text, whatever the pattern is.
const MATCHERS = new WeakMap<SchemaNode, RE2JS>()

function matcherOf(schema: SchemaNode, pattern: string): RE2JS {
  const known = MATCHERS.get(schema)
  if (known) return known
  const matcher = RE2JS.compile(pattern)
  MATCHERS.set(schema, matcher)
  return matcher
}
