import { createHash } from 'node:crypto'
import { apiVersion } from '../../api/kind.ts'
import type { SchemaNode } from '../../api/schema.ts'
import type { Catalog, Served } from '../registry/served.ts'
import { METADATA } from '../schema/metadata.ts'

// OpenAPI documents, one for each group and version: what `kubectl explain` reads, and where kubectl looks up whether the
// server checks fields (`fieldValidation`).

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'
const REF = '#/components/schemas/'

/** Documents by their path below /openapi/v3. They are made when first asked for, and kept. */
export class OpenApi {
  readonly #catalog: Catalog
  readonly #documents = new Map<string, { readonly text: string; readonly hash: string }>()

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  index(): object {
    const paths = this.#versions().map(version => {
      const path = pathOf(version)
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${this.#document(version).hash}` }]
    })
    return { paths: Object.fromEntries(paths) }
  }

  /** The document of a path such as `apis/tinkerbell.org/v1alpha1`, as JSON. */
  document(path: string): string | undefined {
    const version = this.#versions().find(one => pathOf(one) === path)
    return version === undefined ? undefined : this.#document(version).text
  }

  /** All kinds in one Swagger 2.0 document, for older clients. */
  version2(): object {
    const definitions: Record<string, unknown> = { [META]: METADATA }
    for (const served of this.#catalog.all) definitions[schemaName(served)] = wholeSchema(served, '#/definitions/')
    return { swagger: '2.0', info: { title: 'bellhop', version: 'v1' }, paths: {}, definitions }
  }

  #versions(): string[] {
    return [...new Set(this.#catalog.all.map(one => apiVersion(one.kind)))]
  }

  #document(version: string): { readonly text: string; readonly hash: string } {
    const known = this.#documents.get(version)
    if (known) return known
    const text = JSON.stringify(documentOf(this.#catalog.all.filter(one => apiVersion(one.kind) === version)))
    const made = { text, hash: createHash('sha256').update(text).digest('hex').slice(0, 32).toUpperCase() }
    this.#documents.set(version, made)
    return made
  }
}

function pathOf(version: string): string {
  return version.includes('/') ? `apis/${version}` : `api/${version}`
}

function documentOf(kinds: readonly Served[]): object {
  const schemas: Record<string, unknown> = { [META]: METADATA }
  const paths: Record<string, unknown> = {}
  for (const served of kinds) {
    schemas[schemaName(served)] = wholeSchema(served, REF)
    Object.assign(paths, pathsOf(served))
  }
  return { openapi: '3.0.0', info: { title: 'bellhop', version: 'v1' }, paths, components: { schemas } }
}

/** `dev.bellhop.v1alpha1.Timeline`: the group's labels turned round, as Kubernetes names its schemas. */
function schemaName({ kind }: Served): string {
  const { group, version } = kind
  if (!group.includes('.')) return `io.k8s.api.${group || 'core'}.${version}.${kind.kind}`
  return `${group.split('.').reverse().join('.')}.${version}.${kind.kind}`
}

function wholeSchema({ kind, traits }: Served, references: string): object {
  const { group, version } = kind
  const schema: SchemaNode = traits.schema ?? { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  return {
    ...schema,
    properties: {
      ...schema.properties,
      apiVersion: { type: 'string', description: 'The version of the schema of this object.' },
      kind: { type: 'string', description: 'What this object is.' },
      metadata: {
        description: 'Standard metadata of the object.',
        allOf: [{ $ref: `${references}${META}` }],
        default: {},
      },
    },
    'x-kubernetes-group-version-kind': [{ group, version, kind: kind.kind }],
  }
}

const QUERY = ['dryRun', 'fieldManager', 'fieldValidation', 'pretty'].map(name => ({
  name,
  in: 'query',
  schema: { type: 'string', uniqueItems: true },
}))

function pathsOf(served: Served): Record<string, unknown> {
  const { kind } = served
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersion(kind)}`
  const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.plural}`
  const { group, version } = kind
  const operation = (action: string, parameters: readonly object[] = []) => ({
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind: kind.kind },
    parameters,
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: { $ref: `${REF}${schemaName(served)}` } } },
      },
    },
  })
  return {
    [collection]: { get: operation('list'), post: operation('post', QUERY), delete: operation('deletecollection') },
    [`${collection}/{name}`]: {
      get: operation('get'),
      put: operation('put', QUERY),
      patch: operation('patch', QUERY),
      delete: operation('delete', QUERY.slice(0, 1)),
    },
  }
}
