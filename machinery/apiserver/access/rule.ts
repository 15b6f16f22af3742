import type { PolicyRule } from '../../api/access.ts'
import type { Attributes } from '../registry/authorizer.ts'

// Whether a rule allows a request (component `rbac/v1/evaluation_helpers.go`). Asked many times a request: no allocation.

const ALL = '*'
const NONE: readonly string[] = []

export function ruleAllows(rule: PolicyRule, wanted: Attributes): boolean {
  if (!has(rule.verbs, wanted.verb)) return false
  if (wanted.path !== undefined) return (rule.nonResourceURLs ?? NONE).some(url => urlCovers(url, wanted.path ?? ''))
  const { resourceNames = NONE, apiGroups = NONE, resources = NONE } = rule
  if (resourceNames.length > 0 && !resourceNames.includes(wanted.name ?? '')) return false
  return has(apiGroups, wanted.group ?? '') && resourceMatches(resources, wanted)
}

function has(list: readonly string[], one: string): boolean {
  return list.includes(one) || list.includes(ALL)
}

/** `pods`, `pods/log`, `*` for all of both, and `*` + `/scale` for one subresource of all resources. */
function resourceMatches(resources: readonly string[], { resource = '', subresource }: Attributes): boolean {
  if (!subresource) return has(resources, resource)
  return resources.some(one => {
    if (one === ALL) return true
    const slash = one.indexOf('/')
    if (slash < 0 || !one.endsWith(subresource) || one.length !== slash + 1 + subresource.length) return false
    const of = one.slice(0, slash)
    return of === ALL || of === resource
  })
}

/** A URL of a rule that ends in `*` stands for all that begin like it. */
export function urlCovers(rule: string, path: string): boolean {
  if (rule === ALL || rule === path) return true
  return rule.endsWith(ALL) && path.startsWith(rule.replace(/\*+$/, ''))
}
