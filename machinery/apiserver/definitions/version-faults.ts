import type { StatusCause } from '../../api/fault.ts'
import { invalid, required } from '../schema/cause.ts'
import { columnFaults } from './column-faults.ts'
import { labelFaults } from './label.ts'
import { type Fields, fieldsOf } from './reading.ts'
import { rootFaults } from './root-faults.ts'
import { selectableFaults } from './selectable-faults.ts'
import type { DefinitionSpec, Sayings, VersionSpec } from './spec.ts'
import { subresourceFaults } from './subresource-faults.ts'

/** What is wrong with the versions one by one. */
export function versionFaults(spec: DefinitionSpec): StatusCause[] {
  const { versions = [] } = spec
  return [
    ...missingSchemas(spec),
    ...versions.flatMap((version, at) => [
      ...versionNameFault(version.name, `spec.versions[${at}].name`),
      ...warningFaults(version, `spec.versions[${at}].deprecationWarning`),
      ...rootFaults(version.schema, {
        path: `spec.versions[${at}].schema`,
        status: hasStatus(version.subresources ?? spec.common.subresources),
      }),
      ...sayingFaults(version, `spec.versions[${at}]`),
      ...ownSelectable(version, `spec.versions[${at}]`),
    ]),
  ]
}

/** What is wrong with what all versions say alike. */
export function commonFaults({ common, versions = [] }: DefinitionSpec): StatusCause[] {
  const status = [common, ...versions].some(one => hasStatus(one.subresources))
  return [
    ...rootFaults(common.schema, { path: 'spec.validation', status }),
    ...sayingFaults(common, 'spec'),
    ...commonSelectable(common),
  ]
}

function hasStatus(subresources: Fields | undefined): boolean {
  return fieldsOf(subresources?.status) !== undefined
}

function missingSchemas({ versions = [], common }: DefinitionSpec): StatusCause[] {
  if (rootSchema(common)) return []
  return versions.flatMap((version, at) => {
    return rootSchema(version) ? [] : [required(`spec.versions[${at}].schema.openAPIV3Schema`, 'schemas are required')]
  })
}

export function rootSchema({ schema }: Sayings): Fields | undefined {
  return fieldsOf(schema?.openAPIV3Schema)
}

export function versionNameFault(name: string, path: string): StatusCause[] {
  const why = labelFaults(name)
  return why.length > 0 ? [invalid(path, name, why.join(','))] : []
}

const LONGEST = 256 // bytes

function warningFaults({ deprecated, deprecationWarning: text }: VersionSpec, path: string): StatusCause[] {
  if (text === undefined) return []
  if (!deprecated) return [invalid(path, text, 'can only be set for deprecated versions')]
  const odd = oddAt(text)
  const printable = 'must only contain printable UTF-8 characters; non-printable character found at index'
  return [
    ...(Buffer.byteLength(text) > LONGEST ? [invalid(path, text, `must be <= ${LONGEST} characters long`)] : []),
    ...(text === '' ? [invalid(path, text, 'must not be an empty string')] : []),
    ...(odd === undefined ? [] : [invalid(path, text, `${printable} ${odd}`)]),
  ]
}

/** Where, in bytes, the first character stands that Go does not print (`unicode.IsPrint`). */
function oddAt(text: string): number | undefined {
  const at = text.search(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u)
  return at < 0 ? undefined : Buffer.byteLength(text.slice(0, at))
}

function sayingFaults({ subresources, columns }: Sayings, path: string): StatusCause[] {
  return [
    ...subresourceFaults(subresources, `${path}.subresources`),
    ...columnFaults(columns, `${path}.additionalPrinterColumns`),
  ]
}

function ownSelectable(version: VersionSpec, path: string): StatusCause[] {
  if (!version.selectable) return []
  const schema = rootSchema(version)
  const at = `${path}.selectableFields`
  // Upstream's sentence says the opposite of what it means; and a schema that all versions share is not found here.
  const why = 'selectableFields may only be set when version.schema.openAPIV3Schema is not included'
  return schema ? selectableFaults(version.selectable, schema, at) : [invalid(at, '', why)]
}

function commonSelectable(common: Sayings): StatusCause[] {
  if (!common.selectable) return []
  const schema = rootSchema(common)
  const why = 'selectableFields may only be set when validations.schema is included'
  if (!schema) return [invalid('spec.selectableFields', '', why)]
  return selectableFaults(common.selectable, schema, 'spec.selectableFields')
}
