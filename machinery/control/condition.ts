/** A condition of a status (apimachinery `meta/v1` Condition). */
export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason?: string
  readonly message?: string
  /** When `status` became what it is. */
  readonly lastTransitionTime?: string
  /** The `metadata.generation` that was looked at. */
  readonly observedGeneration?: number
}

type Conditions = readonly Condition[] | undefined

/**
 * The conditions with this one set. Its time moves only when its status does; when nothing differs, what was given is
 * returned itself, so that whoever compares by identity writes nothing.
 */
export function setCondition(conditions: Conditions, next: Condition, now: string): readonly Condition[] {
  const before = findCondition(conditions, next.type)
  if (!before) return [...(conditions ?? []), { lastTransitionTime: now, ...next }]
  const moved = before.status !== next.status
  const since = moved ? (next.lastTransitionTime ?? now) : (before.lastTransitionTime ?? now)
  const after: Condition = { ...before, ...next, lastTransitionTime: since }
  if (sameCondition(before, after)) return conditions ?? []
  return (conditions ?? []).map(one => (one === before ? after : one))
}

export function removeCondition(conditions: Conditions, type: string): readonly Condition[] {
  return (conditions ?? []).filter(one => one.type !== type)
}

export function findCondition(conditions: Conditions, type: string): Condition | undefined {
  return conditions?.find(one => one.type === type)
}

/** Whether it is `True`, and, where a generation is given, was found so of this generation or a later one. */
export function isTrue(conditions: Conditions, type: string, generation = 0): boolean {
  const found = findCondition(conditions, type)
  return found?.status === 'True' && (found.observedGeneration ?? generation) >= generation
}

const FIELDS = ['status', 'reason', 'message', 'lastTransitionTime', 'observedGeneration'] as const

function sameCondition(one: Condition, other: Condition): boolean {
  return FIELDS.every(field => one[field] === other[field])
}
