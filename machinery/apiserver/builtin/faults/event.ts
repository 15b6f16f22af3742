import type { StatusCause } from '../../../api/fault.ts'
import { invalid, required } from '../../schema/cause.ts'
import type { Body } from '../../store/change.ts'
import { toCoreEvent } from '../event.ts'
import { isSaid, members, number, text } from '../look.ts'
import { qualifiedFaults, sameAsBefore } from './words.ts'

const MOST = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const

/** kubernetes `ValidateEventCreate` for v1. */
export function coreEventFaults(event: Body): readonly StatusCause[] {
  return legacyFaults(event, 'reportingComponent')
}

/** kubernetes `ValidateEventCreate` and `ValidateEventUpdate` for events.k8s.io/v1, which speak of the fields of v1. */
export function newEventFaults(given: Body, before?: Body): readonly StatusCause[] {
  const event = toCoreEvent(given)
  const legacy = legacyFaults(event, 'reportingController')
  return [...legacy, ...(before ? changeFaults(event, toCoreEvent(before)) : creationFaults(event))]
}

function legacyFaults(event: Body, reporter: string): readonly StatusCause[] {
  const about = text(members(event.involvedObject).namespace)
  const { namespace = '' } = event.metadata
  const fresh = text(event.eventTime) !== ''
  const homeless = fresh ? ['default', 'kube-system'] : ['', 'default']
  const fits = about === '' ? homeless.includes(namespace) : fresh || about === namespace
  const faults = fits ? [] : [invalid('involvedObject.namespace', about, 'does not match event.namespace')]
  return fresh ? [...faults, ...freshFaults(event, reporter)] : faults
}

/** An event with `eventTime` says who reports it, and why. */
function freshFaults(event: Body, reporter: string): readonly StatusCause[] {
  const by = text(event.reportingComponent)
  const faults: StatusCause[] = by === '' ? [required(reporter)] : []
  faults.push(...qualifiedFaults(reporter, by))
  for (const [field, most] of Object.entries(MOST)) {
    const said = text(event[field])
    if (said === '' && field !== 'message') faults.push(required(field))
    if (said.length > most) faults.push(invalid(field, '', `can have at most ${most} characters`))
  }
  return faults
}

function creationFaults(event: Body): readonly StatusCause[] {
  const type = text(event.type)
  const faults = [...seriesFaults(event)]
  if (text(event.eventTime) === '') faults.push(required('eventTime'))
  if (type !== 'Normal' && type !== 'Warning') faults.push(invalid('type', '', `has invalid value: ${type}`))
  const unset = (field: string, is: boolean) => {
    if (is) faults.push(invalid(field, '', 'needs to be unset'))
  }
  unset('firstTimestamp', text(event.firstTimestamp) !== '')
  unset('lastTimestamp', text(event.lastTimestamp) !== '')
  unset('count', (number(event.count) ?? 0) !== 0)
  unset('source', Object.keys(members(event.source)).length > 0)
  return faults
}

function seriesFaults({ series }: Body): readonly StatusCause[] {
  if (!isSaid(series)) return []
  const { count, lastObservedTime } = members(series)
  return [
    ...((number(count) ?? 0) < 2 ? [invalid('series.count', '', 'should be at least 2')] : []),
    ...(text(lastObservedTime) === '' ? [required('series.lastObservedTime')] : []),
  ]
}

const FIXED = ['involvedObject', 'reason', 'message', 'source', 'firstTimestamp', 'lastTimestamp', 'count', 'reason']
const ALSO_FIXED = ['type', 'eventTime', 'action', 'related', 'reportingController', 'reportingInstance']

function changeFaults(event: Body, before: Body): readonly StatusCause[] {
  const series = sameAsBefore('series', event.series, before.series).length > 0 ? seriesFaults(event) : []
  const fixed = [...FIXED, ...ALSO_FIXED].flatMap(field => {
    const name = field === 'reportingController' ? 'reportingComponent' : field
    return sameAsBefore(field, event[name], before[name])
  })
  return [...series, ...fixed]
}
