import type {
  ApplyOptions,
  Client,
  DeleteManyOptions,
  DeleteOptions,
  JsonPatch,
  MergePatch,
  Wanted,
} from '../client.ts'
import { isApiFault } from '../fault.ts'
import { apiVersion, type Kind } from '../kind.ts'
import { keyOf, type ObjectKey } from '../object.ts'
import { type Call, Connection, type ConnectionOptions } from './connection.ts'
import type { Kubeconfig } from './kubeconfig.ts'
import { listAll, pagesOf } from './pages.ts'
import { collectionPath, objectPath, queryOf } from './paths.ts'
import { watchFrom } from './watch.ts'

/** The Client of any Kubernetes API over HTTPS. Closing it closes its idle connections; watches end by their signals. */
export function remoteClient(config: Kubeconfig, options: ConnectionOptions = {}): Client & Disposable {
  const connection = new Connection(config, options)
  const ask = async (call: Call) => (await connection.json(call)) as never
  const find = async (path: string) => {
    try {
      return await ask({ method: 'GET', path })
    } catch (fault) {
      if (isApiFault(fault, 'NotFound')) return undefined
      throw fault
    }
  }
  return {
    get: (kind, key) => find(objectPath(kind, key)),
    list: (kind, options) => listAll(connection, kind, options),
    pages: (kind, options) => pagesOf(connection, kind, options),
    watch: (kind, options) => watchFrom(connection, kind, options),
    create: (kind, object) =>
      ask({ method: 'POST', path: collectionPath(kind, object.metadata.namespace), body: object }),
    update: (kind, object) => ask({ method: 'PUT', path: objectPath(kind, keyOf(object)), body: object }),
    updateStatus: (kind, object) =>
      ask({ method: 'PUT', path: objectPath(kind, keyOf(object), 'status'), body: object }),
    patch: (kind, key, patch) => ask({ ...patchCall(patch), path: objectPath(kind, key, patch.subresource) }),
    apply: (kind, wanted, options) => ask(applyCall(kind, wanted, options)),
    getScale: (kind, key) => find(objectPath(kind, key, 'scale')),
    scale: (kind, key, replicas) =>
      ask({ ...patchCall({ body: { spec: { replicas } } }), path: objectPath(kind, key, 'scale') }),
    delete: async (kind, key, options = {}) => {
      await ask({ method: 'DELETE', path: objectPath(kind, key), body: deleteBody(options) })
    },
    deleteCollection: async (kind, options) => {
      await ask(deleteManyCall(kind, options))
    },
    [Symbol.dispose]: () => connection[Symbol.dispose](),
  }
}

function patchCall(patch: MergePatch | JsonPatch): Omit<Call, 'path'> {
  if ('steps' in patch) return { method: 'PATCH', body: patch.steps, contentType: 'application/json-patch+json' }
  return { method: 'PATCH', body: patch.body, contentType: 'application/merge-patch+json' }
}

/** JSON is YAML. */
function applyCall(kind: Kind, wanted: Wanted, { manager, force, subresource }: ApplyOptions): Call {
  const { name, namespace } = wanted.metadata
  const key: ObjectKey = namespace === undefined ? { name } : { name, namespace }
  const query = queryOf({ fieldManager: manager, force: force ? 'true' : undefined })
  return {
    method: 'PATCH',
    path: objectPath(kind, key, subresource) + query,
    body: { apiVersion: apiVersion(kind), kind: kind.kind, ...wanted },
    contentType: 'application/apply-patch+yaml',
  }
}

function deleteManyCall(kind: Kind, options: DeleteManyOptions): Call {
  const { namespace, labelSelector, fieldSelector } = options
  const path = collectionPath(kind, namespace) + queryOf({ labelSelector, fieldSelector })
  return { method: 'DELETE', path, body: deleteBody(options) }
}

function deleteBody({ propagationPolicy, uid }: DeleteOptions): object {
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(propagationPolicy && { propagationPolicy }),
    ...(uid !== undefined && { preconditions: { uid } }),
  }
}
