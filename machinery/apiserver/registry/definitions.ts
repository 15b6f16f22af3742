import { isDeepStrictEqual } from 'node:util'
import { timestamp } from '../../host/clock.ts'
import type { Body } from '../store/change.ts'
import { newUid } from './metadata.ts'
import type { Room } from './room.ts'
import type { Served } from './served.ts'

const COLLECTION = 'customresourcedefinitions.apiextensions.k8s.io'

/** Shows every custom kind as a CustomResourceDefinition, as it is in this version; those of kinds that are gone go. */
export async function makeDefinitions(room: Room): Promise<void> {
  const custom = room.catalog.all.filter(one => one.kind.schema)
  const wanted = new Set(custom.map(one => one.collection))
  const stale = [...room.store.from(COLLECTION)].filter(({ key }) => !wanted.has(key))
  await Promise.all([
    ...custom.map(served => {
      const place = { collection: COLLECTION, key: served.collection }
      return room.store.write(place, now => {
        const next = definitionOf(room, served, now)
        return isDeepStrictEqual(next, now) ? undefined : { put: next }
      })
    }),
    ...stale.map(({ key }) => {
      return room.store.write({ collection: COLLECTION, key }, now => now && { remove: now })
    }),
  ])
}

function definitionOf({ host }: Room, served: Served, before: Body | undefined): Body {
  const { kind } = served
  const names = {
    plural: kind.plural,
    singular: kind.singular,
    kind: kind.kind,
    listKind: `${kind.kind}List`,
    ...(kind.shortNames.length > 0 && { shortNames: kind.shortNames }),
    ...(kind.categories.length > 0 && { categories: kind.categories }),
  }
  const metadata = {
    name: served.collection,
    uid: before?.metadata.uid ?? newUid(host),
    generation: 1,
    creationTimestamp: before?.metadata.creationTimestamp ?? timestamp(host.clock),
    ...(kind.labels && { labels: kind.labels }),
  }
  const next: Body = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      ...metadata,
      ...(before?.metadata.resourceVersion && { resourceVersion: before.metadata.resourceVersion }),
    },
    spec: {
      group: kind.group,
      names,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      conversion: { strategy: 'None' },
      versions: [versionOf(served)],
    },
    status: {
      acceptedNames: names,
      storedVersions: [kind.version],
      conditions: [
        condition('NamesAccepted', 'NoConflicts', metadata.creationTimestamp),
        condition('Established', 'InitialNamesAccepted', metadata.creationTimestamp),
      ],
    },
  }
  return JSON.parse(JSON.stringify(next)) as Body // a definition holds nothing but JSON, so that it can be compared
}

function versionOf({ kind }: Served): object {
  return {
    name: kind.version,
    served: true,
    storage: true,
    schema: { openAPIV3Schema: kind.schema },
    ...(kind.statusSubresource && { subresources: { status: {} } }),
    ...(kind.columns.length > 0 && { additionalPrinterColumns: kind.columns }),
  }
}

function condition(type: string, reason: string, since: string): object {
  return { type, status: 'True', reason, message: '', lastTransitionTime: since }
}
