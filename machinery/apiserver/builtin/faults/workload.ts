import { isDeepStrictEqual } from 'node:util'
import type { StatusCause } from '../../../api/fault.ts'
import { forbidden, invalid, notSupported, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, items, type Members, members, number, text } from '../look.ts'
import { selectorLiteral, selectorMatches } from '../selector.ts'
import { podSpecFaults } from './pod.ts'
import { invalidLiteral, notNegative, textMap } from './words.ts'

// The main rules of kubernetes `pkg/apis/apps/validation`.

const NO_MATCH = '`selector` does not match template `labels`'

/** kubernetes `ValidateDeployment`. */
export function deploymentFaults({ spec: given }: Body, old?: Body): readonly StatusCause[] {
  const spec = members(given)
  const progress = number(spec.progressDeadlineSeconds)
  const late = progress !== undefined && progress <= (number(spec.minReadySeconds) ?? 0)
  return [
    ...notNegative('spec.replicas', number(spec.replicas)),
    ...selectorFaults(spec, 'deployment'),
    ...templateFaults(spec, 'ReplicaSet'),
    ...notNegative('spec.minReadySeconds', number(spec.minReadySeconds)),
    ...notNegative('spec.revisionHistoryLimit', number(spec.revisionHistoryLimit)),
    ...(late ? [invalid('spec.progressDeadlineSeconds', progress, 'must be greater than minReadySeconds')] : []),
    ...sameSelector(spec, old),
  ]
}

/** kubernetes `ValidateReplicaSet`. */
export function replicaSetFaults({ spec: given }: Body, old?: Body): readonly StatusCause[] {
  const spec = members(given)
  return [
    ...notNegative('spec.replicas', number(spec.replicas)),
    ...selectorFaults(spec, 'deployment'), // as upstream has it
    ...templateFaults(spec, 'ReplicaSet'),
    ...sameSelector(spec, old),
  ]
}

/** kubernetes `ValidateDaemonSet`. */
export function daemonSetFaults({ spec: given }: Body, old?: Body): readonly StatusCause[] {
  const spec = members(given)
  return [
    ...templateFaults(spec, 'DaemonSet'),
    ...(emptySelector(spec.selector) ? selectorFaults(spec, 'daemonset') : []),
    ...sameSelector(spec, old),
  ]
}

const STATEFUL = ['replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy']
const STATEFUL_SENTENCE =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
  "'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"

/** kubernetes `ValidateStatefulSet`. */
export function statefulSetFaults({ spec: given }: Body, old?: Body): readonly StatusCause[] {
  const spec = members(given)
  const fixed = (one: Members) =>
    Object.entries(one).filter(([name]) => ![...STATEFUL, 'minReadySeconds'].includes(name))
  const changed = old && !isDeepStrictEqual(fixed(spec), fixed(members(old.spec)))
  return [
    ...notNegative('spec.replicas', number(spec.replicas)),
    ...selectorFaults(spec, 'statefulset'),
    ...templateFaults(spec, 'StatefulSet'),
    ...(changed ? [forbidden('spec', STATEFUL_SENTENCE)] : []),
  ]
}

function emptySelector(selector: unknown): boolean {
  if (!isSaid(selector)) return false
  const { matchLabels, matchExpressions } = members(selector)
  return Object.keys(members(matchLabels)).length + items(matchExpressions).length === 0
}

function selectorFaults({ selector }: Members, kind: string): readonly StatusCause[] {
  if (!isSaid(selector)) return [required('spec.selector')]
  if (!emptySelector(selector)) return []
  return [invalidLiteral('spec.selector', selectorLiteral(selector), `empty selector is invalid for ${kind}`)]
}

/** The selector of a Deployment, a DaemonSet and a ReplicaSet of apps/v1 stays as it was made. */
function sameSelector({ selector }: Members, old: Body | undefined): readonly StatusCause[] {
  if (!old || isDeepStrictEqual(selector, members(old.spec).selector)) return []
  return [invalidLiteral('spec.selector', selectorLiteral(selector), 'field is immutable')]
}

function templateFaults({ selector, template: given }: Members, kind: string): readonly StatusCause[] {
  const template = members(given)
  const { labels } = members(template.metadata)
  const spec = members(template.spec)
  const policy = text(spec.restartPolicy)
  const matching = emptySelector(selector) || selectorMatches(selector, members(labels))
  const deadline = `activeDeadlineSeconds in ${kind} is not Supported`
  return [
    ...(matching ? [] : [invalidLiteral('spec.template.metadata.labels', textMap(labels), NO_MATCH)]),
    ...podSpecFaults(spec, 'spec.template.spec'),
    ...(policy === 'Always' ? [] : [notSupported('spec.template.spec.restartPolicy', policy, ['Always'])]),
    ...(!isSaid(spec.activeDeadlineSeconds) ? [] : [forbidden('spec.template.spec.activeDeadlineSeconds', deadline)]),
  ]
}
