import { type Fields, fieldsOf, listOf } from './reading.ts'

/** One line of a definition's status. */
export interface Condition {
  readonly type: ConditionType
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

export type ConditionType = 'NamesAccepted' | 'Established' | 'Terminating' | 'KubernetesAPIApprovalPolicyConformant'

export function conditionOf(definition: Fields | undefined, type: ConditionType): Fields | undefined {
  return listOf(fieldsOf(definition?.status)?.conditions).find(condition => condition.type === type)
}

export function isTrue(definition: Fields | undefined, type: ConditionType): boolean {
  return conditionOf(definition, type)?.status === 'True'
}

/** The conditions with this one among them: in its old place, and with its old time while it says the same. */
export function withCondition(conditions: readonly Fields[], next: Condition, now: string): readonly Fields[] {
  const old = conditions.find(condition => condition.type === next.type)
  const since = old?.status === next.status && old.lastTransitionTime ? old.lastTransitionTime : now
  const { type, status, reason, message } = next
  const condition = { type, status, lastTransitionTime: since, reason, message }
  return old ? conditions.map(one => (one === old ? condition : one)) : [...conditions, condition]
}
