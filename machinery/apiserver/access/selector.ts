import type { LabelSelector } from '../../api/access.ts'

type Labels = Readonly<Record<string, string>>

/** Whether labels fit a selector (apimachinery `LabelSelectorAsSelector`): an empty one selects everything. */
export function selectorMatches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(expression => expressionMatches(expression, labels))
  )
}

type Expression = NonNullable<LabelSelector['matchExpressions']>[number]

function expressionMatches({ key, operator, values = [] }: Expression, labels: Labels): boolean {
  const value = labels[key]
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return false // no such operator: the role was not checked when it was written
  }
}
