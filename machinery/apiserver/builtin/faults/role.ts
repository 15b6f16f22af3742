import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../../api/fault.ts'
import { nameFault } from '../../registry/metadata.ts'
import { invalid, notSupported, required } from '../../schema/cause.ts'
import { quote } from '../../schema/gotext.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, items, type Members, members, text, texts } from '../look.ts'
import { invalidLiteral, invalidTexts, requiredText, subdomainFaults } from './words.ts'

const GROUP = 'rbac.authorization.k8s.io'

/** kubernetes `ValidateRole`. */
export function roleFaults({ rules }: Body): readonly StatusCause[] {
  return items(rules).flatMap((rule, at) => ruleFaults(rule, `rules[${at}]`, true))
}

/** kubernetes `ValidateClusterRole`. */
export function clusterRoleFaults({ rules, aggregationRule }: Body): readonly StatusCause[] {
  const faults = items(rules).flatMap((rule, at) => ruleFaults(rule, `rules[${at}]`, false))
  if (!isSaid(aggregationRule) || items(members(aggregationRule).clusterRoleSelectors).length > 0) return faults
  const why = 'at least one clusterRoleSelector required if aggregationRule is non-nil'
  return [...faults, required('aggregationRule.clusterRoleSelectors', why)]
}

function ruleFaults(rule: Members, path: string, namespaced: boolean): readonly StatusCause[] {
  const faults: StatusCause[] = []
  if (texts(rule.verbs).length === 0) faults.push(required(`${path}.verbs`, 'verbs must contain at least one value'))
  const paths = texts(rule.nonResourceURLs)
  if (paths.length > 0) return [...faults, ...pathFaults(rule, { field: `${path}.nonResourceURLs`, paths, namespaced })]
  if (texts(rule.apiGroups).length === 0) {
    faults.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'))
  }
  if (texts(rule.resources).length === 0) {
    faults.push(required(`${path}.resources`, 'resource rules must supply at least one resource'))
  }
  return faults
}

type Paths = { readonly field: string; readonly paths: readonly string[]; readonly namespaced: boolean }

function pathFaults(rule: Members, { field, paths, namespaced }: Paths): readonly StatusCause[] {
  const mixed = [rule.apiGroups, rule.resources, rule.resourceNames].some(one => texts(one).length > 0)
  return [
    ...(namespaced ? [invalidTexts(field, paths, 'namespaced rules cannot apply to non-resource URLs')] : []),
    ...(mixed
      ? [invalidTexts(field, paths, 'rules cannot apply to both regular resources and non-resource URLs')]
      : []),
  ]
}

/** kubernetes `ValidateRoleBinding`. */
export function roleBindingFaults(binding: Body, old?: Body): readonly StatusCause[] {
  return bindingFaults(binding, old, ['Role', 'ClusterRole'])
}

/** kubernetes `ValidateClusterRoleBinding`. */
export function clusterBindingFaults(binding: Body, old?: Body): readonly StatusCause[] {
  return bindingFaults(binding, old, ['ClusterRole'])
}

function bindingFaults(binding: Body, old: Body | undefined, kinds: readonly string[]): readonly StatusCause[] {
  const ref = members(binding.roleRef)
  const faults: StatusCause[] = []
  if (ref.apiGroup !== GROUP) faults.push(notSupported('roleRef.apiGroup', ref.apiGroup, [GROUP]))
  if (!kinds.includes(text(ref.kind))) faults.push(notSupported('roleRef.kind', ref.kind, kinds))
  const name = text(ref.name)
  const why = name === '' ? undefined : nameFault(name, 'segment')
  faults.push(...requiredText('roleRef.name', name), ...(why ? [invalid('roleRef.name', name, why)] : []))
  const namespaced = kinds.length > 1
  items(binding.subjects).forEach((one, at) => {
    faults.push(...subjectFaults(one, `subjects[${at}]`, namespaced))
  })
  if (old && !isDeepStrictEqual(ref, members(old.roleRef))) {
    const [group, kind, to] = [ref.apiGroup, ref.kind, ref.name].map(one => quote(text(one)))
    const literal = `rbac.RoleRef{APIGroup:${group}, Kind:${kind}, Name:${to}}`
    faults.push(invalidLiteral('roleRef', literal, 'cannot change roleRef'))
  }
  return faults
}

function subjectFaults(subject: Members, path: string, namespaced: boolean): readonly StatusCause[] {
  const { kind } = subject
  const group = text(subject.apiGroup)
  const name = text(subject.name)
  const faults = [...requiredText(`${path}.name`, name)]
  if (kind === 'User' || kind === 'Group') {
    if (group !== GROUP) faults.push(notSupported(`${path}.apiGroup`, group, [GROUP]))
  } else if (kind === 'ServiceAccount') {
    if (name !== '') faults.push(...subdomainFaults(`${path}.name`, name))
    if (group !== '') faults.push(notSupported(`${path}.apiGroup`, group, ['']))
    if (!namespaced) faults.push(...requiredText(`${path}.namespace`, text(subject.namespace)))
  } else faults.push(notSupported(`${path}.kind`, text(kind), ['ServiceAccount', 'User', 'Group']))
  return faults
}
