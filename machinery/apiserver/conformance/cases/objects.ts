import { type Case, get, given, post, type Step } from '../case.ts'

export const CONFIGMAPS = '/api/v1/namespaces/<ns>/configmaps'
export const SECRETS = '/api/v1/namespaces/<ns>/secrets'
export const PODS = '/api/v1/namespaces/<ns>/pods'
export const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
/** The custom kind of a case, once `defined`. */
export const WIDGETS = '/apis/<group>/v1/namespaces/<ns>/widgets'

type Fields = Readonly<{ [field: string]: unknown }>

export const configMap = (
  name: string,
  { metadata = {}, ...rest }: { metadata?: Fields; [field: string]: unknown } = {},
) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...metadata },
  ...rest,
})

/** What lists are made of: a ConfigMap of the cluster's own stands in every namespace. */
export const secret = (
  name: string,
  { metadata = {}, ...rest }: { metadata?: Fields; [field: string]: unknown } = {},
) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, ...metadata },
  ...rest,
})

export const labelled = (name: string, labels: Fields) => secret(name, { metadata: { labels } })

export const widget = (name: string, fields: Fields = {}) => ({
  apiVersion: '<group>/v1',
  kind: 'Widget',
  metadata: { name },
  ...fields,
})

export const pod = (name: string, fields: Fields = {}, spec: Fields = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, ...fields },
  spec: { containers: [{ name: 'main', image: 'example.com/main:1' }], ...spec },
})

/** A definition of Widgets, whose schema is of the whole object. */
export const definition = (
  schema: Fields,
  { version = {}, ...spec }: { version?: Fields; [field: string]: unknown } = {},
) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.<group>' },
  spec: {
    group: '<group>',
    scope: 'Namespaced',
    names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
    ...spec,
  },
})

/** The schema of a whole object whose `spec` has these properties. */
export const ofSpec = (properties: Fields, more: Fields = {}) => ({
  type: 'object',
  properties: {
    spec: { type: 'object', properties, ...more },
    status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
})

/** Defines Widgets, and waits until they are served. */
export const defined = (schema: Fields, more: Parameters<typeof definition>[1] = {}): readonly Step[] => [
  given(post(DEFINITIONS, definition(schema, more))),
  given(get(more.scope === 'Cluster' ? '/apis/<group>/v1/widgets' : WIDGETS, { until: 200 })),
]

/** Widgets that take anything. */
export const ANYTHING = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

export const names = (items: string): readonly string[] => [`${items}.*.metadata.name`]

/** Cases that differ in one value alone. */
export const table = <T>(rows: readonly T[], of: (row: T) => Case): readonly Case[] => rows.map(of)
