import type { WebhookClientConfig } from '../definitions/webhook.ts'
import { isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'

/** Which writes a webhook wants to see (admissionregistration/v1 `RuleWithOperations`). */
export interface Rule {
  readonly operations: readonly string[]
  readonly apiGroups: readonly string[]
  readonly apiVersions: readonly string[]
  readonly resources: readonly string[]
  readonly scope: string
}

/** A label selector as objects carry it. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly {
    readonly key: string
    readonly operator: string
    readonly values?: readonly string[]
  }[]
}

export interface MatchCondition {
  readonly name: string
  readonly expression: string
}

/** One webhook of a configuration, with the defaults of admissionregistration/v1. */
export interface Hook {
  /** Of the configuration; hooks are asked in the order of these, and of the hooks within. */
  readonly configuration: string
  readonly name: string
  readonly clientConfig: WebhookClientConfig
  readonly rules: readonly Rule[]
  readonly failurePolicy: 'Fail' | 'Ignore'
  readonly matchPolicy: 'Exact' | 'Equivalent'
  readonly namespaceSelector: LabelSelector
  readonly objectSelector: LabelSelector
  readonly matchConditions: readonly MatchCondition[]
  readonly sideEffects: string | undefined
  readonly timeoutSeconds: number
  readonly reviewVersions: readonly string[]
  readonly reinvoked: boolean
}

/** The webhooks of a stored configuration, which was checked when it was written. */
export function hooksOf({ metadata, webhooks }: Body): readonly Hook[] {
  return recordsOf(webhooks).map(hook => ({
    configuration: metadata.name,
    name: String(hook.name),
    clientConfig: clientConfigOf(hook.clientConfig),
    rules: recordsOf(hook.rules).map(ruleOf),
    failurePolicy: hook.failurePolicy === 'Ignore' ? 'Ignore' : 'Fail',
    matchPolicy: hook.matchPolicy === 'Exact' ? 'Exact' : 'Equivalent',
    namespaceSelector: selectorOf(hook.namespaceSelector),
    objectSelector: selectorOf(hook.objectSelector),
    matchConditions: recordsOf(hook.matchConditions).map(({ name, expression }) => ({
      name: String(name),
      expression: String(expression),
    })),
    sideEffects: typeof hook.sideEffects === 'string' ? hook.sideEffects : undefined,
    timeoutSeconds: typeof hook.timeoutSeconds === 'number' ? hook.timeoutSeconds : 10,
    reviewVersions: stringsOf(hook.admissionReviewVersions),
    reinvoked: hook.reinvocationPolicy === 'IfNeeded',
  }))
}

function clientConfigOf(value: unknown): WebhookClientConfig {
  const { url, service, caBundle } = isObject(value) ? value : {}
  return {
    ...(typeof url === 'string' && { url }),
    ...(isObject(service) && { service: serviceOf(service) }),
    ...(typeof caBundle === 'string' && { caBundle }),
  }
}

function serviceOf(service: Readonly<Record<string, unknown>>): NonNullable<WebhookClientConfig['service']> {
  return {
    name: String(service.name),
    namespace: String(service.namespace),
    ...(typeof service.path === 'string' && { path: service.path }),
    ...(typeof service.port === 'number' && { port: service.port }),
  }
}

function ruleOf(rule: Readonly<Record<string, unknown>>): Rule {
  return {
    operations: stringsOf(rule.operations),
    apiGroups: stringsOf(rule.apiGroups),
    apiVersions: stringsOf(rule.apiVersions),
    resources: stringsOf(rule.resources),
    scope: typeof rule.scope === 'string' ? rule.scope : '*',
  }
}

function selectorOf(value: unknown): LabelSelector {
  if (!isObject(value)) return {}
  const labels = isObject(value.matchLabels) ? Object.entries(value.matchLabels) : []
  const expressions = recordsOf(value.matchExpressions).map(({ key, operator, values }) => ({
    key: String(key),
    operator: String(operator),
    values: stringsOf(values),
  }))
  return {
    ...(labels.length > 0 && { matchLabels: Object.fromEntries(labels.map(([key, label]) => [key, String(label)])) }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  }
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
