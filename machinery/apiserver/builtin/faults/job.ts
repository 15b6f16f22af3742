import type { StatusCause } from '../../../api/fault.ts'
import { invalid, notSupported, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { isSaid, type Members, members, number, text } from '../look.ts'
import { podSpecFaults } from './pod.ts'
import { notNegative, sameAsBefore } from './words.ts'

// The main rules of kubernetes `pkg/apis/batch/validation`.

const COUNTS = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished']
const FIXED = ['selector', 'completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy']
const MODES = ['NonIndexed', 'Indexed']

/** kubernetes `ValidateJob` and `ValidateJobUpdate`. */
export function jobFaults({ spec: given }: Body, old?: Body): readonly StatusCause[] {
  const spec = members(given)
  const faults = [...jobSpecFaults(spec, 'spec')]
  if (!old) return faults
  const before = members(old.spec)
  const completions = spec.completionMode === 'Indexed' ? [] : ['completions']
  const template = before.suspend === true ? [] : ['template']
  const fixed = [...completions, 'selector', ...template, ...FIXED.slice(1)]
  return [...faults, ...fixed.flatMap(name => sameAsBefore(`spec.${name}`, spec[name], before[name]))]
}

function jobSpecFaults(spec: Members, path: string): readonly StatusCause[] {
  const mode = text(spec.completionMode)
  const counts = COUNTS.flatMap(name => notNegative(`${path}.${name}`, number(spec[name])))
  const modes = mode === '' || MODES.includes(mode) ? [] : [notSupported(`${path}.completionMode`, mode, MODES)]
  const open = mode === 'Indexed' && !isSaid(spec.completions)
  return [
    ...counts,
    ...modes,
    ...(open ? [required(`${path}.completions`, 'when completion mode is Indexed')] : []),
    ...templateFaults(members(members(spec.template).spec), `${path}.template.spec`),
  ]
}

function templateFaults(pod: Members, path: string): readonly StatusCause[] {
  const policy = text(pod.restartPolicy)
  const ends = policy === 'OnFailure' || policy === 'Never'
  const why = 'valid values: "OnFailure", "Never"'
  return [...podSpecFaults(pod, path), ...(ends ? [] : [required(`${path}.restartPolicy`, why)])]
}

const POLICIES = ['Allow', 'Forbid', 'Replace']
const MOST_NAME = 52

/** kubernetes `ValidateCronJob`; that a schedule can be kept is looked at only roughly. */
export function cronJobFaults({ metadata, spec: given }: Body): readonly StatusCause[] {
  const spec = members(given)
  const policy = text(spec.concurrencyPolicy)
  const long = metadata.name.length > MOST_NAME
  return [
    ...(long ? [invalid('metadata.name', metadata.name, `must be no more than ${MOST_NAME} characters`)] : []),
    ...scheduleFaults(text(spec.schedule)),
    ...notNegative('spec.startingDeadlineSeconds', number(spec.startingDeadlineSeconds)),
    ...(POLICIES.includes(policy) ? [] : [notSupported('spec.concurrencyPolicy', policy, POLICIES)]),
    ...jobSpecFaults(members(members(spec.jobTemplate).spec), 'spec.jobTemplate.spec'),
  ]
}

function scheduleFaults(schedule: string): readonly StatusCause[] {
  if (schedule === '') return [required('spec.schedule')]
  const parts = schedule.trim().split(/\s+/)
  if (schedule.startsWith('@') || parts.length === 5) return []
  const shown = JSON.stringify(parts).replaceAll(/[[\]",]/g, letter =>
    letter === ',' ? ' ' : letter === '"' ? '' : letter,
  )
  return [invalid('spec.schedule', schedule, `expected exactly 5 fields, found ${parts.length}: ${shown}`)]
}
