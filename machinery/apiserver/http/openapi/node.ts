/** A schema of an OpenAPI document: like a structural one, but it may point at others. */
export interface Node {
  readonly [member: string]: unknown
}

export const SCHEMAS = '#/components/schemas/'
export const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'

export function ref(name: string): Node {
  return { $ref: `${SCHEMAS}${name}` }
}

/** A pointer beside which something else is said. */
export function refWith(name: string, more: Node): Node {
  return Object.keys(more).length === 0 ? ref(name) : { ...more, allOf: [ref(name)] }
}

/** All names that a part of a document points at. */
export function* refsIn(part: unknown): Generator<string> {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    if (key === '$ref' && typeof value === 'string') yield value.slice(value.lastIndexOf('/') + 1)
    else yield* refsIn(value)
  }
}
