import { quote } from '../schema/gotext.ts'
import type { VersionSpec } from './spec.ts'

const SOMEWHERE = '0xc000000000' // Go shows an address, which is another one each time

/** Versions as Go's `%#v` shows its own type: kube-apiserver's sentences about them carry it. */
export function goVersions(versions: readonly VersionSpec[] | undefined): string {
  if (!versions) return '[]apiextensions.CustomResourceDefinitionVersion(nil)'
  return `[]apiextensions.CustomResourceDefinitionVersion{${versions.map(goVersion).join(', ')}}`
}

function goVersion(version: VersionSpec): string {
  const pointer = (type: string, value: unknown) => `(*${type})(${value === undefined ? 'nil' : SOMEWHERE})`
  const fields = [
    `Name:${quote(version.name)}`,
    `Served:${version.served}`,
    `Storage:${version.storage}`,
    `Deprecated:${version.deprecated}`,
    `DeprecationWarning:${pointer('string', version.deprecationWarning)}`,
    `Schema:${pointer('apiextensions.CustomResourceValidation', version.schema)}`,
    `Subresources:${pointer('apiextensions.CustomResourceSubresources', version.subresources)}`,
    `AdditionalPrinterColumns:[]apiextensions.CustomResourceColumnDefinition(nil)`,
    `SelectableFields:[]apiextensions.SelectableField(nil)`,
  ]
  return `apiextensions.CustomResourceDefinitionVersion{${fields.join(', ')}}`
}
