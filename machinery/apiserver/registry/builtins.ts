import { ClusterRole, ClusterRoleBinding, Role, RoleBinding, ServiceAccount } from '../../api/access.ts'
import { ConfigMap, Event, Namespace, Pod, Secret } from '../../api/core.ts'
import { builtinKind } from '../../api/kind.ts'
import { anything, boolean, list, map, object, type SchemaNode, string } from '../../api/schema.ts'
import { DEFINITION_TRAITS } from '../definitions/traits.ts'
import type { Body } from '../store/change.ts'
import { builtin, isObject, type Served } from './served.ts'

// Kinds of Kubernetes itself. A row each: what it is called, and what the server does to it. Where there is no schema
// the object is kept as it was given.

const CORE = { group: '', version: 'v1' } as const
const APPS = { group: 'apps', version: 'v1', statusSubresource: true, categories: ['all'] } as const

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
export const Deployment = builtinKind({ ...APPS, kind: 'Deployment', plural: 'deployments', shortNames: ['deploy'] })
export const DaemonSet = builtinKind({ ...APPS, kind: 'DaemonSet', plural: 'daemonsets', shortNames: ['ds'] })
export const Lease = builtinKind({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
})
export const CustomResourceDefinition = builtinKind({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  statusSubresource: true,
})

export const BUILTINS: readonly Served[] = [
  builtin(Namespace, {
    names: 'label',
    prepare: prepareNamespace,
    schema: whole({ spec: object({ finalizers: list(string()) }), status: anything() }),
    selectable: { 'status.phase': field('status', 'phase') },
  }),
  builtin(Secret, {
    prepare: prepareSecret,
    schema: whole({
      type: string('What it is for; Opaque unless told.'),
      immutable: boolean('Whether the data may never change.'),
      data: map(string('Base64.', { format: 'byte' })),
      stringData: map(string('Plain text, kept under data; never shown.')),
    }),
    selectable: { type: field('type') },
  }),
  builtin(ConfigMap, {
    schema: whole({
      immutable: boolean('Whether the data may never change.'),
      data: map(string()),
      binaryData: map(string('Base64.', { format: 'byte' })),
    }),
  }),
  builtin(ServiceAccount),
  builtin(Event, {
    selectable: {
      'involvedObject.kind': field('involvedObject', 'kind'),
      'involvedObject.namespace': field('involvedObject', 'namespace'),
      'involvedObject.name': field('involvedObject', 'name'),
      'involvedObject.uid': field('involvedObject', 'uid'),
      'involvedObject.apiVersion': field('involvedObject', 'apiVersion'),
      'involvedObject.resourceVersion': field('involvedObject', 'resourceVersion'),
      'involvedObject.fieldPath': field('involvedObject', 'fieldPath'),
      reason: field('reason'),
      reportingComponent: field('reportingComponent'),
      source: field('source', 'component'),
      type: field('type'),
    },
  }),
  builtin(Node, { selectable: { 'spec.unschedulable': field('spec', 'unschedulable') } }),
  builtin(Pod, {
    prepare: (object, before) => (before ? object : { ...object, status: { phase: 'Pending' } }),
    selectable: {
      'spec.nodeName': field('spec', 'nodeName'),
      'status.phase': field('status', 'phase'),
      'status.podIP': field('status', 'podIP'),
    },
  }),
  builtin(Service, { names: 'label' }),
  builtin(Endpoints),
  builtin(Deployment, { generation: true }),
  builtin(DaemonSet, { generation: true }),
  builtin(Lease),
  ...[Role, RoleBinding, ClusterRole, ClusterRoleBinding].map(kind => builtin(kind, { names: 'segment' })),
  builtin(CustomResourceDefinition, DEFINITION_TRAITS),
]

/** A field for field selectors, as text; empty when it is not there. */
function field(...path: readonly string[]): (object: Body) => string {
  return object => {
    let value: unknown = object
    for (const name of path) value = isObject(value) ? value[name] : undefined
    return value === undefined || value === null ? '' : String(value)
  }
}

function whole(properties: Readonly<Record<string, SchemaNode>>): SchemaNode {
  const head = { apiVersion: string(), kind: string(), metadata: { type: 'object' } } as const
  return { type: 'object', properties: { ...head, ...properties } }
}

function prepareNamespace(object: Body, before?: Body): Body {
  const labels = { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name }
  return {
    ...object,
    metadata: { ...object.metadata, labels },
    spec: before?.spec ?? { finalizers: ['kubernetes'] },
    status: before?.status ?? { phase: 'Active' },
  }
}

/** `stringData` is only a way of writing `data`. */
export function prepareSecret(object: Body): Body {
  const { stringData, ...rest } = object
  const data = { ...(isObject(rest.data) ? rest.data : {}) }
  if (isObject(stringData)) {
    for (const [key, text] of Object.entries(stringData)) data[key] = Buffer.from(String(text)).toString('base64')
  }
  return { ...rest, type: rest.type ?? 'Opaque', ...(Object.keys(data).length > 0 && { data }) }
}
