import { ApiFault } from '../../api/fault.ts'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { newUid } from './metadata.ts'
import type { Room } from './room.ts'
import { forbidden, type Served } from './served.ts'

/** Namespaces that are always there and cannot be deleted. */
export const PERMANENT = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'eksa-system']

const COLLECTION = 'namespaces'

/** Refuses an object whose namespace is not there, or is going away. */
export function requireNamespace(room: Room, served: Served, object: Body): void {
  const { name, namespace } = object.metadata
  if (!served.kind.namespaced || namespace === undefined) return
  const found = room.store.get({ collection: COLLECTION, key: namespace })
  if (!found) {
    throw new ApiFault('NotFound', `namespaces "${namespace}" not found`, { name: namespace, kind: COLLECTION })
  }
  if (found.metadata.deletionTimestamp) {
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`
    throw forbidden(served, name, why)
  }
}

/** Makes the permanent namespaces where they are missing. */
export async function makeNamespaces({ store, host }: Room): Promise<void> {
  const missing = PERMANENT.filter(name => !store.get({ collection: COLLECTION, key: name }))
  await Promise.all(
    missing.map(name => {
      const object: Body = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name,
          uid: newUid(host),
          creationTimestamp: timestamp(host.clock),
          labels: { 'kubernetes.io/metadata.name': name },
        },
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      }
      return store.write({ collection: COLLECTION, key: name }, now => (now ? undefined : { put: object }))
    }),
  )
}
