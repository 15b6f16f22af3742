import type { Kind } from '../machinery/api/kind.ts'
import type { SchemaNode } from '../machinery/api/schema.ts'

/** A CustomResourceDefinition as far as it decides whether our services can live with it. */
export interface DefinitionSpec {
  readonly group?: string
  readonly scope?: string
  readonly names?: { readonly plural?: string; readonly kind?: string }
  readonly versions?: readonly DefinitionVersion[]
}

interface DefinitionVersion {
  readonly name?: string
  readonly served?: boolean
  readonly schema?: { readonly openAPIV3Schema?: SchemaNode }
  readonly subresources?: { readonly status?: object }
}

/** What a definition that somebody else installed lacks for our services; empty when they can live with it. */
export function lackOf(kind: Kind, spec: DefinitionSpec): readonly string[] {
  const { names, scope } = spec
  if (names?.kind !== kind.kind) return [`its kind is ${names?.kind}, not ${kind.kind}`]
  const wanted = kind.namespaced ? 'Namespaced' : 'Cluster'
  if (scope !== wanted) return [`its scope is ${scope}, not ${wanted}`]
  const version = spec.versions?.find(({ name }) => name === kind.version)
  if (!version?.served) return [`it does not serve ${kind.version}`]
  const status = kind.statusSubresource && !version.subresources?.status ? ['its status is no subresource'] : []
  return [...status, ...missing(kind.schema ?? {}, version.schema?.openAPIV3Schema, '')]
}

/** Where theirs would drop, or refuse for its type, what ours may hold. */
function missing(ours: SchemaNode, theirs: SchemaNode | undefined, path: string): readonly string[] {
  if (!theirs) return [path === '' ? 'it has no schema' : `${path} is missing`]
  const open = theirs['x-kubernetes-preserve-unknown-fields'] === true
  if (open && !theirs.properties) return []
  if (ours['x-kubernetes-preserve-unknown-fields'] && !open) return [`${path} does not keep unknown fields`]
  if (ours.type && theirs.type && ours.type !== theirs.type && !theirs['x-kubernetes-int-or-string']) {
    return [`${path} is of type ${theirs.type}, not ${ours.type}`]
  }
  const fields = Object.entries(ours.properties ?? {}).flatMap(([name, node]) => {
    const there = theirs.properties?.[name] ?? valuesOf(theirs)
    return there === undefined && open ? [] : missing(node, there, `${path}.${name}`)
  })
  const items = ours.items ? missing(ours.items, theirs.items, `${path}[]`) : []
  const values = valuesOf(ours)
  const theirValues = valuesOf(theirs)
  const free = values && !(open && !theirValues) ? missing(values, theirValues, `${path}.*`) : []
  return [...fields, ...items, ...free]
}

function valuesOf({ additionalProperties }: SchemaNode): SchemaNode | undefined {
  if (additionalProperties === true) return { 'x-kubernetes-preserve-unknown-fields': true }
  return typeof additionalProperties === 'object' ? additionalProperties : undefined
}
