import { isObject } from '../registry/served.ts'
import { quote } from '../schema/gotext.ts'
import { textMap } from './faults/words.ts'
import { items, members, text, texts } from './look.ts'

// Label selectors in their long form (apimachinery `meta/v1` LabelSelector).

/** Requirements, each of them on one key. */
interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

function requirements(selector: unknown): readonly Requirement[] {
  const { matchLabels, matchExpressions } = members(selector)
  const equal = Object.entries(members(matchLabels)).map(([key, value]) => ({
    key,
    operator: 'In',
    values: [text(value)],
  }))
  const rest = items(matchExpressions).map(({ key, operator, values }) => ({
    key: text(key),
    operator: text(operator),
    values: texts(values).toSorted(),
  }))
  return [...equal, ...rest]
}

/** Whether labels are those that a selector asks for; no selector selects nothing. */
export function selectorMatches(selector: unknown, labels: Readonly<Record<string, unknown>>): boolean {
  return isObject(selector) && requirements(selector).every(one => matches(one, labels))
}

function matches({ key, operator, values }: Requirement, labels: Readonly<Record<string, unknown>>): boolean {
  const value = Object.hasOwn(labels, key) ? text(labels[key]) : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    default:
      return value === undefined
  }
}

/** A selector in one line, as `kubectl get -o wide` and the scale subresource show it. */
export function selectorText(selector: unknown): string {
  return requirements(selector)
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(one => requirementText(one))
    .join(',')
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`
    case 'NotIn':
      return `${key} notin (${values.join(',')})`
    case 'Exists':
      return key
    default:
      return `!${key}`
  }
}

/** A selector as Go shows it in a refusal. */
export function selectorLiteral(selector: unknown): string {
  const { matchLabels, matchExpressions } = members(selector)
  const expressions = items(matchExpressions).map(({ key, operator, values }) => {
    const list = texts(values).map(quote).join(', ')
    const shown = list === '' ? '[]string(nil)' : `[]string{${list}}`
    return `v1.LabelSelectorRequirement{Key:${quote(text(key))}, Operator:${quote(text(operator))}, Values:${shown}}`
  })
  const type = '[]v1.LabelSelectorRequirement'
  const all = expressions.length === 0 ? `${type}(nil)` : `${type}{${expressions.join(', ')}}`
  return `v1.LabelSelector{MatchLabels:${textMap(matchLabels)}, MatchExpressions:${all}}`
}
