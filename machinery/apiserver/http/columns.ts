import { isObject, type Served } from '../registry/served.ts'
import type { Body } from '../store/change.ts'
import { age } from './age.ts'
import { jsonPath } from './jsonpath.ts'
import { type Column, printerColumns } from './printer.ts'

const NAME: Column = { name: 'Name', type: 'string', format: 'name', cell: object => object.metadata.name }
const AGE: Column = { name: 'Age', type: 'string', cell: (object, now) => age(object.metadata.creationTimestamp, now) }

/** A kind's columns: those of Kubernetes for its own kinds, else as the kind says; the age alone when it says nothing. */
export function columnsOf(served: Served): readonly Column[] {
  const known = COLUMNS[served.collection]
  if (known) return [NAME, ...known]
  const own = printerColumns(served.kind.columns)
  return own.length > 0 ? [NAME, ...own] : [NAME, AGE]
}

/** Values at a path, the first one as text. */
function at(path: string, otherwise = ''): (object: Body) => string {
  const read = jsonPath(path)
  return object => {
    const [value] = read(object)
    return value === undefined || value === null ? otherwise : String(value)
  }
}

function count(path: string): (object: Body) => number {
  const read = jsonPath(path)
  return object => {
    const [value] = read(object)
    return Array.isArray(value) ? value.length : isObject(value) ? Object.keys(value).length : 0
  }
}

const string = (name: string, cell: Column['cell'], priority = 0): Column => ({ name, type: 'string', cell, priority })
const integer = (name: string, cell: Column['cell']): Column => ({ name, type: 'integer', cell })

const statuses = jsonPath('.status.containerStatuses[*]')
const readyContainers = (object: Body) =>
  statuses(object).filter(status => isObject(status) && status.ready === true).length
const restarts = (object: Body) =>
  statuses(object).reduce<number>((sum, status) => sum + (isObject(status) ? Number(status.restartCount ?? 0) : 0), 0)

const podReason = at('.status.reason')
const podPhase = at('.status.phase')
const podStatus = (object: Body) =>
  object.metadata.deletionTimestamp ? 'Terminating' : podReason(object) || podPhase(object)

const eventObject = (object: Body) => {
  const about = isObject(object.involvedObject) ? object.involvedObject : {}
  return `${String(about.kind ?? '').toLowerCase()}/${about.name ?? ''}`
}
const seen =
  (...names: readonly string[]) =>
  (object: Body, now: number) =>
    age(
      names.map(name => object[name]).find(value => value !== undefined && value !== null) ??
        object.metadata.creationTimestamp,
      now,
    )

const nodeReady = jsonPath('.status.conditions[?(@.type=="Ready")].status')
const nodeStatus = (object: Body) =>
  nodeReady(object)[0] === 'True' ? 'Ready' : nodeReady(object).length ? 'NotReady' : 'Unknown'
const ROLE = 'node-role.kubernetes.io/'
const roles = (object: Body) => {
  const found = Object.keys(object.metadata.labels ?? {}).filter(label => label.startsWith(ROLE))
  return (
    found
      .map(label => label.slice(ROLE.length))
      .sort()
      .join(',') || '<none>'
  )
}
const nodeAddress = (type: string) => at(`.status.addresses[?(@.type=="${type}")].address`, '<none>')

const servicePorts = (object: Body) => {
  const ports = jsonPath('.spec.ports[*]')(object).map(port =>
    isObject(port) ? `${port.port}/${port.protocol ?? 'TCP'}` : '',
  )
  return ports.join(',') || '<none>'
}

// What kube-apiserver's own printers show (kubernetes `pkg/printers/internalversion`).
const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  namespaces: [string('Status', at('.status.phase')), AGE],
  secrets: [string('Type', at('.type')), integer('Data', count('.data')), AGE],
  configmaps: [integer('Data', count('.data')), AGE],
  serviceaccounts: [integer('Secrets', count('.secrets')), AGE],
  pods: [
    string('Ready', object => `${readyContainers(object)}/${count('.spec.containers')(object)}`),
    string('Status', podStatus),
    string('Restarts', object => String(restarts(object))),
    AGE,
    string('IP', at('.status.podIP', '<none>'), 1),
    string('Node', at('.spec.nodeName', '<none>'), 1),
    string('Nominated Node', () => '<none>', 1),
    string('Readiness Gates', () => '<none>', 1),
  ],
  events: [
    string('Last Seen', seen('lastTimestamp', 'eventTime', 'firstTimestamp')),
    string('Type', at('.type')),
    string('Reason', at('.reason')),
    string('Object', eventObject),
    string('Subobject', at('.involvedObject.fieldPath'), 1),
    string('Source', at('.source.component', ''), 1),
    string('Message', object => at('.message')(object).trim()),
    string('First Seen', seen('firstTimestamp', 'eventTime'), 1),
    { name: 'Count', type: 'integer', priority: 1, cell: object => Number(object.count ?? 1) },
    string('Name', object => object.metadata.name, 1),
  ],
  nodes: [
    string('Status', nodeStatus),
    string('Roles', roles),
    AGE,
    string('Version', at('.status.nodeInfo.kubeletVersion')),
    string('Internal-IP', nodeAddress('InternalIP'), 1),
    string('External-IP', nodeAddress('ExternalIP'), 1),
    string('OS-Image', at('.status.nodeInfo.osImage', '<unknown>'), 1),
    string('Kernel-Version', at('.status.nodeInfo.kernelVersion', '<unknown>'), 1),
    string('Container-Runtime', at('.status.nodeInfo.containerRuntimeVersion', '<unknown>'), 1),
  ],
  services: [
    string('Type', at('.spec.type', 'ClusterIP')),
    string('Cluster-IP', at('.spec.clusterIP', '<none>')),
    string('External-IP', () => '<none>'),
    string('Port(s)', servicePorts),
    AGE,
  ],
  endpoints: [
    string('Endpoints', object => jsonPath('.subsets[*].addresses[*].ip')(object).join(',') || '<none>'),
    AGE,
  ],
  'deployments.apps': [
    string('Ready', object => `${at('.status.readyReplicas', '0')(object)}/${at('.spec.replicas', '1')(object)}`),
    integer('Up-to-date', object => Number(at('.status.updatedReplicas', '0')(object))),
    integer('Available', object => Number(at('.status.availableReplicas', '0')(object))),
    AGE,
  ],
  'daemonsets.apps': [
    integer('Desired', object => Number(at('.status.desiredNumberScheduled', '0')(object))),
    integer('Current', object => Number(at('.status.currentNumberScheduled', '0')(object))),
    integer('Ready', object => Number(at('.status.numberReady', '0')(object))),
    integer('Up-to-date', object => Number(at('.status.updatedNumberScheduled', '0')(object))),
    integer('Available', object => Number(at('.status.numberAvailable', '0')(object))),
    AGE,
  ],
  'leases.coordination.k8s.io': [string('Holder', at('.spec.holderIdentity')), AGE],
  'customresourcedefinitions.apiextensions.k8s.io': [
    { name: 'Created At', type: 'date', cell: object => object.metadata.creationTimestamp },
  ],
}
