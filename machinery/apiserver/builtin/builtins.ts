import { builtinKind } from '../../api/kind.ts'
import { DEFINITION_TRAITS } from '../definitions/traits.ts'
import type { Served } from '../registry/served.ts'
import { APIService } from './api-services.ts'
import { CORE_KINDS } from './core.ts'
import { OTHER_KINDS } from './others.ts'
import { own } from './own.ts'
import { WORKLOAD_KINDS } from './workloads.ts'

export const CustomResourceDefinition = builtinKind({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  statusSubresource: true,
})

/** Every kind of Kubernetes' own that is served. */
export const BUILTINS: readonly Served[] = [
  ...CORE_KINDS,
  ...WORKLOAD_KINDS,
  ...OTHER_KINDS,
  own(CustomResourceDefinition, DEFINITION_TRAITS),
  own(APIService, { unconditionalUpdate: false, verbs: ['get', 'list', 'watch'] }),
]
