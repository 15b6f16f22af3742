import type { PolicyRule } from '../../api/access.ts'
import { ApiFault } from '../../api/fault.ts'
import type { Identity } from '../registry/identity.ts'
import { isObject } from '../registry/served.ts'
import { type Rbac, together } from './rbac.ts'
import { text } from './read.ts'
import type { Reviewed } from './reviewed.ts'

/** All that the caller may do in a namespace, as `kubectl auth can-i --list` shows it (SelfSubjectRulesReview). */
export function rulesReview(body: Readonly<Record<string, unknown>>, caller: Identity, rbac: Rbac): Reviewed {
  const namespace = isObject(body.spec) ? text(body.spec.namespace) : ''
  if (namespace === '') throw new ApiFault('BadRequest', 'no namespace on request')
  const { rules, faults } = rbac.rulesFor(caller, namespace)
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec: {},
    status: {
      resourceRules: rules.filter(({ resources }) => resources).map(resourceRule),
      nonResourceRules: rules.flatMap(({ verbs, nonResourceURLs }) =>
        nonResourceURLs ? [{ verbs, nonResourceURLs }] : [],
      ),
      incomplete: false,
      ...(faults.length > 0 && { evaluationError: together(faults) }),
    },
  }
}

function resourceRule({ verbs, apiGroups, resources, resourceNames }: PolicyRule): object {
  return { verbs, ...(apiGroups && { apiGroups }), resources, ...(resourceNames && { resourceNames }) }
}
