import { at, items, members, text, texts } from '../../builtin/look.ts'
import { selectorText } from '../../builtin/selector.ts'
import type { Body } from '../../store/change.ts'
import { age, span } from '../age.ts'
import type { Column } from '../printer.ts'
import {
  AGE,
  CREATED,
  containerColumns,
  counted,
  few,
  integer,
  labelsText,
  NAME,
  numbered,
  said,
  string,
  wide,
} from './cell.ts'

// kubernetes `pkg/printers/internalversion`, for the other groups.

const POD = ['spec', 'template', 'spec'] as const

/** A selector; none at all, and one that says nothing, look the same. */
function selector(...path: readonly string[]): Column {
  return wide('Selector', object => {
    const found = at(object, ...path)
    return found === undefined || found === null ? '<none>' : selectorText(found) || '<none>'
  })
}

function completions(job: Body): string {
  const { completions: wanted, parallelism } = members(job.spec)
  const done = numbered('status.succeeded')(job)
  if (wanted !== undefined) return `${done}/${wanted}`
  return Number(parallelism ?? 0) > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`
}

function duration(job: Body, now: number): string {
  const { startTime, completionTime } = members(job.status)
  if (text(startTime) === '') return ''
  const end = text(completionTime) === '' ? now : Date.parse(text(completionTime))
  return span((end - Date.parse(text(startTime))) / 1000)
}

function jobStatus(job: Body): string {
  const is = (type: string) => items(at(job, 'status', 'conditions')).find(one => one.type === type)?.status === 'True'
  if (is('Complete')) return 'Complete'
  if (is('Failed')) return 'Failed'
  if (job.metadata.deletionTimestamp) return 'Terminating'
  return ['Suspended', 'FailureTarget'].find(is) ?? 'Running'
}

function suspended(cronJob: Body): string {
  const suspend = at(cronJob, 'spec', 'suspend')
  return suspend === undefined ? '<unset>' : suspend === true ? 'True' : 'False'
}

function scheduled(cronJob: Body, now: number): string {
  const last = text(at(cronJob, 'status', 'lastScheduleTime'))
  return last === '' ? '<none>' : age(last, now)
}

const subjects = (kind: string) => (binding: Body) =>
  items(binding.subjects)
    .filter(one => one.kind === kind)
    .map(({ name, namespace = '' }) => (kind === 'ServiceAccount' ? `${namespace}/${name}` : text(name)))
    .join(', ')

const BINDING: readonly Column[] = [
  NAME,
  string('Role', ({ roleRef }) => `${members(roleRef).kind}/${members(roleRef).name}`),
  AGE,
  wide('Users', subjects('User')),
  wide('Groups', subjects('Group')),
  wide('ServiceAccounts', subjects('ServiceAccount')),
]

const WEBHOOKS: readonly Column[] = [NAME, integer('Webhooks', counted('webhooks')), AGE]

function available({ status }: Body): string {
  const found = items(members(status).conditions).find(one => one.type === 'Available')
  if (!found) return 'Unknown'
  const reason = text(found.reason)
  return found.status === 'True' || reason === '' ? text(found.status) : `${found.status} (${reason})`
}

function backend({ spec }: Body): string {
  const { service } = members(spec)
  return service ? `${members(service).namespace}/${members(service).name}` : 'Local'
}

/** By the names of the collections. */
export const OTHER_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  'deployments.apps': [
    NAME,
    string('Ready', one => `${numbered('status.readyReplicas')(one)}/${numbered('spec.replicas')(one)}`),
    string('Up-to-date', numbered('status.updatedReplicas')),
    string('Available', numbered('status.availableReplicas')),
    AGE,
    ...containerColumns(...POD),
    wide('Selector', one => selectorText(at(one, 'spec', 'selector'))),
  ],
  'daemonsets.apps': [
    NAME,
    integer('Desired', numbered('status.desiredNumberScheduled')),
    integer('Current', numbered('status.currentNumberScheduled')),
    integer('Ready', numbered('status.numberReady')),
    integer('Up-to-date', numbered('status.updatedNumberScheduled')),
    integer('Available', numbered('status.numberAvailable')),
    string('Node Selector', one => labelsText(at(one, ...POD, 'nodeSelector'))),
    AGE,
    ...containerColumns(...POD),
    selector('spec', 'selector'),
  ],
  'replicasets.apps': [
    NAME,
    integer('Desired', numbered('spec.replicas')),
    integer('Current', numbered('status.replicas')),
    integer('Ready', numbered('status.readyReplicas')),
    AGE,
    ...containerColumns(...POD),
    selector('spec', 'selector'),
  ],
  'statefulsets.apps': [
    NAME,
    string('Ready', one => `${numbered('status.readyReplicas')(one)}/${numbered('spec.replicas')(one)}`),
    AGE,
    ...containerColumns(...POD),
  ],
  'jobs.batch': [
    NAME,
    string('Status', jobStatus),
    string('Completions', completions),
    string('Duration', duration),
    AGE,
    ...containerColumns(...POD),
    selector('spec', 'selector'),
  ],
  'cronjobs.batch': [
    NAME,
    string('Schedule', said('spec.schedule')),
    string('Timezone', said('spec.timeZone', '<none>')),
    { name: 'Suspend', type: 'boolean', cell: suspended },
    integer('Active', counted('status.active')),
    string('Last Schedule', scheduled),
    AGE,
    ...containerColumns('spec', 'jobTemplate', ...POD),
    selector('spec', 'jobTemplate', 'spec', 'selector'),
  ],
  'leases.coordination.k8s.io': [NAME, string('Holder', said('spec.holderIdentity')), AGE],
  'endpointslices.discovery.k8s.io': [
    NAME,
    string('AddressType', said('addressType')),
    string('Ports', ({ ports }) =>
      few(
        items(ports).map(one => String(one.port ?? one.name ?? '*')),
        '<unset>',
      ),
    ),
    string('Endpoints', ({ endpoints }) =>
      few(
        items(endpoints).flatMap(one => texts(one.addresses)),
        '<unset>',
      ),
    ),
    AGE,
  ],
  'roles.rbac.authorization.k8s.io': [NAME, CREATED],
  'clusterroles.rbac.authorization.k8s.io': [NAME, CREATED],
  'rolebindings.rbac.authorization.k8s.io': BINDING,
  'clusterrolebindings.rbac.authorization.k8s.io': BINDING,
  'mutatingwebhookconfigurations.admissionregistration.k8s.io': WEBHOOKS,
  'validatingwebhookconfigurations.admissionregistration.k8s.io': WEBHOOKS,
  'customresourcedefinitions.apiextensions.k8s.io': [NAME, CREATED],
  'apiservices.apiregistration.k8s.io': [NAME, string('Service', backend), string('Available', available), AGE],
}
