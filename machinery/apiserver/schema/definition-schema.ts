import type { SchemaNode } from '../../api/schema.ts'
import { isObject } from '../registry/served.ts'

type Read = (value: unknown) => unknown

const NODES: Read = value => (Array.isArray(value) ? value.filter(isObject).map(schemaFrom) : undefined)
const NODE: Read = value => (isObject(value) ? schemaFrom(value) : undefined)
const TEXTS: Read = value => (Array.isArray(value) ? value.filter(isText) : undefined)
const TEXT: Read = value => (isText(value) ? value : undefined)
const NUMBER: Read = value => (typeof value === 'number' ? value : undefined)
const FLAG: Read = value => (typeof value === 'boolean' ? value : undefined)
const RULES: Read = value => (Array.isArray(value) ? value.filter(isObject).map(ruleFrom) : undefined)
const NODES_BY_NAME: Read = value => {
  if (!isObject(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, schemaFrom(of)]))
}

const KEYWORDS: Readonly<Record<string, Read>> = {
  ...each(TEXT, 'type', 'title', 'description', 'format', 'pattern', '$ref', '$schema', 'id'),
  ...each(TEXT, 'x-kubernetes-list-type', 'x-kubernetes-map-type'),
  ...each(NUMBER, 'minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength'),
  ...each(NUMBER, 'minItems', 'maxItems', 'minProperties', 'maxProperties'),
  ...each(FLAG, 'exclusiveMinimum', 'exclusiveMaximum', 'uniqueItems', 'nullable', 'x-kubernetes-int-or-string'),
  ...each(FLAG, 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-embedded-resource'),
  ...each(TEXTS, 'required', 'x-kubernetes-list-map-keys'),
  ...each(NODES, 'allOf', 'anyOf', 'oneOf'),
  ...each(NODES_BY_NAME, 'properties'),
  not: NODE,
  items: value => NODES(value) ?? NODE(value),
  additionalProperties: value => FLAG(value) ?? NODE(value),
  enum: value => (Array.isArray(value) ? value : undefined),
  'x-kubernetes-validations': RULES,
}

function each(read: Read, ...keys: readonly string[]): Record<string, Read> {
  return Object.fromEntries(keys.map(key => [key, read]))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** The edge: a schema as it came, without what is of a wrong type; the decoder of definitions tells of that. */
export function schemaFrom(given: unknown): SchemaNode {
  if (!isObject(given)) return {}
  const known = Object.entries(given).flatMap(([key, value]) => {
    const read = Object.hasOwn(KEYWORDS, key) ? KEYWORDS[key] : undefined
    const kept = read ? read(value) : value
    return kept === undefined || kept === null ? [] : [[key, kept] as const]
  })
  return Object.fromEntries(known)
}

function ruleFrom(given: Readonly<Record<string, unknown>>): unknown {
  const texts = ['message', 'messageExpression', 'reason', 'fieldPath'].filter(key => isText(given[key]))
  return {
    rule: isText(given.rule) ? given.rule : '',
    ...Object.fromEntries(texts.map(key => [key, given[key]])),
    ...(typeof given.optionalOldSelf === 'boolean' && { optionalOldSelf: given.optionalOldSelf }),
  }
}
