import { type Kind, listKindOf, resourceName } from './kind.ts'
import type { KubeObject } from './object.ts'

/** A CustomResourceDefinition as it is written down, before any server has seen it. */
export interface DefinitionManifest extends KubeObject {
  readonly spec: object
}

/** The CustomResourceDefinition of a custom kind, complete but for what the server says of it. */
export function definitionOf(kind: Kind): DefinitionManifest {
  const { group, version, plural, singular, shortNames, categories, columns } = kind
  const names = {
    plural,
    singular,
    kind: kind.kind,
    listKind: listKindOf(kind),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
  const served = {
    name: version,
    served: true,
    storage: true,
    schema: { openAPIV3Schema: kind.schema },
    ...(kind.statusSubresource && { subresources: { status: {} } }),
    ...(columns.length > 0 && { additionalPrinterColumns: columns }),
  }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: resourceName(kind), ...(kind.labels && { labels: kind.labels }) },
    spec: {
      group,
      names,
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      conversion: { strategy: 'None' },
      versions: [served],
    },
  }
}
