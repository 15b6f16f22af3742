import { createHash } from 'node:crypto'
import type { Catalog, Served } from '../registry/served.ts'
import { type KnownGroup, type KnownVersion, knownGroups, type Resource } from './known.ts'

// Which groups, versions and resources there are: the plain lists, and all of it in one answer (apidiscovery v2).

export function coreVersions(): object {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
}

export function groupList(catalog: Catalog): object {
  const groups = knownGroups(catalog).filter(group => group.name !== '')
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupEntry) }
}

export function oneGroup(catalog: Catalog, name: string): object | undefined {
  const group = knownGroups(catalog).find(one => one.name === name)
  return group && name !== '' ? { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(group) } : undefined
}

function groupEntry({ name, versions }: KnownGroup): object {
  const entries = versions.map(({ version }) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: entries, preferredVersion: entries[0] }
}

/** The kinds of one version (`v1`, `apps/v1`), and their subresources. */
export function resourceList(catalog: Catalog, groupVersion: string): object | undefined {
  const slash = groupVersion.indexOf('/')
  const [name, version] = slash < 0 ? ['', groupVersion] : [groupVersion.slice(0, slash), groupVersion.slice(slash + 1)]
  const group = knownGroups(catalog).find(one => one.name === name)
  const found = group?.versions.find(one => one.version === version)
  if (!found) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: found.resources.flatMap(resourceEntries),
  }
}

function resourceEntries(resource: Resource): object[] {
  const { plural, singular, kind, namespaced, verbs, storageVersionHash: hash } = resource
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind: kind.kind,
    verbs,
    ...alsoCalled(resource),
    ...(hash !== undefined && { storageVersionHash: hash }),
  }
  const below = resource.below.map(({ name, verbs: allowed, as = { kind: kind.kind } }) => {
    return { name: `${plural}/${name}`, singularName: '', namespaced, ...as, verbs: allowed }
  })
  return [main, ...below]
}

function alsoCalled({ shortNames, categories }: Resource): object {
  return { ...(shortNames.length > 0 && { shortNames }), ...(categories.length > 0 && { categories }) }
}

/** All groups in one answer, and the tag by which a client that has it already is told so. */
export interface Aggregated {
  readonly items: readonly object[]
  readonly tag: string
}

const AGGREGATED = new WeakMap<readonly Served[], Readonly<Record<'core' | 'groups', Aggregated>>>()

/** `core`: what is below /api; otherwise what is below /apis. */
export function aggregated(catalog: Catalog, where: 'core' | 'groups'): Aggregated {
  const known = AGGREGATED.get(catalog.all)
  if (known) return known[where]
  const groups = knownGroups(catalog)
  const made = {
    core: tagged(groups.filter(group => group.name === '').map(aggregatedGroup)),
    groups: tagged(groups.filter(group => group.name !== '').map(aggregatedGroup)),
  }
  AGGREGATED.set(catalog.all, made)
  return made[where]
}

function tagged(items: readonly object[]): Aggregated {
  return { items, tag: createHash('sha512').update(JSON.stringify(items)).digest('hex').toUpperCase() }
}

function aggregatedGroup({ name, versions }: KnownGroup): object {
  return { metadata: { ...(name && { name }), creationTimestamp: null }, versions: versions.map(aggregatedVersion) }
}

function aggregatedVersion({ version, resources }: KnownVersion): object {
  return { version, resources: resources.map(aggregatedEntry), freshness: 'Current' }
}

function aggregatedEntry(resource: Resource): object {
  const { plural, singular, kind, namespaced, verbs, below } = resource
  const subresources = below.map(({ name, verbs: allowed, as = kind }) => {
    return { subresource: name, responseKind: as, verbs: allowed }
  })
  return {
    resource: plural,
    responseKind: kind,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs,
    ...alsoCalled(resource),
    ...(subresources.length > 0 && { subresources }),
  }
}
