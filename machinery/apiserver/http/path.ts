import type { Catalog, Served } from '../registry/served.ts'

/** A path below a kind: `/apis/GROUP/VERSION[/namespaces/NS]/PLURAL[/NAME[/SUBRESOURCE]]`. */
export interface ResourcePath {
  readonly served: Served
  readonly namespace?: string
  readonly name?: string
  readonly subresource?: string
}

/** Which kind, and which of its objects, a path speaks of; undefined when it is none that is served. */
export function resourcePath(catalog: Catalog, segments: readonly string[]): ResourcePath | undefined {
  const [root, ...rest] = segments
  const version = root === 'api' ? rest.shift() : root === 'apis' ? rest.splice(0, 2).join('/') : undefined
  if (!version || rest.length === 0) return undefined
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2 && !NAMESPACE_SUBRESOURCES.has(rest[2] ?? '')
  const [plural = '', name, subresource, ...more] = inNamespace ? rest.slice(2) : rest
  const served = catalog.byPlural(version, plural)
  if (!served || more.length > 0 || (inNamespace && !served.kind.namespaced)) return undefined
  // One object of a namespaced kind is only found in its namespace.
  if (name !== undefined && served.kind.namespaced && !inNamespace) return undefined
  const namespace = inNamespace ? rest[1] : undefined
  return {
    served,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
    ...(subresource !== undefined && { subresource }),
  }
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize'])

/** The segments of a path, decoded; undefined when it is not well formed. */
export function segmentsOf(path: string): readonly string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}
