import { type PolicyRule, RBAC_GROUP, type RoleRef } from '../../api/access.ts'
import type { Attributes, Authorizer, Verdict } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import type { Store } from '../store/store.ts'
import { type Grant, Grants } from './grants.ts'
import { ruleAllows } from './rule.ts'

export const MASTERS = 'system:masters'

/** Rules that somebody has in a namespace, and what is wrong with the bindings that should give more. */
export interface RulesFound {
  readonly rules: readonly PolicyRule[]
  readonly faults: readonly string[]
}

/** Role-based access control as Kubernetes has it: everything is refused that no rule allows. */
export class Rbac implements Authorizer, Disposable {
  readonly #grants: Grants

  constructor(store: Store) {
    this.#grants = new Grants(store)
  }

  authorize(identity: Identity, wanted: Attributes): Verdict {
    if (identity.groups?.includes(MASTERS)) return { allowed: true }
    const faults: string[] = []
    for (const grant of this.#held(identity, wanted.namespace ?? '')) {
      const rules = this.#grants.rules(grant.roleRef, grant.namespace)
      if (!rules) faults.push(missing(grant.roleRef))
      else if (rules.some(rule => ruleAllows(rule, wanted))) {
        return { allowed: true, reason: `RBAC: allowed by ${grant.source}` }
      }
    }
    return faults.length === 0 ? { allowed: false } : { allowed: false, reason: `RBAC: ${together(faults)}` }
  }

  /** All that somebody may do in a namespace, what holds everywhere included. */
  rulesFor(identity: Identity, namespace: string): RulesFound {
    const rules: PolicyRule[] = []
    const faults: string[] = []
    for (const { roleRef, namespace: home } of this.#held(identity, namespace)) {
      const found = this.#grants.rules(roleRef, home)
      if (found) rules.push(...found)
      else faults.push(missing(roleRef))
    }
    return { rules, faults }
  }

  /** The rules of a role as a binding in a namespace means it; undefined when there is no such role. */
  rulesOf(roleRef: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
    return this.#grants.rules(roleRef, namespace)
  }

  [Symbol.dispose](): void {
    this.#grants[Symbol.dispose]()
  }

  *#held({ user, groups = [] }: Identity, namespace: string): Generator<Grant, void> {
    for (const where of namespace === '' ? EVERYWHERE : ['', namespace]) {
      yield* this.#grants.of('User', user, where)
      for (const group of groups) yield* this.#grants.of('Group', group, where)
    }
  }
}

const EVERYWHERE: readonly string[] = ['']

function missing({ kind, name }: RoleRef): string {
  return kind === 'Role' || kind === 'ClusterRole'
    ? `${kind.toLowerCase()}.${RBAC_GROUP} "${name}" not found`
    : `unsupported role reference kind: "${kind}"`
}

/** Several faults as Go's aggregate prints them: each once, in brackets when they are more than one. */
export function together(faults: readonly string[]): string {
  const [first = '', ...more] = [...new Set(faults)]
  return more.length === 0 ? first : `[${[first, ...more].join(', ')}]`
}
