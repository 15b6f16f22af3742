import { isDeepStrictEqual } from 'node:util'
import { type PolicyRule, RBAC_GROUP } from '../../api/access.ts'
import type { Admission, AdmissionRequest } from '../registry/admission.ts'
import type { Authorizer } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { forbidden, isObject, notFound } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { describeRules, missingRules } from './cover.ts'
import { quoted } from './quote.ts'
import { MASTERS, type Rbac, together } from './rbac.ts'
import { objects, roleRefOf, rulesOf } from './read.ts'

type Write = AdmissionRequest & { readonly object: Body }

/** Nobody gives away more than he has: upstream's checks on writing roles and bindings (`registry/rbac`, `policybased`). */
export function escalationAdmission(rbac: Rbac, authorizer: Authorizer): Admission {
  return {
    // Before the object is checked, as upstream does, and after all others have changed it: it is asked last.
    mutate: async write => {
      const { served, options, object, old } = write
      if (served.kind.group !== RBAC_GROUP || options.identity.groups?.includes(MASTERS)) return object
      if (old && isDeepStrictEqual(withoutGarbageFields(object), withoutGarbageFields(old))) return object
      if (served.kind.plural.endsWith('roles')) checkRole(rbac, authorizer, write)
      else checkBinding(rbac, authorizer, write)
      return object
    },
  }
}

/** What the garbage collector has to change of an object that is going away. */
function withoutGarbageFields(body: Body): object {
  const { ownerReferences: _, finalizers: __, managedFields: ___, ...metadata } = body.metadata
  return { ...body, metadata }
}

function checkRole(rbac: Rbac, authorizer: Authorizer, write: Write): void {
  const { served, options, object, old, key } = write
  const { identity } = options
  const { group, plural } = served.kind
  const named = write.operation === 'UPDATE' && { name: key.name }
  const about = { verb: 'escalate', group, resource: plural, ...named, ...namespaceOf(object) }
  if (authorizer.authorize(identity, about).allowed) return
  requireHeld(rbac, write, rulesOf(object))
  if (!aggregates(object) && !(old && aggregates(old))) return
  if (missingRules(rbac.rulesFor(identity, '').rules, EVERYTHING).length === 0) return
  throw forbidden(served, object.metadata.name, 'must have cluster-admin privileges to use the aggregationRule')
}

const EVERYTHING: readonly PolicyRule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]

function aggregates({ aggregationRule }: Body): boolean {
  return isObject(aggregationRule) && objects(aggregationRule.clusterRoleSelectors).length > 0
}

function checkBinding(rbac: Rbac, authorizer: Authorizer, write: Write): void {
  const { served, options, object } = write
  const { namespace = '' } = object.metadata
  const roleRef = roleRefOf(object)
  const { apiGroup: group, kind, name } = roleRef
  if (kind !== 'Role' && kind !== 'ClusterRole') return // the check of the object refuses it
  const resource = kind === 'Role' ? 'roles' : 'clusterroles'
  const about = { verb: 'bind', group, resource, name, ...namespaceOf(object) }
  if (authorizer.authorize(options.identity, about).allowed) return
  const rules = rbac.rulesOf(roleRef, namespace)
  if (!rules) throw notFound(served, name) // upstream too speaks of the role as if it were the binding
  requireHeld(rbac, write, rules)
}

function requireHeld(rbac: Rbac, { served, options, object }: Write, wanted: readonly PolicyRule[]): void {
  const { name, namespace = '' } = object.metadata
  const { rules, faults } = rbac.rulesFor(options.identity, namespace)
  const lacking = missingRules(rules, wanted)
  if (lacking.length > 0) throw forbidden(served, name, refusal(options.identity, lacking, faults))
}

function refusal({ user, groups = [] }: Identity, lacking: readonly PolicyRule[], faults: readonly string[]): string {
  const head = `user ${JSON.stringify(user)} (groups=${quoted(groups)}) is attempting to grant RBAC permissions not currently held:`
  const tail = faults.length === 0 ? '' : `; resolution errors: ${together(faults)}`
  return `${head}\n${describeRules(lacking)}${tail}`
}

function namespaceOf({ metadata }: Body): { namespace?: string } {
  return metadata.namespace === undefined ? {} : { namespace: metadata.namespace }
}
