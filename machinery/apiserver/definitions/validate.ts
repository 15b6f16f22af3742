import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../api/fault.ts'
import { invalid, notSupported, required } from '../schema/cause.ts'
import { approvalFaults } from './approval.ts'
import { invalidAsShown, stringSlice } from './cause.ts'
import { bundleFaults } from './client-config-faults.ts'
import { isTrue } from './condition.ts'
import { conversionFaults, type Leniency, REVIEW_VERSIONS } from './conversion-faults.ts'
import { goVersions } from './go-versions.ts'
import { subdomainFaults } from './label.ts'
import { missingNames, nameFaults } from './name-faults.ts'
import { type Fields, fieldsOf, textOf, textsOf } from './reading.ts'
import { type DefinitionSpec, namesOf, specOf } from './spec.ts'
import { commonFaults, versionFaults, versionNameFault } from './version-faults.ts'

/** What is wrong with a definition, beyond its metadata, in kube-apiserver's words and order. */
export function definitionFaults(definition: Fields, old?: Fields): StatusCause[] {
  const accepted = nameFaults(namesOf(fieldsOf(definition.status)?.acceptedNames), 'status.acceptedNames')
  // A write of the status alone: what stands in the spec was accepted when it was written.
  if (old && isDeepStrictEqual(old.spec, definition.spec)) return [...accepted, ...approved(definition, old)]
  const spec = specOf(definition)
  const before = old && specOf(old)
  return [
    ...(old ? [] : placeFaults(definition, spec)),
    ...specFaults(spec, lenientFor(old)),
    ...(before ? immutableFaults(spec, before, isTrue(old, 'Established')) : []),
    ...accepted,
    ...storedFaults(textsOf(fieldsOf(definition.status)?.storedVersions), spec),
    ...approved(definition, old),
    ...preserveFaults(spec, before),
  ]
}

function placeFaults(definition: Fields, { names, group }: DefinitionSpec): StatusCause[] {
  const name = textOf(fieldsOf(definition.metadata)?.name)
  if (name === `${names.plural}.${group}`) return []
  return [invalid('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]
}

const SCOPES = ['Cluster', 'Namespaced']

function specFaults(spec: DefinitionSpec, lenient: Leniency): StatusCause[] {
  const { scope, names } = spec
  const first = spec.versions?.[0]?.name
  return [
    ...groupFaults(spec.group),
    ...(scope === '' ? [required('spec.scope')] : []),
    ...(scope !== '' && !SCOPES.includes(scope) ? [notSupported('spec.scope', scope, SCOPES)] : []),
    ...versionFaults(spec),
    ...flagFaults(spec),
    // kube-apiserver keeps the first name in a field of its own, and checks that as well.
    ...(first ? versionNameFault(first, 'spec.version') : []),
    ...missingNames(names, 'spec.names'),
    ...nameFaults(names, 'spec.names'),
    ...commonFaults(spec),
    ...conversionFaults(spec.conversion, 'spec.conversion', lenient),
  ]
}

function groupFaults(group: string): StatusCause[] {
  if (group === '') return [required('spec.group')]
  const why = subdomainFaults(group)
  if (why.length > 0) return [invalid('spec.group', group, why.join(','))]
  return group.includes('.') ? [] : [invalid('spec.group', group, 'should be a domain with at least one dot')]
}

/** Names are told apart, and one version is kept in the store. */
function flagFaults({ versions }: DefinitionSpec): StatusCause[] {
  const all = versions ?? []
  const names = new Set(all.map(version => version.name))
  const wrong = (why: string) => invalidAsShown('spec.versions', goVersions(versions), why)
  return [
    ...(names.size < all.length ? [wrong('must contain unique version names')] : []),
    ...(all.filter(version => version.storage).length === 1
      ? []
      : [wrong('must have exactly one version marked as storage version')]),
  ]
}

function immutableFaults(next: DefinitionSpec, old: DefinitionSpec, established: boolean): StatusCause[] {
  const same = (field: string, value: string, before: string) =>
    value === before ? [] : [invalid(field, value, 'field is immutable')]
  return [
    ...(established ? same('spec.scope', next.scope, old.scope) : []),
    ...(established ? same('spec.names.kind', next.names.kind, old.names.kind) : []),
    ...same('spec.group', next.group, old.group),
    ...same('spec.names.plural', next.names.plural, old.names.plural),
  ]
}

/** Objects may lie in the store in each of these versions, so that none may go from the spec. */
function storedFaults(stored: readonly string[], { versions = [] }: DefinitionSpec): StatusCause[] {
  const path = 'status.storedVersions'
  if (stored.length === 0) return [invalidAsShown(path, stringSlice(stored), 'must have at least one stored version')]
  const missing = versions.filter(version => version.storage && !stored.includes(version.name))
  const names = versions.map(version => version.name)
  return [
    ...missing.map(({ name }) => invalidAsShown(path, stringSlice(stored), `must have the storage version ${name}`)),
    ...stored.flatMap((version, at) => {
      return names.includes(version) ? [] : [invalid(`${path}[${at}]`, version, 'must appear in spec.versions')]
    }),
  ]
}

function approved(definition: Fields, old: Fields | undefined): StatusCause[] {
  const approvable = (one: Fields) => {
    const annotations = fieldsOf(fieldsOf(one.metadata)?.annotations)
    return { group: textOf(fieldsOf(one.spec)?.group), ...(annotations && { annotations }) }
  }
  return approvalFaults(approvable(definition), old && approvable(old))
}

function preserveFaults(next: DefinitionSpec, old: DefinitionSpec | undefined): StatusCause[] {
  if (next.preserveUnknownFields !== true || old?.preserveUnknownFields === true) return []
  const why = 'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead'
  return [invalid('spec.preserveUnknownFields', true, why)]
}

/** What may be wrong because it was before, or because nobody relies on it yet. */
function lenientFor(old: Fields | undefined): Leniency {
  if (!old) return { anyBundle: true, anyReview: false }
  const webhook = fieldsOf(specOf(old).conversion?.webhook)
  const reviews = textsOf(webhook?.conversionReviewVersions)
  const bundle = textOf(fieldsOf(webhook?.clientConfig)?.caBundle)
  return {
    anyBundle: !isTrue(old, 'Established') || (bundle !== '' && bundleFaults(bundle, '').length > 0),
    anyReview: reviews.length > 0 && !reviews.some(version => REVIEW_VERSIONS.includes(version)),
  }
}
