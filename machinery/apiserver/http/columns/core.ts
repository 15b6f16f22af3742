import { toCoreEvent } from '../../builtin/event.ts'
import { at, items, members, number, text, texts } from '../../builtin/look.ts'
import type { Body } from '../../store/change.ts'
import { age } from '../age.ts'
import type { Column } from '../printer.ts'
import { AGE, counted, few, labelsText, NAME, said, string, wide } from './cell.ts'
import { POD_COLUMNS } from './pod.ts'

// kubernetes `pkg/printers/internalversion`, for the core group.

const UNKNOWN = '<unknown>'
const ROLE = 'node-role.kubernetes.io/'

function rolesOf({ metadata }: Body): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([label, value]) => {
    if (label === 'kubernetes.io/role') return value
    return label.startsWith(ROLE) ? label.slice(ROLE.length) : []
  })
  return [...new Set(roles.filter(Boolean))].sort().join(',') || '<none>'
}

function nodeStatus(node: Body): string {
  const ready = items(at(node, 'status', 'conditions')).find(one => one.type === 'Ready')
  const status = ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'
  return at(node, 'spec', 'unschedulable') === true ? `${status},SchedulingDisabled` : status
}

function nodeAddress(type: string): (node: Body) => string {
  return node => text(items(at(node, 'status', 'addresses')).find(one => one.type === type)?.address) || '<none>'
}

function externalIp(service: Body): string {
  const { type, externalIPs, externalName } = members(service.spec)
  const own = texts(externalIPs)
  if (type === 'ExternalName') return text(externalName)
  if (type !== 'LoadBalancer') return own.join(',') || '<none>'
  const given = items(at(service, 'status', 'loadBalancer', 'ingress')).map(one => text(one.ip) || text(one.hostname))
  return [...given.filter(Boolean).sort(), ...own].join(',') || '<pending>'
}

function servicePorts(service: Body): string {
  const ports = items(at(service, 'spec', 'ports')).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  )
  return ports.join(',') || '<none>'
}

function endpointsText({ subsets }: Body): string {
  const all = items(subsets).flatMap(({ addresses, ports }) => {
    const ips = items(addresses).map(one => text(one.ip))
    const known = items(ports)
    return known.length === 0 ? ips : known.flatMap(({ port }) => ips.map(ip => hostPort(ip, port)))
  })
  return items(subsets).length === 0 ? '<none>' : few(all, '')
}

function hostPort(ip: string, port: unknown): string {
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`
}

const first = (event: Body, now: number) => age(text(event.firstTimestamp) || event.eventTime, now)

function last(event: Body, now: number): string {
  const { series, lastTimestamp } = event
  if (series !== undefined) return age(members(series).lastObservedTime, now)
  return text(lastTimestamp) === '' ? first(event, now) : age(lastTimestamp, now)
}

function aboutText(event: Body): string {
  const { kind, name } = members(event.involvedObject)
  return text(name) === '' ? text(kind).toLowerCase() : `${text(kind).toLowerCase()}/${name}`
}

function sourceText(event: Body): string {
  const { component, host } = members(event.source)
  const from = text(component) || text(event.reportingComponent)
  const where = text(host) || text(event.reportingInstance)
  return where === '' ? from : `${from}, ${where}`
}

const EVENTS: readonly Column[] = [
  string('Last Seen', last),
  string('Type', said('type')),
  string('Reason', said('reason')),
  string('Object', aboutText),
  wide('Subobject', said('involvedObject.fieldPath')),
  wide('Source', sourceText),
  string('Message', event => text(event.message).trim()),
  wide('First Seen', first),
  wide('Count', event => number(members(event.series).count) ?? (number(event.count) || 1)),
  { ...NAME, priority: 1 },
]

/** An Event of events.k8s.io/v1 is shown as v1 is. */
const ofCore = ({ cell, ...column }: Column): Column => ({
  ...column,
  cell: (event, now) => cell(event.apiVersion === 'v1' ? event : toCoreEvent(event), now),
})

/** By the names of the collections. */
export const CORE_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  namespaces: [NAME, string('Status', said('status.phase')), AGE],
  secrets: [NAME, string('Type', said('type')), string('Data', counted('data')), AGE],
  configmaps: [NAME, string('Data', map => counted('data')(map) + counted('binaryData')(map)), AGE],
  serviceaccounts: [NAME, string('Secrets', counted('secrets')), AGE],
  pods: [NAME, ...POD_COLUMNS],
  events: EVENTS.map(ofCore),
  nodes: [
    NAME,
    string('Status', nodeStatus),
    string('Roles', rolesOf),
    AGE,
    string('Version', said('status.nodeInfo.kubeletVersion')),
    wide('Internal-IP', nodeAddress('InternalIP')),
    wide('External-IP', nodeAddress('ExternalIP')),
    wide('OS-Image', said('status.nodeInfo.osImage', UNKNOWN)),
    wide('Kernel-Version', said('status.nodeInfo.kernelVersion', UNKNOWN)),
    wide('Container-Runtime', said('status.nodeInfo.containerRuntimeVersion', UNKNOWN)),
  ],
  services: [
    NAME,
    string('Type', said('spec.type')),
    string('Cluster-IP', service => texts(at(service, 'spec', 'clusterIPs'))[0] ?? '<none>'),
    string('External-IP', externalIp),
    string('Port(s)', servicePorts),
    AGE,
    wide('Selector', service => labelsText(at(service, 'spec', 'selector'))),
  ],
  endpoints: [NAME, string('Endpoints', endpointsText), AGE],
}
