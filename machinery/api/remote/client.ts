import type { Client, DeleteOptions, ListOptions, ObjectList, WatchEvent, WatchOptions } from '../client.ts'
import { ApiFault, isApiFault } from '../fault.ts'
import { apiVersion, type Kind } from '../kind.ts'
import { type KubeObject, keyOf, type ObjectKey } from '../object.ts'
import { Connection, faultOf } from './connection.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { linesOf } from './lines.ts'

const PAGE = 500
const WATCH_SECONDS = 300 // then the server ends a watch, and the caller begins another
const SILENCE = (WATCH_SECONDS + 30) * 1000

/** The Client of any Kubernetes API over HTTPS. Closing it closes its idle connections; watches end by their signals. */
export function remoteClient(config: Kubeconfig): Client & Disposable {
  const connection = new Connection(config)
  const write = async (method: 'POST' | 'PUT', path: string, body: object) =>
    (await connection.json({ method, path, body })) as never
  return {
    get: async (kind, key) => {
      try {
        return (await connection.json({ method: 'GET', path: objectPath(kind, key) })) as never
      } catch (fault) {
        if (isApiFault(fault, 'NotFound')) return undefined
        throw fault
      }
    },
    list: (kind, options) => listAll(connection, kind, options),
    watch: (kind, options) => watchFrom(connection, kind, options),
    create: (kind, object) => write('POST', collectionPath(kind, object.metadata.namespace), object),
    update: (kind, object) => write('PUT', objectPath(kind, keyOf(object)), object),
    updateStatus: (kind, object) => write('PUT', objectPath(kind, keyOf(object), 'status'), object),
    patch: async (kind, key, { body, subresource }) => {
      const path = objectPath(kind, key, subresource)
      return (await connection.json({
        method: 'PATCH',
        path,
        body,
        contentType: 'application/merge-patch+json',
      })) as never
    },
    delete: async (kind, key, options = {}) => {
      await connection.json({ method: 'DELETE', path: objectPath(kind, key), body: deleteBody(options) })
    },
    [Symbol.dispose]: () => connection[Symbol.dispose](),
  }
}

function deleteBody({ propagationPolicy, uid }: DeleteOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagationPolicy && { propagationPolicy }),
    ...(uid !== undefined && { preconditions: { uid } }),
  }
}

function collectionPath(kind: Kind, namespace?: string): string {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${apiVersion(kind)}`
  const inside = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${root}${inside}/${kind.plural}`
}

function objectPath(kind: Kind, { name, namespace }: ObjectKey, subresource?: string): string {
  const below = subresource ? `/${subresource}` : ''
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}${below}`
}

function queryOf({ labelSelector, fieldSelector }: ListOptions, more: Readonly<Record<string, string>>): string {
  return new URLSearchParams({
    ...more,
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  }).toString()
}

interface Page {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string }
  readonly items: readonly KubeObject[]
}

/** All pages as one list. Items of a list do not say of themselves what they are; that is added. */
async function listAll<T extends KubeObject>(
  connection: Connection,
  kind: Kind<T>,
  options: ListOptions = {},
): Promise<ObjectList<T>> {
  const head = { apiVersion: apiVersion(kind), kind: kind.kind }
  const items: T[] = []
  let after: string | undefined
  for (;;) {
    const query = queryOf(options, { limit: String(PAGE), ...(after !== undefined && { continue: after }) })
    const path = `${collectionPath(kind, options.namespace)}?${query}`
    const page = (await connection.json({ method: 'GET', path })) as Page
    for (const item of page.items) items.push({ ...head, ...item } as unknown as T)
    after = page.metadata.continue || undefined
    if (after === undefined) return { items, resourceVersion: page.metadata.resourceVersion }
  }
}

interface Frame {
  readonly type: WatchEvent<KubeObject>['type'] | 'ERROR'
  readonly object: KubeObject
}

async function* watchFrom<T extends KubeObject>(
  connection: Connection,
  kind: Kind<T>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void> {
  const { resourceVersion, signal } = options
  const more = { watch: 'true', allowWatchBookmarks: 'true', timeoutSeconds: String(WATCH_SECONDS), resourceVersion }
  const path = `${collectionPath(kind, options.namespace)}?${queryOf(options, more)}`
  try {
    const response = await connection.open({ method: 'GET', path, signal })
    for await (const line of linesOf(response, SILENCE)) yield eventOf(line)
  } catch (fault) {
    if (!signal.aborted) throw fault
  }
}

function eventOf<T extends KubeObject>(line: string): WatchEvent<T> {
  const { type, object } = frameOf(line)
  if (type === 'ERROR') throw faultOf(500, JSON.stringify(object))
  if (type === 'BOOKMARK') return { type, resourceVersion: object.metadata.resourceVersion ?? '' }
  return { type, object: object as unknown as T }
}

function frameOf(line: string): Frame {
  try {
    return JSON.parse(line) as Frame
  } catch {
    throw new ApiFault('InternalError', 'the watch sent something that is not JSON')
  }
}
