import { RE2JS, RE2JSSyntaxException } from 're2js'
import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { forbidden, invalid, required } from './cause.ts'
import { completenessFaults } from './completeness.ts'

type Level = 'root' | 'item' | 'field'

const UNTYPED: Readonly<Record<Level, string>> = {
  root: 'must not be empty at the root',
  item: 'must not be empty for specified array items',
  field: 'must not be empty for specified object fields',
}

/** What keeps a schema from being structural (apiextensions `schema/validation.go`), sorted by what messages say. */
export function structuralFaults(schema: SchemaNode, path: string): StatusCause[] {
  const faults = [...invariantFaults(schema, 'root', path), ...completenessFaults(schema, path)]
  const text = ({ field, message }: StatusCause) => `${field}: ${message}`
  return faults.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

function invariantFaults(schema: SchemaNode, level: Level, path: string): StatusCause[] {
  const { items, properties = {}, additionalProperties } = schema
  return [
    ...(schema.type === 'array' && !items ? [required(`${path}.items`, 'must be specified')] : []),
    ...(items ? invariantFaults(items, 'item', `${path}.items`) : []),
    ...Object.entries(properties).flatMap(([key, of]) => invariantFaults(of, 'field', `${path}.properties[${key}]`)),
    ...(additionalProperties !== undefined && level === 'root'
      ? [forbidden(`${path}.additionalProperties`, 'must not be used at the root')]
      : []),
    ...(typeof additionalProperties === 'object'
      ? invariantFaults(additionalProperties, 'field', `${path}.additionalProperties`)
      : []),
    ...intOrStringFaults(schema, path),
    ...valueFaults(schema, {
      path,
      skipAnyOf: isIntOrString(schema.anyOf),
      skipAllOf: isIntOrString(schema.allOf?.[0]?.anyOf),
    }),
    ...typeFaults(schema, level, path),
    ...metaFaults(schema, level, path),
  ]
}

function intOrStringFaults(schema: SchemaNode, path: string): StatusCause[] {
  if (!schema['x-kubernetes-int-or-string']) return []
  const both = (['x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'] as const).filter(
    key => schema[key],
  )
  return both.map(key => invalid(`${path}.${key}`, true, 'must be false if x-kubernetes-int-or-string is true'))
}

/** `anyOf: [{type: integer}, {type: string}]`, the one place where value validations may have types. */
function isIntOrString(anyOf: SchemaNode['anyOf']): boolean {
  const types = (anyOf ?? []).map(one => (Object.keys(one).length === 1 ? one.type : undefined))
  return types.length === 2 && types[0] === 'integer' && types[1] === 'string'
}

function typeFaults(schema: SchemaNode, level: Level, path: string): StatusCause[] {
  const embedded = schema['x-kubernetes-embedded-resource'] === true
  const preserves = schema['x-kubernetes-preserve-unknown-fields'] === true
  const faults: StatusCause[] = []
  if (embedded && schema.type !== 'object') {
    const why = 'must be object if x-kubernetes-embedded-resource is true'
    faults.push(schema.type ? invalid(`${path}.type`, schema.type, why) : required(`${path}.type`, why))
  } else if (!schema.type && !schema['x-kubernetes-int-or-string'] && !preserves) {
    faults.push(required(`${path}.type`, UNTYPED[level]))
  }
  if (embedded && schema.additionalProperties !== undefined) {
    faults.push(forbidden(`${path}.additionalProperties`, 'must not be used if x-kubernetes-embedded-resource is set'))
  }
  if (level === 'root' && schema.type && schema.type !== 'object') {
    faults.push(invalid(`${path}.type`, schema.type, 'must be object at the root'))
  }
  if (embedded && !preserves && Object.keys(schema.properties ?? {}).length === 0) {
    const why =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields'
    faults.push(required(`${path}.properties`, why))
  }
  return faults
}

/** The type and the metadata of whole objects are what they are, whatever the schema says. */
function metaFaults(schema: SchemaNode, level: Level, path: string): StatusCause[] {
  const whole = level === 'root' || schema['x-kubernetes-embedded-resource'] === true
  const { kind, apiVersion, metadata } = schema.properties ?? {}
  const faults: StatusCause[] = []
  for (const [key, of] of Object.entries({ kind, apiVersion })) {
    if (!whole || !of || of.type === 'string') continue
    faults.push(invalid(`${path}.properties[${key}].type`, of.type ?? '', 'must be string'))
  }
  if (metadata && whole && metadata.type !== 'object') {
    faults.push(invalid(`${path}.properties[metadata].type`, metadata.type ?? '', 'must be object'))
  }
  if (metadata && level === 'root' && !isPlainMetadata(metadata)) {
    const why = 'must not specify anything other than name and generateName, but metadata is implicitly specified'
    faults.push(forbidden(`${path}.properties[metadata]`, why))
  }
  return faults
}

function isPlainMetadata({ type: _, default: __, properties = {}, ...others }: SchemaNode): boolean {
  const named = Object.keys(properties).every(key => key === 'name' || key === 'generateName')
  return named && Object.values(others).every(value => value === undefined || value === false || value === '')
}

type Place = { readonly path: string; readonly skipAnyOf?: boolean; readonly skipAllOf?: boolean }

/** Value validations may not say anything about the structure. */
function valueFaults(schema: SchemaNode, { path, skipAnyOf = false, skipAllOf = false }: Place): StatusCause[] {
  const { anyOf = [], allOf = [], oneOf = [], not, pattern } = schema
  const why = pattern ? patternFault(pattern) : undefined
  return [
    ...(skipAnyOf ? [] : anyOf.flatMap((of, at) => nestedFaults(of, { path: `${path}.anyOf[${at}]` }))),
    ...allOf.flatMap((of, at) => nestedFaults(of, { path: `${path}.allOf[${at}]`, skipAnyOf: skipAllOf && at === 0 })),
    ...oneOf.flatMap((of, at) => nestedFaults(of, { path: `${path}.oneOf[${at}]` })),
    ...(not ? nestedFaults(not, { path: `${path}.not` }) : []),
    ...(why ? [invalid(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${why}`)] : []),
  ]
}

function patternFault(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern)
    return undefined
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return error.message
    throw error
  }
}

const FORBIDDEN: readonly (readonly [keyof SchemaNode, string])[] = [
  ['type', 'must be empty to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['default', 'must be undefined to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
]

function nestedFaults(schema: SchemaNode, place: Place): StatusCause[] {
  const { path } = place
  const { items, properties = {} } = schema
  return [
    ...valueFaults(schema, place),
    ...(items ? nestedFaults(items, { path: `${path}.items` }) : []),
    ...Object.entries(properties).flatMap(([key, of]) => nestedFaults(of, { path: `${path}.properties[${key}]` })),
    ...FORBIDDEN.filter(([key]) => isSaid(schema[key])).map(([key, why]) => forbidden(`${path}.${key}`, why)),
    ...(properties.metadata
      ? [forbidden(`${path}.properties[metadata]`, 'must not be specified in a nested context')]
      : []),
  ]
}

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== null && value !== false && value !== ''
}
