import { createHash } from 'node:crypto'
import { ALL_VERBS, type Catalog, type Served } from '../registry/served.ts'
import { byPriority, byVersionPriority } from './priority.ts'
import { REVIEWS, type Review } from './review-kinds.ts'

/** A kind's full name. */
export interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

export interface Below {
  readonly name: string
  readonly verbs: readonly string[]
  /** What is read and written there, where it is of another kind. */
  readonly as?: GroupVersionKind
}

/** What clients are told of one kind in one version. */
export interface Resource {
  readonly plural: string
  readonly singular: string
  readonly kind: GroupVersionKind
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  /** Changes when objects are kept in another version. */
  readonly storageVersionHash?: string
  readonly below: readonly Below[]
}

export interface KnownVersion {
  readonly version: string
  readonly resources: readonly Resource[]
}

export interface KnownGroup {
  readonly name: string
  /** The preferred one first. */
  readonly versions: readonly KnownVersion[]
}

// A catalog that changes has another list: what was made of the old one is forgotten with it.
const KNOWN = new WeakMap<readonly Served[], readonly KnownGroup[]>()

/** Everything that is served, in the order in which clients are told. */
export function knownGroups(catalog: Catalog): readonly KnownGroup[] {
  const known = KNOWN.get(catalog.all)
  if (known) return known
  const made = arranged(catalog)
  KNOWN.set(catalog.all, made)
  return made
}

function arranged(catalog: Catalog): readonly KnownGroup[] {
  const resources = [...catalog.all.map(served => resourceOf(served, catalog)), ...REVIEWS.map(reviewResource)]
  const groups = Map.groupBy(resources, resource => resource.kind.group)
  return [...groups.keys()].sort(byPriority).map(name => {
    const versions = Map.groupBy(groups.get(name) ?? [], resource => resource.kind.version)
    const order = byVersionPriority(name)
    const arrangedVersions = [...versions].sort(([a], [b]) => order(a, b))
    return { name, versions: arrangedVersions.map(([version, all]) => ({ version, resources: all.sort(byPlural) })) }
  })
}

function byPlural(a: Resource, b: Resource): number {
  return a.plural < b.plural ? -1 : 1
}

const DEFINED_VERBS = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch']
const LAST_VERBS = ['delete', 'deletecollection', 'get', 'list', 'watch']

function resourceOf(served: Served, catalog: Catalog): Resource {
  const { kind, traits, collection } = served
  const { group, version } = kind
  const custom = kind.schema ? DEFINED_VERBS : ALL_VERBS
  const stored = catalog.stored.find(one => one.collection === collection)
  return {
    plural: kind.plural,
    singular: kind.singular,
    kind: { group, version, kind: kind.kind },
    namespaced: kind.namespaced,
    verbs: traits.terminating ? LAST_VERBS : (traits.verbs ?? custom),
    shortNames: kind.shortNames,
    categories: kind.categories,
    ...(stored && { storageVersionHash: hashOf(stored.kind) }),
    below: subresourcesOf(served),
  }
}

/** apiserver `discovery.StorageVersionHash`. */
function hashOf({ group, version, kind }: GroupVersionKind): string {
  return createHash('sha256').update(`${group}/${version}/${kind}`).digest().subarray(0, 8).toString('base64')
}

const TOKEN: Below = {
  name: 'token',
  verbs: ['create'],
  as: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
}
const SCALE: Below = {
  name: 'scale',
  verbs: ['get', 'patch', 'update'],
  as: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
}

const EVICTION: Below = {
  name: 'eviction',
  verbs: ['create'],
  as: { group: 'policy', version: 'v1', kind: 'Eviction' },
}

function subresourcesOf({ kind, traits, collection }: Served): readonly Below[] {
  const status = { name: 'status', verbs: traits.verbs ? ['get'] : ['get', 'patch', 'update'] }
  return [
    ...(collection === 'serviceaccounts' ? [TOKEN] : []),
    ...(collection === 'namespaces' ? [{ name: 'finalize', verbs: ['update'] }] : []),
    ...(collection === 'pods' ? [EVICTION, { name: 'log', verbs: ['get'] }] : []),
    ...(kind.statusSubresource ? [status] : []),
    ...(traits.scale ? [SCALE] : []),
  ]
}

function reviewResource({ plural, kind, version, namespaced }: Review): Resource {
  const [group = '', name = ''] = version.split('/')
  const names = { plural, singular: kind.toLowerCase(), shortNames: [], categories: [] }
  return { ...names, kind: { group, version: name, kind }, namespaced, verbs: ['create'], below: [] }
}
