import { isDeepStrictEqual } from 'node:util'
import { type Fields, fieldsOf, listOf, textOf, textsOf } from './reading.ts'

/** What each version says for itself, unless all say the same. */
export interface Sayings {
  readonly schema?: Fields
  readonly subresources?: Fields
  readonly columns?: readonly Fields[]
  readonly selectable?: readonly Fields[]
}

export interface VersionSpec extends Sayings {
  readonly name: string
  readonly served: boolean
  readonly storage: boolean
  readonly deprecated: boolean
  readonly deprecationWarning?: string
}

export interface Names {
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly listKind: string
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
}

/**
 * A definition's spec as kube-apiserver checks it: what all versions say alike stands at the top, and its faults are
 * reported there (apiextensions `v1/conversion.go`).
 */
export interface DefinitionSpec {
  readonly group: string
  readonly scope: string
  readonly names: Names
  /** Undefined when there is no such field at all. */
  readonly versions: readonly VersionSpec[] | undefined
  readonly common: Sayings
  readonly conversion: Fields | undefined
  readonly preserveUnknownFields: unknown
}

export function specOf(definition: Fields): DefinitionSpec {
  const spec = fieldsOf(definition.spec) ?? {}
  const versions = Array.isArray(spec.versions) ? listOf(spec.versions).map(versionOf) : undefined
  const common = commonOf(versions ?? [])
  return {
    group: textOf(spec.group),
    scope: textOf(spec.scope),
    names: namesOf(spec.names),
    versions: versions?.map(version => without(version, common)),
    common: common.said,
    conversion: fieldsOf(spec.conversion),
    preserveUnknownFields: spec.preserveUnknownFields,
  }
}

export function namesOf(value: unknown): Names {
  const names = fieldsOf(value) ?? {}
  return {
    plural: textOf(names.plural),
    singular: textOf(names.singular),
    kind: textOf(names.kind),
    listKind: textOf(names.listKind),
    shortNames: textsOf(names.shortNames),
    categories: textsOf(names.categories),
  }
}

function versionOf(version: Fields): VersionSpec {
  const schema = fieldsOf(version.schema)
  const subresources = fieldsOf(version.subresources)
  const columns = listOf(version.additionalPrinterColumns)
  const selectable = listOf(version.selectableFields)
  return {
    name: textOf(version.name),
    served: version.served === true,
    storage: version.storage === true,
    deprecated: version.deprecated === true,
    ...(typeof version.deprecationWarning === 'string' && { deprecationWarning: version.deprecationWarning }),
    ...(schema && { schema }),
    ...(subresources && { subresources }),
    ...(columns.length > 0 && { columns }),
    ...(selectable.length > 0 && { selectable }),
  }
}

const ASPECTS = ['schema', 'subresources', 'columns', 'selectable'] as const
type Aspect = (typeof ASPECTS)[number]
type Common = { readonly aspects: readonly Aspect[]; readonly said: Sayings }

function commonOf([first, ...others]: readonly VersionSpec[]): Common {
  if (!first) return { aspects: [], said: {} }
  const aspects = ASPECTS.filter(aspect => others.every(other => isDeepStrictEqual(other[aspect], first[aspect])))
  return { aspects, said: Object.fromEntries(aspects.map(aspect => [aspect, first[aspect]])) }
}

function without(version: VersionSpec, { aspects }: Common): VersionSpec {
  const { schema, subresources, columns, selectable, ...plain } = version
  const own = { schema, subresources, columns, selectable }
  const kept = ASPECTS.filter(aspect => own[aspect] !== undefined && !aspects.includes(aspect))
  return { ...plain, ...Object.fromEntries(kept.map(aspect => [aspect, own[aspect]])) }
}
