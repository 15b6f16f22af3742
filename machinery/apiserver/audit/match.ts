import { urlCovers } from '../access/rule.ts'
import type { Attributes } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { AuditPolicy, AuditRule, GroupResources, Level, Stage } from './policy.ts'

/** How one request is noted. */
export interface Noted {
  readonly level: Level
  readonly omitStages: readonly Stage[]
  readonly omitManagedFields: boolean
}

/** What the policy says of a request (apiserver `audit/policy/checker.go`); who could not prove who he is has no identity. */
export function notedBy(policy: AuditPolicy, identity: Identity | undefined, wanted: Attributes): Noted {
  const rule = policy.rules.find(one => ruleMatches(one, identity, wanted))
  const { omitStages, omitManagedFields } = policy
  return {
    level: rule?.level ?? 'None',
    omitStages: [...omitStages, ...(rule?.omitStages ?? [])],
    omitManagedFields: rule?.omitManagedFields ?? omitManagedFields,
  }
}

function ruleMatches(rule: AuditRule, identity: Identity | undefined, wanted: Attributes): boolean {
  if (!fits(rule.users, identity?.user)) return false
  if (rule.userGroups.length > 0 && !identity?.groups?.some(group => rule.userGroups.includes(group))) return false
  if (!fits(rule.verbs, wanted.verb)) return false
  const ofPath = wanted.path !== undefined
  if (rule.namespaces.length > 0 || rule.resources.length > 0) return !ofPath && resourceMatches(rule, wanted)
  if (rule.nonResourceURLs.length === 0) return true
  return ofPath && rule.nonResourceURLs.some(url => urlCovers(url, wanted.path ?? ''))
}

function fits(list: readonly string[], one: string | undefined): boolean {
  return list.length === 0 || (one !== undefined && list.includes(one))
}

function resourceMatches({ namespaces, resources }: AuditRule, wanted: Attributes): boolean {
  if (!fits(namespaces, wanted.namespace ?? '')) return false
  return resources.length === 0 || resources.some(one => groupMatches(one, wanted))
}

function groupMatches({ group, resources, resourceNames }: GroupResources, wanted: Attributes): boolean {
  if (group !== (wanted.group ?? '')) return false
  if (resources.length === 0) return true
  if (!fits(resourceNames, wanted.name ?? '')) return false
  const { resource = '', subresource } = wanted
  const own = subresource ? `${resource}/${subresource}` : resource
  return resources.some(
    one =>
      one === '*' ||
      one === own ||
      one === `${resource}/*` ||
      (subresource !== undefined && one === `*/${subresource}`),
  )
}
