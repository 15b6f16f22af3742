import type { PolicyRule } from '../../api/access.ts'
import { quoted } from './quote.ts'
import { urlCovers } from './rule.ts'

// Whether somebody who has some rules could give away others (component-helpers `auth/rbac/validation`).

/** What of the wanted rules the owned ones do not cover, in pieces of one verb on one thing each. */
export function missingRules(owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted.flatMap(pieces).filter(piece => !owned.some(rule => covers(rule, piece)))
}

function pieces(rule: PolicyRule): PolicyRule[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule
  const names = resourceNames.length > 0 ? resourceNames.map(name => ({ resourceNames: [name] })) : [{}]
  const found: PolicyRule[] = []
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs)
        for (const name of names) found.push({ verbs: [verb], apiGroups: [group], resources: [resource], ...name })
  for (const url of nonResourceURLs) for (const verb of verbs) found.push({ verbs: [verb], nonResourceURLs: [url] })
  return found
}

function covers(owned: PolicyRule, piece: PolicyRule): boolean {
  const ownNames = owned.resourceNames ?? []
  const names = piece.resourceNames ?? []
  if (ownNames.length > 0 && (names.length === 0 || !includesAll(ownNames, names))) return false
  return (
    includesAll(owned.verbs, piece.verbs, '*') &&
    includesAll(owned.apiGroups ?? [], piece.apiGroups ?? [], '*') &&
    (piece.resources ?? []).every(one => resourceCovered(owned.resources ?? [], one)) &&
    (piece.nonResourceURLs ?? []).every(url => (owned.nonResourceURLs ?? []).some(own => urlCovers(own, url)))
  )
}

function includesAll(list: readonly string[], wanted: readonly string[], all?: string): boolean {
  return (all !== undefined && list.includes(all)) || wanted.every(one => list.includes(one))
}

function resourceCovered(owned: readonly string[], resource: string): boolean {
  if (owned.includes('*') || owned.includes(resource)) return true
  const slash = resource.indexOf('/')
  return slash >= 0 && owned.includes(`*${resource.slice(slash)}`)
}

/** The pieces as the refusal lists them: verbs on the same thing together, a line each, sorted. */
export function describeRules(rules: readonly PolicyRule[]): string {
  const together = new Map<string, { readonly rule: PolicyRule; readonly verbs: string[] }>()
  for (const rule of rules) {
    const { verbs, ...thing } = rule
    const key = rule.nonResourceURLs ? JSON.stringify(rule) : JSON.stringify(thing)
    const known = together.get(key)
    if (known) known.verbs.push(...verbs)
    else together.set(key, { rule, verbs: [...verbs] })
  }
  const lines = [...together.values()].map(({ rule, verbs }) => describeRule({ ...rule, verbs }))
  return [...new Set(lines)].sort().join('\n')
}

function describeRule({ apiGroups, resources, nonResourceURLs, resourceNames, verbs }: PolicyRule): string {
  const parts = Object.entries({
    APIGroups: apiGroups,
    Resources: resources,
    NonResourceURLs: nonResourceURLs,
    ResourceNames: resourceNames,
    Verbs: verbs,
  })
  const said = parts.flatMap(([name, list]) => (list && list.length > 0 ? [`${name}:${quoted(list)}`] : []))
  return `{${said.join(', ')}}`
}
