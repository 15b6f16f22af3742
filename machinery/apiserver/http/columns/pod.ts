import { at, items, type Members, members, number, text } from '../../builtin/look.ts'
import type { Body } from '../../store/change.ts'
import { age } from '../age.ts'
import type { Column } from '../printer.ts'
import { AGE, said, string, wide } from './cell.ts'

// A Pod in one row (kubernetes `pkg/printers/internalversion` printPod).

export const POD_COLUMNS: readonly Column[] = [
  string('Ready', pod => `${stateOf(pod).ready}/${containersOf(pod)}`),
  string('Status', pod => statusOf(pod)),
  string('Restarts', (pod, now) => restartsOf(pod, now)),
  AGE,
  wide('IP', pod => text(items(at(pod, 'status', 'podIPs'))[0]?.ip) || said('status.podIP', '<none>')(pod)),
  wide('Node', said('spec.nodeName', '<none>')),
  wide('Nominated Node', said('status.nominatedNodeName', '<none>')),
  wide('Readiness Gates', gatesOf),
]

const statuses = (pod: Body, which: string) => items(at(pod, 'status', which))
const sidecars = (pod: Body) =>
  new Set(
    items(at(pod, 'spec', 'initContainers'))
      .filter(one => one.restartPolicy === 'Always')
      .map(one => one.name),
  )

function containersOf(pod: Body): number {
  return items(at(pod, 'spec', 'containers')).length + sidecars(pod).size
}

interface State {
  readonly ready: number
  readonly reason: string | undefined
  readonly counted: readonly Members[]
}

/** Where its containers are: in their order while it is initialized, then the first that has something to say. */
function stateOf(pod: Body): State {
  const init = statuses(pod, 'initContainerStatuses')
  const beside = sidecars(pod)
  const started = (one: Members) => beside.has(one.name) && one.started === true
  const at = init.findIndex(one => exitCode(one) !== 0 && !started(one))
  const readyBeside = (at < 0 ? init : init.slice(0, at)).filter(one => started(one) && one.ready === true).length
  const waiting = init[at]
  if (waiting && !isInitialized(pod)) {
    return { ready: readyBeside, reason: initReason(pod, waiting, at), counted: init.slice(0, at + 1) }
  }
  const main = statuses(pod, 'containerStatuses')
  const running = main.filter(isRunning)
  const own = main.map(reasonOf).find(reason => reason !== undefined)
  const finished = own === 'Completed' && running.length > 0
  const reason = finished ? (hasCondition(pod, 'Ready') ? 'Running' : 'NotReady') : own
  return {
    ready: readyBeside + running.length,
    reason,
    counted: [...init.filter(one => beside.has(one.name)), ...main],
  }
}

function exitCode(status: Members): number | undefined {
  return number(at(status, 'state', 'terminated', 'exitCode'))
}

function initReason(pod: Body, status: Members, index: number): string {
  const { terminated, waiting } = members(status.state)
  if (terminated !== undefined) return `Init:${endOf(members(terminated))}`
  const reason = text(members(waiting).reason)
  if (reason !== '' && reason !== 'PodInitializing') return `Init:${reason}`
  return `Init:${index}/${items(at(pod, 'spec', 'initContainers')).length}`
}

function isRunning(status: Members): boolean {
  return status.ready === true && at(status, 'state', 'running') !== undefined && reasonOf(status) === undefined
}

function reasonOf(status: Members): string | undefined {
  const { waiting, terminated } = members(status.state)
  const reason = text(members(waiting).reason)
  if (reason !== '') return reason
  return terminated === undefined ? undefined : endOf(members(terminated))
}

function endOf(terminated: Members): string {
  const reason = text(terminated.reason)
  if (reason !== '') return reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`
}

function hasCondition(pod: Body, type: string): boolean {
  return items(at(pod, 'status', 'conditions')).some(one => one.type === type && one.status === 'True')
}

function isInitialized(pod: Body): boolean {
  return hasCondition(pod, 'Initialized')
}

function statusOf(pod: Body): string {
  const { phase, reason } = members(pod.status)
  const gated = items(at(pod, 'status', 'conditions')).some(one => one.reason === 'SchedulingGated')
  const shown = stateOf(pod).reason ?? (gated ? 'SchedulingGated' : text(reason) || text(phase))
  if (!pod.metadata.deletionTimestamp) return shown
  if (reason === 'NodeLost') return 'Unknown'
  return phase === 'Failed' || phase === 'Succeeded' ? shown : 'Terminating'
}

function restartsOf(pod: Body, now: number): string {
  const { counted } = stateOf(pod)
  const restarts = counted.reduce((sum, one) => sum + (number(one.restartCount) ?? 0), 0)
  const ends = counted.map(one => text(at(one, 'lastState', 'terminated', 'finishedAt'))).filter(Boolean)
  const last = ends.sort().at(-1)
  return restarts > 0 && last !== undefined ? `${restarts} (${age(last, now)} ago)` : String(restarts)
}

function gatesOf(pod: Body): string {
  const gates = items(at(pod, 'spec', 'readinessGates'))
  if (gates.length === 0) return '<none>'
  return `${gates.filter(gate => hasCondition(pod, text(gate.conditionType))).length}/${gates.length}`
}
