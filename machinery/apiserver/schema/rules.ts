import { RE2JS } from 're2js'
import type { SchemaNode } from '../../api/schema.ts'
import { formatCheck } from './format.ts'

/** A schema made ready: what it asks of a value, without what it does not ask. Made once a schema. */
export interface Rules {
  readonly schema: SchemaNode
  /** Types that it allows, as messages list them; empty for any. */
  readonly types: string
  /** One of the formats that are checked. */
  readonly format?: string
  readonly isOfFormat?: (text: string) => boolean
  readonly matches?: (text: string) => boolean
  readonly properties?: ReadonlyMap<string, Rules>
  readonly additional?: Rules
  readonly items?: Rules
  readonly anyOf?: readonly Rules[]
  readonly oneOf?: readonly Rules[]
  readonly allOf?: readonly Rules[]
  readonly not?: Rules
  readonly junctors: boolean
}

const READY = new WeakMap<SchemaNode, Rules>()

export function rulesOf(schema: SchemaNode): Rules {
  const known = READY.get(schema)
  if (known) return known
  const rules = made(schema)
  READY.set(schema, rules)
  return rules
}

function made(schema: SchemaNode): Rules {
  const { properties, additionalProperties, items, pattern, anyOf, oneOf, allOf, not } = schema
  const isOfFormat = formatCheck(schema.format)
  return {
    schema,
    types: schema['x-kubernetes-int-or-string'] ? 'integer,string' : (schema.type ?? ''),
    ...(isOfFormat && schema.format && { format: schema.format, isOfFormat }),
    ...(pattern && { matches: lazyMatcher(pattern) }),
    ...(properties && { properties: new Map(Object.entries(properties).map(([key, of]) => [key, rulesOf(of)])) }),
    ...(typeof additionalProperties === 'object' && { additional: rulesOf(additionalProperties) }),
    ...(items && { items: rulesOf(items) }),
    ...(anyOf?.length && { anyOf: anyOf.map(rulesOf) }),
    ...(oneOf?.length && { oneOf: oneOf.map(rulesOf) }),
    ...(allOf?.length && { allOf: allOf.map(rulesOf) }),
    ...(not && { not: rulesOf(not) }),
    junctors: Boolean(anyOf?.length || oneOf?.length || allOf?.length || not),
  }
}

/** RE2 takes time linear in the text, whatever the pattern is. */
function lazyMatcher(pattern: string): (text: string) => boolean {
  let compiled: RE2JS | undefined
  return text => {
    compiled ??= RE2JS.compile(pattern)
    return compiled.matcher(text).find()
  }
}
