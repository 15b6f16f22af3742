import { selectorMatches } from '../builtin/selector.ts'
import type { Hook, LabelSelector, Rule } from './hook.ts'

/** What of a write decides whether a webhook wants to see it. */
export interface Subject {
  readonly operation: string
  readonly group: string
  readonly version: string
  readonly resource: string
  readonly subresource?: string | undefined
  readonly namespace?: string | undefined
  /** Labels of the namespace it lies in, or of the namespace itself; absent where there is none. */
  readonly namespaceLabels?: Labels | undefined
  readonly labels?: Labels | undefined
  readonly oldLabels?: Labels | undefined
}

type Labels = Readonly<Record<string, string>>

/** Whether a webhook's selectors fit (apiserver `predicates/namespace` and `object`). */
export function selectorsMatch(hook: Hook, { namespaceLabels, labels, oldLabels }: Subject): boolean {
  const inNamespace = namespaceLabels === undefined || selectorMatches(hook.namespaceSelector, namespaceLabels)
  if (!inNamespace || isEmpty(hook.objectSelector)) return inNamespace
  return [labels, oldLabels].some(one => one !== undefined && selectorMatches(hook.objectSelector, one))
}

/** Whether one of a webhook's rules fits (apiserver `predicates/rules`). */
export function rulesMatch(hook: Hook, subject: Subject): boolean {
  return hook.rules.some(rule => ruleMatches(rule, subject))
}

function ruleMatches(rule: Rule, subject: Subject): boolean {
  return (
    scopeMatches(rule.scope, subject) &&
    holds(rule.operations, subject.operation) &&
    holds(rule.apiGroups, subject.group) &&
    holds(rule.apiVersions, subject.version) &&
    rule.resources.some(text => resourceMatches(text, subject))
  )
}

function holds(items: readonly string[], wanted: string): boolean {
  return items.includes('*') || items.includes(wanted)
}

/** A namespace is no namespaced object, though requests about it carry its name. */
function scopeMatches(scope: string, { group, resource, namespace }: Subject): boolean {
  if (scope === '*') return true
  const namespaced = namespace !== undefined && !(group === '' && resource === 'namespaces')
  return (scope === 'Namespaced') === namespaced
}

// A resource, one of its subresources (`pods/status`), or a star in the place of either.
function resourceMatches(text: string, { resource, subresource = '' }: Subject): boolean {
  const slash = text.indexOf('/')
  const main = slash < 0 ? text : text.slice(0, slash)
  const below = slash < 0 ? '' : text.slice(slash + 1)
  return (main === '*' || main === resource) && (below === '*' || below === subresource)
}

function isEmpty({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return matchLabels === undefined && matchExpressions === undefined
}
