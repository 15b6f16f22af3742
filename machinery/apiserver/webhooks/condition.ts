import type { ConditionScope } from './dispatch.ts'
import type { MatchCondition } from './hook.ts'

/**
 * Whether all conditions hold. A condition cannot be evaluated here so far: a webhook that has one is then not left out in
 * silence, which could let something through, but refuses the write and says why.
 */
export function conditionsHold(conditions: readonly MatchCondition[], _scope: ConditionScope): boolean {
  const [first] = conditions
  if (!first) return true
  throw new Error(`the match condition "${first.name}" cannot be evaluated here`)
}
