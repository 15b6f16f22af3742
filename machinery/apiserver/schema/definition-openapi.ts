import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { forbidden, invalid, notSupported } from './cause.ts'
import { listFaults } from './definition-lists.ts'
import { type Cardinality, inside, RuleCosts, ruleCauses, START } from './definition-rules.ts'
import { writingFaults } from './definition-writing.ts'

/** Keywords of JSON Schema that no definition may use, and what has to be absent for each. */
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const

type Loose = SchemaNode & { readonly [K in (typeof UNSUPPORTED)[number] | '$schema']?: unknown }

/** Why nothing structural can be made of the schema, as the first of its nodes tells. */
export function unsupportedFault(schema: SchemaNode): string | undefined {
  const own = ownUnsupported(schema)
  if (own !== undefined) return own
  for (const of of nodesIn(schema)) {
    const why = unsupportedFault(of)
    if (why !== undefined) return why
  }
  return undefined
}

function ownUnsupported(schema: Loose): string | undefined {
  const order = [
    'id',
    '$schema',
    '$ref',
    'patternProperties',
    'dependencies',
    'additionalItems',
    'definitions',
  ] as const
  const found = order.find(key => isSaid(schema[key]))
  if (found) return `OpenAPIV3Schema '${found === '$schema' ? 'schema' : found}' is not supported`
  if (Array.isArray(schema.items)) return "OpenAPIV3Schema 'items' must be a schema, but is an array"
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined"
  }
  return undefined
}

function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}

function nodesIn({
  items,
  properties = {},
  additionalProperties,
  not,
  allOf = [],
  anyOf = [],
  oneOf = [],
}: SchemaNode): SchemaNode[] {
  const more = [items, additionalProperties, not].filter(of => typeof of === 'object' && !Array.isArray(of))
  return [...(more as SchemaNode[]), ...Object.values(properties), ...allOf, ...anyOf, ...oneOf]
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']
const META = new Set(['metadata', 'kind', 'apiVersion'])

interface Context {
  readonly root: boolean
  /** Why no default may stand here. */
  readonly noDefaults?: string
  readonly insideMeta: boolean
  /** From where on old and new values cannot be told to belong together. */
  readonly uncorrelated?: string
  /** Absent where rules are not looked at. */
  readonly rules?: Cardinality
}

interface Found {
  readonly schema: readonly StatusCause[]
  readonly rules: readonly StatusCause[]
}

/** What a definition's schema may not say, and what is wrong with its rules (`ValidateCustomResourceDefinitionOpenAPISchema`). */
export function openApiFaults(schema: SchemaNode, path: string, { rules }: { rules: boolean }): StatusCause[] {
  const costs = new RuleCosts()
  const context: Context = { root: true, insideMeta: false, ...(rules && { rules: START }) }
  const found = new Inspector(costs).inspect(schema, path, context)
  return [...found.schema, ...found.rules, ...costs.faults(path)]
}

class Inspector {
  readonly #costs: RuleCosts

  constructor(costs: RuleCosts) {
    this.#costs = costs
  }

  inspect(schema: SchemaNode, path: string, context: Context): Found {
    const within = this.#within(schema, path, context)
    const own = [
      ...keywordFaults(schema, path, context),
      ...within.flatMap(found => found.schema),
      ...preserveFaults(schema, path),
      ...listFaults(schema, path),
    ]
    const written = writingFaults(schema, path)
    const clean = own.length + written.length === 0
    const { rules, uncorrelated } = context
    const causes =
      clean && rules
        ? ruleCauses({ schema, path, uncorrelated, cardinality: rules, root: context.root }, this.#costs)
        : []
    return { schema: [...own, ...written], rules: [...within.flatMap(found => found.rules), ...causes] }
  }

  #within(schema: SchemaNode, path: string, context: Context): Found[] {
    const { properties = {}, additionalProperties, items, not, allOf = [], oneOf = [], anyOf = [] } = schema
    const { rules: _, ...quiet } = { ...context, root: false }
    const child = { ...context, root: false, ...(context.rules && { rules: inside(context.rules, schema) }) }
    const found: Found[] = []
    if (typeof additionalProperties === 'object') {
      const noDefaults = context.insideMeta && { noDefaults: 'inside additionalProperties applying to object metadata' }
      found.push(this.inspect(additionalProperties, `${path}.additionalProperties`, { ...child, ...noDefaults }))
    }
    for (const [key, of] of Object.entries(properties)) {
      found.push(this.inspect(of, `${path}.properties[${key}]`, { ...child, ...this.#meta(schema, key, context) }))
    }
    if (not) found.push(this.inspect(not, `${path}.not`, quiet))
    for (const [name, all] of Object.entries({ allOf, oneOf, anyOf })) {
      for (const [at, of] of all.entries()) found.push(this.inspect(of, `${path}.${name}[${at}]`, quiet))
    }
    if (items && !Array.isArray(items)) {
      const uncorrelated =
        schema['x-kubernetes-list-type'] === 'map' ? context.uncorrelated : (context.uncorrelated ?? path)
      found.push(
        this.inspect(items, `${path}.items`, { ...child, ...(uncorrelated !== undefined && { uncorrelated }) }),
      )
    }
    return found
  }

  #meta(schema: SchemaNode, key: string, { root }: Context): Partial<Context> {
    if (!META.has(key) || !(root || schema['x-kubernetes-embedded-resource'])) return {}
    return { insideMeta: true, ...(root && { noDefaults: `in top-level ${key}` }) }
  }
}

function keywordFaults(schema: Loose, path: string, { noDefaults, insideMeta }: Context): StatusCause[] {
  const faults: StatusCause[] = []
  const type: string | undefined = schema.type
  if (type && !TYPES.includes(type)) faults.push(notSupported(`${path}.type`, type, TYPES))
  if (noDefaults !== undefined && schema.default !== undefined) {
    faults.push(forbidden(`${path}.default`, `must not be set ${noDefaults}`))
  }
  for (const key of UNSUPPORTED) {
    const said =
      key === 'dependencies' || key === '$ref' || key === 'additionalItems'
        ? schema[key] !== undefined
        : isSaid(schema[key])
    if (said) faults.push(forbidden(`${path}.${key}`, `${key} is not supported`))
  }
  if (type === 'null')
    faults.push(forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'))
  if (Array.isArray(schema.items))
    faults.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'))
  if (insideMeta && schema['x-kubernetes-embedded-resource']) {
    faults.push(forbidden(`${path}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta'))
  }
  if (schema.uniqueItems) {
    const why = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic'
    faults.push(forbidden(`${path}.uniqueItems`, why))
  }
  const { additionalProperties, properties = {} } = schema
  if (additionalProperties !== undefined && additionalProperties !== true && Object.keys(properties).length > 0) {
    faults.push(forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive'))
  }
  return faults
}

function preserveFaults(schema: SchemaNode, path: string): StatusCause[] {
  if (schema['x-kubernetes-preserve-unknown-fields'] !== false) return []
  return [invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined')]
}
