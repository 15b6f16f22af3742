import { type Area, type Case, get, given, inPlainText, NOWHERE, post, type Step } from '../case.ts'
import { ANYTHING, CONFIGMAPS, DEFINITIONS, defined, definition, ofSpec } from './objects.ts'

const AGGREGATED = { headers: { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' } }
const GROUPS = [
  'apps/v1',
  'batch/v1',
  'coordination.k8s.io/v1',
  'events.k8s.io/v1',
  'rbac.authorization.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'admissionregistration.k8s.io/v1',
]

const rich = definition(ANYTHING, {
  names: {
    plural: 'widgets',
    singular: 'widget',
    kind: 'Widget',
    listKind: 'WidgetList',
    shortNames: ['wd'],
    categories: ['all', 'things'],
  },
  version: {
    subresources: { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },
  },
})
const served: readonly Step[] = [
  given(post(DEFINITIONS, rich)),
  given(get('/apis/<group>/v1/widgets', { until: 200 })),
  given(get('/apis/<group>/v1', { until: 200 })),
]

/** Answers that need no objects. */
const PLAIN: Readonly<Record<string, readonly Step[]>> = {
  'the versions of the core': [get('/api', { show: ['kind', 'versions'] })],
  'a group that is not there': [get('/apis/none.example.com'), get('/apis/none.example.com/v1')],
  'a version that is not there': [get('/apis/apps/v7'), get('/api/v7')],
  'a path that is not there': [
    get('/nothing'),
    get('/api/v1/nothing'),
    get('/api/v1/namespaces/<ns>/nothing'),
    get('/api/v1/namespaces/<ns>/nothing/a'),
  ],
  'a path with a slash at its end': [
    get('/api/', { show: 'code' }),
    get('/apis/', { show: 'code' }),
    get(`${CONFIGMAPS}/`, { show: 'code' }),
  ],
  'a cluster-wide kind in a namespace': [get('/api/v1/namespaces/<ns>/nodes')],
  health: [get('/healthz'), get('/livez'), get('/readyz'), get('/healthz/ping'), get('/livez/nothing')],
  'the version': [get('/version', { show: ['major'] })],
  'the roots of OpenAPI': [
    get('/openapi/v2', { show: ['swagger'] }),
    get('/openapi/v3', { show: 'code' }),
    get('/openapi/v3/apis/none/v1'),
  ],
  'methods that are not there': [
    { send: 'DELETE /api' },
    { send: 'POST /version' },
    { send: `OPTIONS ${CONFIGMAPS}`, show: 'code' },
    { send: `HEAD ${CONFIGMAPS}`, show: 'code' },
  ],
}

const DIFFERING: Readonly<Record<string, Pick<Case, 'differs'>>> = {
  'a group that is not there': { differs: inPlainText([1, 2], NOWHERE) },
  'the roots of OpenAPI': { differs: inPlainText([3], NOWHERE) },
}

export const discovery: Area = {
  name: 'discovery',
  title: 'Discovery',
  about:
    'Which groups, versions, kinds and verbs there are, plain and aggregated; health, version, and paths that are none.',
  source: 'https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api',
  cases: [
    ...Object.entries(PLAIN).map(([name, steps]): Case => ({ name, steps, ...DIFFERING[name] })),
    ...GROUPS.map(
      (group): Case => ({
        name: `the group of ${group}`,
        steps: [
          get(`/apis/${group.split('/')[0]}`, { show: ['kind', 'apiVersion', 'name', 'preferredVersion'] }),
          get(`/apis/${group}`, { show: ['kind', 'apiVersion', 'groupVersion'] }),
        ],
      }),
    ),
    { name: 'the resources of a custom group', steps: [...served, get('/apis/<group>'), get('/apis/<group>/v1')] },
    {
      name: 'the resources of a custom group, aggregated',
      steps: [...served, get('/apis', { ...AGGREGATED, showHeaders: ['content-type'], show: ['kind', 'apiVersion'] })],
    },
    {
      name: 'the core, aggregated',
      steps: [
        get('/api', {
          ...AGGREGATED,
          showHeaders: ['content-type'],
          show: ['kind', 'apiVersion', 'items.0.versions.0.version', 'items.0.versions.0.freshness'],
        }),
      ],
    },
    {
      name: 'OpenAPI v3 of a custom kind',
      steps: [
        ...defined(ofSpec({ a: { type: 'string', description: 'What it is.' } })),
        get('/openapi/v3/apis/<group>/v1', { until: 200, show: ['openapi'] }),
      ],
    },
    {
      name: 'a custom group goes with its last definition',
      differs: inPlainText([2], NOWHERE),
      steps: [
        ...served,
        { send: `DELETE ${DEFINITIONS}/widgets.<group>`, show: 'code' },
        get('/apis/<group>', { until: 404 }),
      ],
    },
  ],
}
