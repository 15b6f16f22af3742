import type { PolicyRule, RoleRef, RoleSubject } from '../../api/access.ts'
import { isObject } from '../registry/served.ts'
import type { Body } from '../store/change.ts'

// Roles and bindings as they lie in the store, read into what they mean. What is not of the right type is not there.

export function rulesOf({ rules }: Body): readonly PolicyRule[] {
  return objects(rules).map(rule => ({
    verbs: texts(rule.verbs),
    ...listed('apiGroups', rule),
    ...listed('resources', rule),
    ...listed('resourceNames', rule),
    ...listed('nonResourceURLs', rule),
  }))
}

export function subjectsOf({ subjects }: Body): readonly RoleSubject[] {
  return objects(subjects).map(({ kind, apiGroup, name, namespace }) => ({
    kind: text(kind),
    name: text(name),
    ...(apiGroup !== undefined && { apiGroup: text(apiGroup) }),
    ...(namespace !== undefined && { namespace: text(namespace) }),
  }))
}

export function roleRefOf({ roleRef }: Body): RoleRef {
  const ref = isObject(roleRef) ? roleRef : {}
  return { apiGroup: text(ref.apiGroup), kind: text(ref.kind), name: text(ref.name) }
}

export function objects(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}

type List = 'apiGroups' | 'resources' | 'resourceNames' | 'nonResourceURLs'

function listed<K extends List>(name: K, rule: Readonly<Record<string, unknown>>): Partial<Pick<PolicyRule, K>> {
  const list = texts(rule[name])
  return list.length > 0 ? ({ [name]: list } as Partial<Pick<PolicyRule, K>>) : {}
}
