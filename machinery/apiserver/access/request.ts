import type { Attributes } from '../registry/authorizer.ts'

/** What of a request says what it wants to do. */
export interface Asked {
  readonly method: string
  /** As it came. */
  readonly path: string
  /** The segments of its path, decoded. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
}

/**
 * What a request wants to do, as rules name it (apiserver `RequestInfoFactory`). It is told from the path alone: whoever may
 * not ask for a resource is not told whether it is served.
 */
export function attributesOf({ method, path, segments, query }: Asked): Attributes {
  const [root, ...rest] = segments
  const group = root === 'apis' ? rest.shift() : root === 'api' ? '' : undefined
  const [, ...parts] = rest // the version
  if (group === undefined || parts.length === 0) return { verb: method.toLowerCase(), path }
  const { namespace, of } = placeOf(parts)
  const [resource = '', own, subresource] = of
  const verb = VERBS[method] ?? ''
  const name = own ?? (verb === 'get' ? exactName(query) : undefined)
  return {
    verb: own === undefined ? verbOfMany(verb, query) : verb,
    group,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  }
}

const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

/** A namespace, and what in it; a namespace alone is both a resource and the place it is in. */
function placeOf(parts: readonly string[]): { namespace?: string; of: readonly string[] } {
  const [first, namespace, third] = parts
  if (first !== 'namespaces' || namespace === undefined) return { of: parts }
  const itself = third === undefined || third === 'status' || third === 'finalize'
  return { namespace, of: itself ? parts : parts.slice(2) }
}

/** Of whole collections; also of one object that is watched. */
function verbOfMany(verb: string, query: URLSearchParams): string {
  if (verb === 'get') return isWatch(query) ? 'watch' : 'list'
  return verb === 'delete' ? 'deletecollection' : verb
}

function isWatch(query: URLSearchParams): boolean {
  return ['true', '1'].includes(query.get('watch') ?? '')
}

/** The only object that a list can show: a right to one name covers it. */
function exactName(query: URLSearchParams): string | undefined {
  const wanted = (query.get('fieldSelector') ?? '')
    .split(',')
    .map(part => /^metadata\.name==?([^=!\\]+)$/.exec(part.trim()))
  return wanted.find(Boolean)?.[1]
}
