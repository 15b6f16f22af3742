import { load } from 'js-yaml'
import { nameFault } from '../registry/metadata.ts'
import { isObject } from '../registry/served.ts'

// What is noted of which requests (audit.k8s.io/v1 Policy), as kube-apiserver's --audit-policy-file reads it.

export const LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const
export type Level = (typeof LEVELS)[number]

export const STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const
export type Stage = (typeof STAGES)[number]

export interface GroupResources {
  readonly group: string
  readonly resources: readonly string[]
  readonly resourceNames: readonly string[]
}

/** A level for the requests that fit; an empty list fits all. */
export interface AuditRule {
  readonly level: Level
  readonly users: readonly string[]
  readonly userGroups: readonly string[]
  readonly verbs: readonly string[]
  readonly resources: readonly GroupResources[]
  /** The empty one stands for what is in no namespace. */
  readonly namespaces: readonly string[]
  readonly nonResourceURLs: readonly string[]
  readonly omitStages: readonly Stage[]
  /** As the policy says unless told. */
  readonly omitManagedFields?: boolean
}

/** The first rule that fits a request decides. */
export interface AuditPolicy {
  readonly rules: readonly AuditRule[]
  readonly omitStages: readonly Stage[]
  readonly omitManagedFields: boolean
}

/** The policy that a text says, or what is wrong with it. */
export function readPolicy(text: string): AuditPolicy | { readonly faults: readonly string[] } {
  const said = parsed(text)
  if (typeof said === 'string') return { faults: [said] }
  if (said.apiVersion !== 'audit.k8s.io/v1' || said.kind !== 'Policy') {
    return { faults: [`unknown group version field ${said.apiVersion}, Kind=${said.kind} in policy`] }
  }
  const rules = Array.isArray(said.rules) ? said.rules : []
  const faults = [...stageFaults(said.omitStages, 'omitStages'), ...rules.flatMap(ruleFaults)]
  if (faults.length > 0) return { faults }
  if (rules.length === 0) return { faults: ['loaded illegal policy with 0 rules'] }
  const omitStages = list(said.omitStages) as readonly Stage[]
  return { rules: rules.map(ruleOf), omitStages, omitManagedFields: said.omitManagedFields === true }
}

type Fields = Readonly<Record<string, unknown>>

function parsed(text: string): Fields | string {
  try {
    const value = load(text, { maxAliases: 0 })
    return isObject(value) ? value : 'it is no object'
  } catch (error) {
    return `it is not YAML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}`
  }
}

function ruleFaults(rule: unknown, at: number): readonly string[] {
  const path = `rules[${at}]`
  if (!isObject(rule)) return [`${path}: Invalid value: it is no object`]
  const { level, nonResourceURLs, resources, namespaces } = rule
  const urls = list(nonResourceURLs)
  const groups = Array.isArray(resources) ? resources.filter(isObject) : []
  const faults = [
    ...levelFaults(level, `${path}.level`),
    ...urls.flatMap((url, index) => urlFaults(url, `${path}.nonResourceURLs[${index}]`)),
    ...groups.flatMap(group => groupFaults(group, `${path}.resources`)),
    ...stageFaults(rule.omitStages, `${path}.omitStages`),
  ]
  if (urls.length > 0 && (groups.length > 0 || list(namespaces).length > 0)) {
    const why = 'rules cannot apply to both regular resources and non-resource URLs'
    faults.push(`${path}.nonResourceURLs: Invalid value: ${JSON.stringify(urls)}: ${why}`)
  }
  return faults
}

function levelFaults(level: unknown, path: string): readonly string[] {
  if (level === undefined || level === '') return [`${path}: Required value`]
  if ((LEVELS as readonly unknown[]).includes(level)) return []
  const known = LEVELS.map(one => JSON.stringify(one)).join(', ')
  return [`${path}: Unsupported value: ${JSON.stringify(level)}: supported values: ${known}`]
}

function urlFaults(url: string, path: string): readonly string[] {
  const wrong = (why: string) => `${path}: Invalid value: ${JSON.stringify(url)}: ${why}`
  if (url === '*') return []
  const head = url.startsWith('/') ? [] : [wrong("non-resource URL rules must begin with a '/' character")]
  const star = url.slice(0, -1).includes('*')
  return star ? [...head, wrong("non-resource URL wildcards '*' must be the final character of the rule")] : head
}

function groupFaults({ group, resources, resourceNames }: Fields, path: string): readonly string[] {
  const why = typeof group === 'string' && group !== '' ? nameFault(group, 'subdomain') : undefined
  const faults = why ? [`${path}.group: Invalid value: ${JSON.stringify(group)}: ${why}`] : []
  const names = list(resourceNames)
  if (names.length === 0 || list(resources).length > 0) return faults
  const sentence = 'using resourceNames requires at least one resource'
  return [...faults, `${path}.resourceNames: Invalid value: ${JSON.stringify(names)}: ${sentence}`]
}

function stageFaults(stages: unknown, path: string): readonly string[] {
  return list(stages).flatMap((stage, at) =>
    (STAGES as readonly string[]).includes(stage)
      ? []
      : [`${path}[${at}]: Invalid value: ${JSON.stringify(stage)}: allowed stages are ${STAGES.join(',')}`],
  )
}

function ruleOf(said: Fields): AuditRule {
  const groups = Array.isArray(said.resources) ? said.resources.filter(isObject) : []
  return {
    level: said.level as Level,
    users: list(said.users),
    userGroups: list(said.userGroups),
    verbs: list(said.verbs),
    resources: groups.map(({ group, resources, resourceNames }) => ({
      group: typeof group === 'string' ? group : '',
      resources: list(resources),
      resourceNames: list(resourceNames),
    })),
    namespaces: list(said.namespaces),
    nonResourceURLs: list(said.nonResourceURLs),
    omitStages: list(said.omitStages) as readonly Stage[],
    ...(typeof said.omitManagedFields === 'boolean' && { omitManagedFields: said.omitManagedFields }),
  }
}

function list(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
