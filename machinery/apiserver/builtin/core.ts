import { ServiceAccount } from '../../api/access.ts'
import { ConfigMap, Event, Namespace, Pod, Secret } from '../../api/core.ts'
import { builtinKind } from '../../api/kind.ts'
import { ALL_VERBS, type Served } from '../registry/served.ts'
import { EVENT_FIELDS, NEW_EVENT_FIELDS, Event as NewEvent, newEventConversion } from './event.ts'
import { configMapFaults, secretFaults, secretWarnings } from './faults/data.ts'
import { endpointsFaults } from './faults/endpoints.ts'
import { coreEventFaults, newEventFaults } from './faults/event.ts'
import { podFaults } from './faults/pod.ts'
import { serviceFaults } from './faults/service.ts'
import { field, fields, own } from './own.ts'
import { prepareNamespace, preparePod, prepareService, withStringData } from './prepare.ts'

const CORE = { group: '', version: 'v1' } as const

export const Node = builtinKind({
  ...CORE,
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  statusSubresource: true,
})
export const Service = builtinKind({
  ...CORE,
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  statusSubresource: true,
  categories: ['all'],
})
export const Endpoints = builtinKind({
  ...CORE,
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
})

/** Kinds of the core group, and the Events of events.k8s.io, which are the same objects. */
export const CORE_KINDS: readonly Served[] = [
  own(Namespace, {
    verbs: ALL_VERBS.filter(verb => verb !== 'deletecollection'),
    names: 'label',
    prepare: prepareNamespace,
    selectable: fields('status.phase'),
  }),
  own(Secret, {
    settle: withStringData,
    selectable: fields('type'),
    faults: secretFaults,
    warnings: secretWarnings,
  }),
  own(ConfigMap, { faults: configMapFaults }),
  own(ServiceAccount),
  own(Event, { createOnUpdate: true, selectable: EVENT_FIELDS, faults: coreEventFaults }),
  {
    ...own(NewEvent, { createOnUpdate: true, selectable: NEW_EVENT_FIELDS, faults: newEventFaults }),
    collection: 'events',
    conversion: newEventConversion,
  },
  own(Node, { statusOnCreate: true, selectable: { 'spec.unschedulable': field('spec.unschedulable', 'false') } }),
  own(Pod, {
    prepare: preparePod,
    faults: podFaults,
    selectable: {
      ...fields('spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName'),
      ...fields('status.phase', 'status.podIP', 'status.nominatedNodeName'),
      'spec.hostNetwork': field('spec.hostNetwork', 'false'),
    },
  }),
  own(Service, {
    names: 'dns1035',
    createOnUpdate: true,
    prepare: prepareService,
    faults: serviceFaults,
    selectable: fields('spec.clusterIP', 'spec.type'),
  }),
  own(Endpoints, { createOnUpdate: true, faults: endpointsFaults }),
]
