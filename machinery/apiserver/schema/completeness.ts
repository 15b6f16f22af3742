import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { required } from './cause.ts'

interface Place {
  /** Where the structure is that the validation is about. */
  readonly structure: string
  readonly path: string
}

/** What value validations at the root speak of, and the structure does not have (apiextensions `schema/complete.go`). */
export function completenessFaults(schema: SchemaNode, path: string): StatusCause[] {
  return junctorFaults(schema, schema, { structure: path, path })
}

function junctorFaults(value: SchemaNode, schema: SchemaNode, { structure, path }: Place): StatusCause[] {
  const { not, allOf = [], anyOf = [], oneOf = [] } = value
  const each = (name: string, all: readonly SchemaNode[]) =>
    all.flatMap((of, at) => nestedFaults(of, schema, { structure, path: `${path}.${name}[${at}]` }))
  return [
    ...(not ? nestedFaults(not, schema, { structure, path: `${path}.not` }) : []),
    ...each('allOf', allOf),
    ...each('anyOf', anyOf),
    ...each('oneOf', oneOf),
  ]
}

function nestedFaults(value: SchemaNode, schema: SchemaNode | undefined, place: Place): StatusCause[] {
  const { structure, path } = place
  if (!schema) return [required(structure, `because it is defined in ${path}`)]
  const { items, properties = {} } = value
  return [
    ...junctorFaults(value, schema, place),
    ...(items ? nestedFaults(items, schema.items, { structure: `${structure}.items`, path: `${path}.items` }) : []),
    ...Object.entries(properties).flatMap(([key, of]) => {
      const inside = { structure: `${structure}.properties[${key}]`, path: `${path}.properties[${key}]` }
      const known = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined
      return nestedFaults(of, known, inside)
    }),
  ]
}
