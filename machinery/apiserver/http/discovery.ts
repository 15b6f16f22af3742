import { apiVersion } from '../../api/kind.ts'
import type { ReviewKind } from '../access/access.ts'
import { ALL_VERBS, type Catalog, type Served } from '../registry/served.ts'

// Which groups, versions and resources there are: the plain lists, and all of it in one answer (apidiscovery v2).

export const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'

export function coreVersions(): object {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
}

export function groupList(catalog: Catalog): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(catalog).map(group => groupEntry(catalog, group)) }
}

export function oneGroup(catalog: Catalog, group: string): object | undefined {
  if (!groupsOf(catalog).includes(group)) return undefined
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(catalog, group) }
}

/** The kinds of one version, and their subresources. */
export function resourceList(catalog: Catalog, version: string): object | undefined {
  const served = catalog.all.filter(one => apiVersion(one.kind) === version)
  const reviews = REVIEWS.filter(one => one.version === version)
  if (served.length + reviews.length === 0) return undefined
  const resources = [...served.flatMap(resourceEntries), ...reviews.map(reviewEntry)]
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources }
}

/** `core`: what is below /api; otherwise what is below /apis. */
export function aggregated(catalog: Catalog, where: 'core' | 'groups'): object {
  const names = where === 'core' ? [''] : groupsOf(catalog)
  const items = names.map(name => ({
    metadata: { ...(name && { name }), creationTimestamp: null },
    versions: versionsOf(catalog, name).map(version => aggregatedVersion(catalog, name, version)),
  }))
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items }
}

function aggregatedVersion(catalog: Catalog, group: string, version: string): object {
  const served = catalog.all.filter(one => one.kind.group === group && one.kind.version === version)
  const reviews = REVIEWS.filter(one => one.version === `${group}/${version}`)
  return {
    version,
    freshness: 'Current',
    resources: [...served.map(aggregatedEntry), ...reviews.map(aggregatedReview)],
  }
}

function aggregatedEntry(served: Served): object {
  const { kind } = served
  const own = { group: kind.group, version: kind.version, kind: kind.kind }
  const subresources = subresourcesOf(served).map(({ name, verbs, as = own }) => ({
    subresource: name,
    responseKind: as,
    verbs,
  }))
  return {
    resource: kind.plural,
    responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: served.traits.verbs ?? ALL_VERBS,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
    ...(subresources.length > 0 && { subresources }),
  }
}

function resourceEntries(served: Served): object[] {
  const { kind } = served
  const main = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: served.traits.verbs ?? ALL_VERBS,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
  }
  const below = subresourcesOf(served).map(({ name, verbs, as }) => ({
    name: `${kind.plural}/${name}`,
    singularName: '',
    namespaced: kind.namespaced,
    ...(as ?? { kind: kind.kind }),
    verbs,
  }))
  return [main, ...below]
}

interface Below {
  readonly name: string
  readonly verbs: readonly string[]
  /** What is read and written there, where it is of another kind. */
  readonly as?: { readonly group: string; readonly version: string; readonly kind: string }
}

const TOKEN: Below = {
  name: 'token',
  verbs: ['create'],
  as: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
}

function subresourcesOf({ kind, traits, collection }: Served): readonly Below[] {
  if (collection === 'serviceaccounts') return [TOKEN]
  const found = kind.statusSubresource
    ? [{ name: 'status', verbs: traits.verbs ? ['get'] : ['get', 'patch', 'update'] }]
    : []
  return kind.plural === 'pods' && kind.group === '' ? [...found, { name: 'log', verbs: ['get'] }] : found
}

/** Questions that are asked by creating an object that is never kept. */
export const REVIEWS: readonly Review[] = [
  review('authorization.k8s.io/v1', 'LocalSubjectAccessReview', true),
  review('authorization.k8s.io/v1', 'SelfSubjectAccessReview'),
  review('authorization.k8s.io/v1', 'SelfSubjectRulesReview'),
  review('authorization.k8s.io/v1', 'SubjectAccessReview'),
  review('authentication.k8s.io/v1', 'SelfSubjectReview'),
  review('authentication.k8s.io/v1', 'TokenReview'),
]

interface Review {
  readonly version: string
  readonly plural: string
  readonly kind: ReviewKind
  readonly namespaced: boolean
}

function review(version: string, kind: ReviewKind, namespaced = false): Review {
  return { version, plural: `${kind.toLowerCase()}s`, kind, namespaced }
}

function reviewEntry({ plural, kind, namespaced }: Review): object {
  return { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs: ['create'] }
}

function aggregatedReview({ plural, kind, version, namespaced }: Review): object {
  const [group = '', name = ''] = version.split('/')
  const responseKind = { group, version: name, kind }
  const scope = namespaced ? 'Namespaced' : 'Cluster'
  return { resource: plural, responseKind, scope, singularResource: kind.toLowerCase(), verbs: ['create'] }
}

function groupsOf(catalog: Catalog): string[] {
  const names = [...catalog.all.map(one => one.kind.group), ...REVIEWS.map(one => one.version.split('/')[0] ?? '')]
  return [...new Set(names)].filter(Boolean)
}

function versionsOf(catalog: Catalog, group: string): string[] {
  const reviews = REVIEWS.filter(one => one.version.startsWith(`${group}/`)).map(one =>
    one.version.slice(group.length + 1),
  )
  const served = catalog.all.filter(one => one.kind.group === group).map(one => one.kind.version)
  return [...new Set([...served, ...reviews])]
}

function groupEntry(catalog: Catalog, name: string): object {
  const versions = versionsOf(catalog, name).map(version => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions, preferredVersion: versions[0] }
}
