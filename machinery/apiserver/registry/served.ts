import { ApiFault, type StatusCause } from '../../api/fault.ts'
import { apiVersion, type Kind, resourceName } from '../../api/kind.ts'
import type { KubeObject, ObjectKey } from '../../api/object.ts'
import type { SchemaNode } from '../../api/schema.ts'
import type { Body } from '../store/change.ts'
import type { Names } from './metadata.ts'
import type { WriteOptions } from './options.ts'

/** How the server treats a kind, beyond what the kind says of itself. */
export interface Traits {
  /** Fields of every object; without it nothing is pruned or checked below the metadata. */
  readonly schema?: SchemaNode
  /** An object of the kind with nothing in it, as Go writes it: what the fields of a new one are compared with. */
  readonly blank?: () => Body
  /** Brings what was given into the form in which it is kept, in place of pruning and defaults by the schema. */
  readonly normalize?: (given: Body, options: Pick<WriteOptions, 'unknown'>) => Body
  /** Whether `metadata.generation` counts changes of what is wanted. */
  readonly generation: boolean
  /** Whether annotations are part of what is wanted (kubernetes `apps/deployment/strategy.go`). */
  readonly countsAnnotations?: boolean
  /** Kubernetes lets an update of some kinds go without `metadata.resourceVersion`. */
  readonly unconditionalUpdate: boolean
  /** Kubernetes lets an update make an object of some kinds that is not there. */
  readonly createOnUpdate?: boolean
  /** Whoever makes such an object may say its status, too. */
  readonly statusOnCreate?: boolean
  /** Names are DNS subdomains (RFC 1123) unless told. */
  readonly names?: Names
  /** Verbs over the API; all when absent. */
  readonly verbs?: readonly string[]
  /** Fields of field selectors beyond `metadata.name` and `metadata.namespace`. */
  readonly selectable?: Readonly<Record<string, (object: Body) => string>>
  /** Fills in what Kubernetes itself fills in when such an object is made, or changed from what it was `before`. */
  readonly prepare?: (object: Body, before?: Body) => Body
  /** What else Kubernetes refuses about such an object, beyond its schema; `old` is what it was before an update. */
  readonly faults?: (object: Body, old?: Body) => readonly StatusCause[]
  /** What is allowed, but better done otherwise: told to whoever writes it. */
  readonly warnings?: (object: Body, old?: Body) => readonly string[]
  /** What else changes when its deletion begins: marks for whoever cleans up. */
  readonly leave?: (object: Body, now: string) => Body
  /** Where its replicas are, for the scale subresource. */
  readonly scale?: Scaling
  /** Told to everybody who asks for this version. */
  readonly deprecation?: string
  /** Its definition is being deleted: nothing new may be made. */
  readonly terminating?: boolean
}

/** Where an object says how many there shall be, and how many there are: paths such as `.spec.replicas`. */
export interface Scaling {
  readonly specReplicasPath: string
  readonly statusReplicasPath: string
  /** Which objects are counted, as a label selector in text. */
  readonly selector?: (object: Body) => string
}

/** Between the version that objects are kept in and another one. Both ways keep the order and the count. */
export interface Conversion {
  fromStored(objects: readonly Body[]): Promise<readonly Body[]>
  toStored(objects: readonly Body[]): Promise<readonly Body[]>
}

/** One version of a kind as the server serves it. */
export interface Served {
  readonly kind: Kind
  /** `plural.group`: the collection in the store, the same for all versions, and the name in messages. */
  readonly collection: string
  readonly traits: Traits
  /** Absent when objects are kept in this version, each of them as it would be written today. */
  readonly conversion?: Conversion
  /** Objects are written in this version; unless told, it is the one without conversion. */
  readonly storage?: boolean
  /** Objects may be kept in it, but nobody can ask for it. */
  readonly hidden?: boolean
}

export const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** A custom kind: everything as its schema says. */
export function custom(kind: Kind): Served {
  return {
    kind,
    collection: resourceName(kind),
    traits: { generation: true, unconditionalUpdate: false, ...(kind.schema && { schema: kind.schema }) },
  }
}

export function builtin(kind: Kind, traits: Partial<Traits> = {}): Served {
  return { kind, collection: resourceName(kind), traits: { generation: false, unconditionalUpdate: true, ...traits } }
}

/** Every kind that is served, found by the names requests use. It changes while the server runs. */
export class Catalog {
  readonly #collections = new Map<string, readonly Served[]>()
  readonly #listeners = new Set<() => void>()
  #all: readonly Served[] = []
  #byPlural: ReadonlyMap<string, Served> = new Map()
  #byKind: ReadonlyMap<string, Served> = new Map()

  constructor(all: readonly Served[] = []) {
    for (const served of all) {
      this.#collections.set(served.collection, [...(this.#collections.get(served.collection) ?? []), served])
    }
    this.#arrange()
  }

  get all(): readonly Served[] {
    return this.#all
  }

  /** The version that each collection is kept in. */
  get stored(): readonly Served[] {
    return [...this.#collections.keys()].flatMap(collection => this.storedAs(collection) ?? [])
  }

  /** The version that a collection is kept in; undefined when it is not served. */
  storedAs(collection: string): Served | undefined {
    const versions = this.versions(collection)
    return versions.find(one => one.storage) ?? versions.find(one => !one.conversion)
  }

  byPlural(version: string, plural: string): Served | undefined {
    return this.#byPlural.get(`${version} ${plural}`)
  }

  byKind(version: string, kind: string): Served | undefined {
    return this.#byKind.get(`${version} ${kind}`)
  }

  /** The kind as served; a kind that is not is the caller's mistake. */
  of(kind: Kind): Served {
    const served = this.byKind(apiVersion(kind), kind.kind)
    if (!served) throw new ApiFault('NotFound', 'the server could not find the requested resource')
    return served
  }

  /** All versions of a collection, the preferred one first; none when it is not served. */
  versions(collection: string): readonly Served[] {
    return this.#collections.get(collection) ?? []
  }

  /** Serves a collection in these versions instead of those before; none takes it away. */
  replace(collection: string, versions: readonly Served[]): void {
    if (versions.length === 0) this.#collections.delete(collection)
    else this.#collections.set(collection, versions)
    this.#arrange()
    for (const listener of this.#listeners) listener()
  }

  /** Hears, after the fact, that something changed. */
  listen(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  #arrange(): void {
    this.#all = [...this.#collections.values()].flat().filter(one => !one.hidden)
    this.#byPlural = new Map(this.#all.map(one => [`${apiVersion(one.kind)} ${one.kind.plural}`, one]))
    this.#byKind = new Map(this.#all.map(one => [`${apiVersion(one.kind)} ${one.kind.kind}`, one]))
  }
}

/** Kubernetes' sentences for refusals, the same for every kind. */
export function notFound(served: Served, name: string): ApiFault {
  return new ApiFault('NotFound', `${served.collection} "${name}" not found`, detailsOf(served, name))
}

/** One that is on its way out stands in the way too: it cannot be made anew before it is gone. */
export function alreadyExists(served: Served, { metadata }: Body): ApiFault {
  const going = metadata.deletionTimestamp ? 'object is being deleted: ' : ''
  const sentence = `${going}${served.collection} "${metadata.name}" already exists`
  return new ApiFault('AlreadyExists', sentence, detailsOf(served, metadata.name))
}

export function conflict(served: Served, name: string, why: string = MODIFIED): ApiFault {
  const sentence = `Operation cannot be fulfilled on ${served.collection} "${name}": ${why}`
  return new ApiFault('Conflict', sentence, detailsOf(served, name))
}

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

export function forbidden(served: Served, name: string, why: string): ApiFault {
  return new ApiFault('Forbidden', `${served.collection} "${name}" is forbidden: ${why}`, detailsOf(served, name))
}

export function invalid(served: Served, name: string, causes: readonly StatusCause[]): ApiFault {
  const { kind, plural } = served.kind
  // A kind that is kept under another group is refused under that: Events of events.k8s.io are v1's.
  const group = served.collection.slice(plural.length + 1)
  const said = causes.map(cause => (cause.field ? `${cause.field}: ${cause.message}` : cause.message))
  const reasons = said.length === 1 ? said[0] : `[${said.join(', ')}]`
  const sentence = `${group ? `${kind}.${group}` : kind} "${name}" is invalid: ${reasons}`
  return new ApiFault('Invalid', sentence, { name, ...(group && { group }), kind, causes })
}

function detailsOf(served: Served, name: string): { name: string; group?: string; kind: string } {
  const { group, plural } = served.kind
  return { name, ...(group && { group }), kind: plural }
}

export function placeOf(served: Served, key: ObjectKey): { collection: string; key: string } {
  const { name, namespace } = key
  return { collection: served.collection, key: served.kind.namespaced ? `${namespace ?? ''}/${name}` : name }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The edge: JSON that came from outside, as an object whose metadata may still be wrong, but for what it is called: that
 * is text from here on, so that it can be compared and put into sentences. Refusals are those of Go's decoder.
 */
export function asBody(value: unknown): Body {
  if (!isObject(value)) throw new ApiFault('BadRequest', 'the body of the request is not a JSON object')
  const metadata = value.metadata ?? {}
  if (!isObject(metadata)) throw new ApiFault('BadRequest', 'metadata of the object is not a JSON object')
  for (const field of NAMES_OF_KIND) requireText(value[field], `.${field}`)
  for (const field of NAMES_OF_OBJECT) requireText(metadata[field], `ObjectMeta.metadata.${field}`)
  return { ...value, metadata } as unknown as KubeObject & Readonly<Record<string, unknown>>
}

const NAMES_OF_KIND = ['apiVersion', 'kind']
const NAMES_OF_OBJECT = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion']

function requireText(value: unknown, field: string): void {
  if (typeof value === 'string' || value === undefined || value === null) return
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  throw new ApiFault('BadRequest', `json: cannot unmarshal ${type} into Go struct field ${field} of type string`)
}
