import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode, ValidationRule } from '../../api/schema.ts'
import { estimate } from '../cel/estimate.ts'
import type { Expression } from '../cel/expression.ts'
import { type Rule, rulesOf } from '../cel/rule.ts'
import { schemaType } from '../cel/schema-type.ts'
import { UNBOUNDED } from '../cel/size.ts'
import type { Type } from '../cel/type.ts'
import { forbidden, invalid } from './cause.ts'
import { quote } from './gotext.ts'

/** What a rule, and all rules of a schema together, may cost by estimate (`StaticEstimatedCostLimit`). */
const RULE_LIMIT = 10_000_000
const SCHEMA_LIMIT = 100_000_000
const REQUEST_BYTES = 3 * 1024 * 1024

/** How many values of a schema an object may hold; nothing where the lists and maps around it have no bounds. */
export type Cardinality = { readonly most: number | undefined }

export const START: Cardinality = { most: 1 }

/** How many there may be of what is inside of a schema. */
export function inside({ most }: Cardinality, schema: SchemaNode): Cardinality {
  const factor = factorOf(schema)
  return { most: most === undefined || factor === undefined ? undefined : Math.min(most * factor, UNBOUNDED) }
}

function factorOf({ type, additionalProperties, maxProperties, maxItems }: SchemaNode): number | undefined {
  if (type === 'object' && additionalProperties !== undefined) return maxProperties && Math.max(0, maxProperties)
  return type === 'array' ? maxItems && Math.max(0, maxItems) : 1
}

/** What the rules of a definition cost, added up. */
export class RuleCosts {
  #total = 0
  #dear: { readonly path: string; readonly cost: number }[] = []

  add(path: string, cost: number): void {
    this.#total = Math.min(this.#total + cost, UNBOUNDED)
    if (cost < SCHEMA_LIMIT / 100) return
    this.#dear = [...this.#dear, { path, cost }].toSorted((a, b) => b.cost - a.cost).slice(0, 4)
  }

  faults(path: string): StatusCause[] {
    if (this.#total <= SCHEMA_LIMIT) return []
    const why = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema'
    const name = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema'
    const all = excess(name, { cost: this.#total, limit: SCHEMA_LIMIT })
    return [...this.#dear.map(({ path: rule }) => forbidden(rule, why)), forbidden(path, all)]
  }
}

function excess(name: string, { cost, limit }: { readonly cost: number; readonly limit: number }): string {
  const factor = cost / limit
  const shown = factor > 100 ? 'more than 100x' : `${factor.toFixed(factor < 1.5 ? 6 : 1)}x`
  return `${name} exceeds budget by factor of ${shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`
}

interface Place {
  readonly schema: SchemaNode
  readonly path: string
  readonly uncorrelated: string | undefined
  readonly cardinality: Cardinality
  readonly root: boolean
}

/** What is wrong with the expressions of a schema's rules. */
export function ruleCauses(place: Place, costs: RuleCosts): StatusCause[] {
  const { schema, path, root } = place
  if (!schema['x-kubernetes-validations']?.length) return []
  const type = schemaType(schema, 'selfType', root || schema['x-kubernetes-embedded-resource'] === true)
  if (!type) {
    const why =
      'internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations'
    return [{ reason: 'InternalError', message: `Internal error: ${why}`, field: `${path}.x-kubernetes-validations` }]
  }
  return rulesOf(schema, type).flatMap((rule, at) => {
    return oneRule(rule, { ...place, type, path: `${path}.x-kubernetes-validations[${at}]` }, costs)
  })
}

type RulePlace = Place & { readonly type: Type }

function oneRule(rule: Rule, place: RulePlace, costs: RuleCosts): StatusCause[] {
  const { path, type, cardinality, uncorrelated } = place
  const { given, expression, usesOldSelf, message } = rule
  const many = cardinality.most ?? Math.floor(REQUEST_BYTES / ((type.least ?? 0) + 1))
  const cost = expression ? Math.min(mostOf(expression, type) * many, UNBOUNDED) : 0
  costs.add(`${path}.rule`, cost)
  return [
    ...(cost > RULE_LIMIT
      ? [forbidden(`${path}.rule`, excess('estimated rule cost', { cost, limit: RULE_LIMIT }))]
      : []),
    ...(rule.fault === undefined ? [] : [ruleInvalid(`${path}.rule`, given, rule.fault)]),
    ...(rule.messageFault === undefined ? [] : [ruleInvalid(`${path}.messageExpression`, given, rule.messageFault)]),
    ...(message ? messageCauses(message, place, costs) : []),
    ...(usesOldSelf && uncorrelated !== undefined
      ? [
          invalid(
            `${path}.rule`,
            given.rule,
            `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`,
          ),
        ]
      : []),
    ...(!usesOldSelf && given.optionalOldSelf !== undefined
      ? [invalid(`${path}.optionalOldSelf`, given.optionalOldSelf, 'may not be set if oldSelf is not used in rule')]
      : []),
  ]
}

function mostOf({ checked }: Expression, type: Type): number {
  return estimate(checked, type).most
}

function messageCauses(message: Expression, { path, type }: RulePlace, costs: RuleCosts): StatusCause[] {
  const cost = mostOf(message, type)
  const field = `${path}.messageExpression`
  costs.add(field, cost)
  const limits = { cost, limit: RULE_LIMIT }
  return cost > RULE_LIMIT ? [forbidden(field, excess('estimated messageExpression cost', limits))] : []
}

/** The API server shows the whole rule, as Go prints it; where Go prints an address, here is what stands there. */
function ruleInvalid(field: string, rule: ValidationRule, why: string): StatusCause {
  const { message = '', messageExpression = '', reason, fieldPath = '', optionalOldSelf } = rule
  const shown = [
    `Rule:${quote(rule.rule)}`,
    `Message:${quote(message)}`,
    `MessageExpression:${quote(messageExpression)}`,
    `Reason:(*apiextensions.FieldValueErrorReason)(${reason === undefined ? 'nil' : quote(reason)})`,
    `FieldPath:${quote(fieldPath)}`,
    `OptionalOldSelf:(*bool)(${optionalOldSelf ?? 'nil'})`,
  ].join(', ')
  return {
    reason: 'FieldValueInvalid',
    message: `Invalid value: apiextensions.ValidationRule{${shown}}: ${why}`,
    field,
  }
}
