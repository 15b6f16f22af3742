import { compile, type Expression } from '../cel/expression.ts'
import { DYN } from '../cel/type.ts'
import { Dictionary, Failure, List, type Value } from '../cel/value.ts'
import { isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import type { MatchCondition } from './hook.ts'

// Match conditions (apiserver `webhook/matchconditions`): CEL over the write, which decides whether a webhook sees it.

const VARIABLES = { object: DYN, oldObject: DYN, request: DYN }
const BUDGET = 2_500_000 // of all conditions of one webhook (`RuntimeCELCostBudgetMatchConditions`)

/** What a write is, for the match conditions of a webhook (CEL). */
export interface ConditionScope {
  readonly object: Body | null
  readonly oldObject: Body | null
  readonly request: object
}

/** Why conditions that are not false could not be evaluated. */
export class ConditionError extends Error {}

/**
 * Whether all conditions hold. One that is false decides, whatever befell the others; throws a ConditionError, whose words
 * are upstream's, when none is false and some could not be evaluated.
 */
export function conditionsHold(conditions: readonly MatchCondition[], scope: ConditionScope): boolean {
  const values = {
    object: celValue(scope.object),
    oldObject: celValue(scope.oldObject),
    request: celValue(scope.request),
  }
  const errors: string[] = []
  let left = BUDGET
  for (const { expression } of conditions) {
    if (left < 0) throw new ConditionError(OUT_OF_BUDGET)
    const program = compiled(expression)
    if (typeof program === 'string') {
      errors.push(program)
      continue
    }
    const { value, cost } = program.evaluate(values)
    left -= cost
    if (value === false) return false
    if (value instanceof Failure) errors.push(`expression '${expression}' resulted in error: ${value.why}`)
    else if (value !== true) errors.push(`expression '${expression}' resulted in no boolean`)
  }
  if (errors.length === 0) return true
  throw new ConditionError(errors.length === 1 ? errors[0] : `[${errors.join(', ')}]`)
}

const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run'

const MOST_KNOWN = 1000
const KNOWN = new Map<string, Expression | string>()

/** Expressions are compiled once; they are few, and those of webhooks that are gone must not pile up. */
function compiled(expression: string): Expression | string {
  const known = KNOWN.get(expression)
  if (known !== undefined) return known
  if (KNOWN.size >= MOST_KNOWN) KNOWN.clear()
  const made = compile(expression, VARIABLES)
  KNOWN.set(expression, made)
  return made
}

/** JSON as CEL sees what has no schema: whole numbers are ints. */
function celValue(json: unknown): Value {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json
  if (typeof json === 'string' || typeof json === 'boolean') return json
  if (Array.isArray(json)) return new List(json.map(celValue))
  if (!isObject(json)) return null
  const members = Object.entries(json).filter(([, value]) => value !== undefined)
  return new Dictionary(members.map(([key, value]) => [key, celValue(value)]))
}
