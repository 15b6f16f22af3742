import { isDeepStrictEqual } from 'node:util'
import { ClusterRole, type PolicyRule } from '../../api/access.ts'
import type { Client } from '../../api/client.ts'
import { isApiFault } from '../../api/fault.ts'
import { selectorMatches } from '../builtin/selector.ts'

/** The rules that an aggregated role shall have: each of those it selects, once, in the order of their names. */
export function aggregatedRules(role: ClusterRole, all: readonly ClusterRole[]): readonly PolicyRule[] {
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? []
  const byName = all.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  const rules: PolicyRule[] = []
  for (const selector of selectors) {
    for (const one of byName) {
      if (one.metadata.name === role.metadata.name || !selectorMatches(selector, one.metadata.labels ?? {})) continue
      for (const rule of one.rules ?? []) if (!rules.some(known => isDeepStrictEqual(known, rule))) rules.push(rule)
    }
  }
  return rules
}

/** Who owns the rules of an aggregated role, by the name of kube-controller-manager's own controller. */
const AGGREGATOR = { manager: 'clusterrole-aggregation-controller', force: true } as const

/** Writes what aggregated ClusterRoles have become, until none changes: one of them may add to another. */
export async function aggregateRoles(client: Client): Promise<void> {
  for (let changed = true; changed; ) {
    changed = false
    const all = new Map((await client.list(ClusterRole)).items.map(role => [role.metadata.name, role]))
    for (const role of all.values()) {
      const written = role.aggregationRule && (await aggregate(client, role, [...all.values()]))
      if (!written) continue
      all.set(role.metadata.name, written)
      changed = true
    }
  }
}

/** The role as written; undefined when there was nothing to write, or somebody else wrote first and the next look sees it. */
async function aggregate(
  client: Client,
  role: ClusterRole,
  all: readonly ClusterRole[],
): Promise<ClusterRole | undefined> {
  const rules = aggregatedRules(role, all)
  const { name, uid } = role.metadata
  if (isDeepStrictEqual(rules, role.rules ?? [])) return undefined
  try {
    return await client.apply(ClusterRole, { metadata: { name, uid }, rules }, AGGREGATOR)
  } catch (fault) {
    if (isApiFault(fault, 'Conflict', 'NotFound')) return undefined
    throw fault
  }
}
