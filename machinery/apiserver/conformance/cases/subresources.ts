import { type Area, get, given, patch, post, put, remove } from '../case.ts'
import { ANYTHING, CONFIGMAPS, defined, ofSpec, PODS, pod, WIDGETS, widget } from './objects.ts'

const W = `${WIDGETS}/a`
const open = { version: { subresources: { status: {} } } }
const scaled = {
  version: {
    subresources: {
      status: {},
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    },
  },
}
const SHOWN = { show: ['spec', 'status', 'metadata.generation', 'metadata.labels'] }
const of = (fields: object) => ({ ...widget('a'), ...fields })
const scale = (replicas: unknown, metadata: object = {}) => ({
  apiVersion: 'autoscaling/v1',
  kind: 'Scale',
  metadata: { name: 'a', namespace: '<ns>', ...metadata },
  spec: { replicas },
})
const counted = { type: 'object', properties: { replicas: { type: 'integer', minimum: 0 } } }
const WHOLE = {
  type: 'object',
  properties: { spec: counted, status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
}

export const subresources: Area = {
  name: 'subresources',
  title: 'Subresources',
  about: 'status and scale of custom kinds, status of pods, and paths that have none.',
  source:
    'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#subresources',
  cases: [
    {
      name: 'a creation drops the status',
      steps: [...defined(ANYTHING, open), post(WIDGETS, of({ spec: { a: 1 }, status: { b: 1 } }), SHOWN)],
    },
    {
      name: 'without the subresource the status is a field like any other',
      steps: [
        ...defined(ANYTHING),
        post(WIDGETS, of({ spec: { a: 1 }, status: { b: 1 } }), SHOWN),
        patch('merge', W, { body: { status: { b: 2 } }, ...SHOWN }),
        get(`${W}/status`),
        patch('merge', `${W}/status`, { body: {} }),
      ],
    },
    {
      name: 'an update leaves the status alone',
      steps: [
        ...defined(ANYTHING, open),
        given(post(WIDGETS, of({ spec: { a: 1 } }))),
        given(patch('merge', `${W}/status`, { body: { status: { b: 1 } }, as: 'now' })),
        put(
          W,
          of({
            metadata: { name: 'a', resourceVersion: '<now.metadata.resourceVersion>' },
            spec: { a: 2 },
            status: { b: 2 },
          }),
          SHOWN,
        ),
      ],
    },
    {
      name: 'a patch of the status leaves all else alone',
      steps: [
        ...defined(ANYTHING, open),
        given(post(WIDGETS, of({ spec: { a: 1 } }))),
        patch('merge', `${W}/status`, {
          body: { spec: { a: 2 }, status: { b: 1 }, metadata: { labels: { x: 'y' } } },
          ...SHOWN,
        }),
      ],
    },
    {
      name: 'an update of the status leaves all else alone',
      steps: [
        ...defined(ANYTHING, open),
        given(post(WIDGETS, of({ spec: { a: 1 } }), { as: 'made' })),
        put(
          `${W}/status`,
          of({
            metadata: { name: 'a', labels: { x: 'y' }, resourceVersion: '<made.metadata.resourceVersion>' },
            spec: { a: 9 },
            status: { b: 1 },
          }),
          SHOWN,
        ),
        put(`${W}/status`, of({ metadata: { name: 'a', resourceVersion: '1' }, status: { b: 2 } })),
        put(`${W}/status`, of({ status: { b: 3 } })),
      ],
    },
    {
      name: 'the status is read at its own door',
      steps: [
        ...defined(ANYTHING, open),
        given(post(WIDGETS, of({ spec: { a: 1 } }))),
        get(`${W}/status`),
        get(`${WIDGETS}/none/status`),
      ],
    },
    {
      name: 'the status is neither created nor deleted',
      steps: [
        ...defined(ANYTHING, open),
        given(post(WIDGETS, of({}))),
        post(`${W}/status`, of({})),
        remove(`${W}/status`),
      ],
    },
    {
      name: 'a status of the wrong type',
      steps: [
        ...defined(ofSpec({}), {
          version: {
            ...open.version,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: { status: { type: 'object', properties: { n: { type: 'integer' } } } },
              },
            },
          },
        }),
        given(post(WIDGETS, of({}))),
        patch('merge', `${W}/status`, { body: { status: { n: 'x' } } }),
        patch('merge', `${W}/status`, { body: { status: { unknown: 1, n: 1 } }, ...SHOWN }),
      ],
    },
    {
      name: 'a scale is read',
      steps: [
        ...defined(WHOLE, { version: { ...scaled.version, schema: { openAPIV3Schema: WHOLE } } }),
        given(post(WIDGETS, of({ spec: { replicas: 3 } }))),
        given(patch('merge', `${W}/status`, { body: { status: { replicas: 2, selector: 'a=b' } } })),
        get(`${W}/scale`),
      ],
    },
    {
      name: 'a scale of what says no number',
      steps: [
        ...defined(WHOLE, { version: { ...scaled.version, schema: { openAPIV3Schema: WHOLE } } }),
        given(post(WIDGETS, of({}))),
        get(`${W}/scale`),
        get(`${WIDGETS}/none/scale`),
      ],
    },
    {
      name: 'a scale is written',
      steps: [
        ...defined(WHOLE, { version: { ...scaled.version, schema: { openAPIV3Schema: WHOLE } } }),
        given(post(WIDGETS, of({ spec: { replicas: 3 } }))),
        put(`${W}/scale`, scale(5), { show: ['kind', 'spec', 'status', 'metadata.name'] }),
        patch('merge', `${W}/scale`, { body: { spec: { replicas: 7 } }, show: ['kind', 'spec'] }),
        get(W, SHOWN),
        put(`${W}/scale`, scale(-1)),
        put(`${W}/scale`, scale('x')),
        put(`${W}/scale`, scale(5, { resourceVersion: '1' })),
        put(`${W}/scale`, scale(5, { name: 'b' })),
      ],
    },
    {
      name: 'a scale where there is none',
      steps: [...defined(ANYTHING, open), given(post(WIDGETS, of({}))), get(`${W}/scale`), put(`${W}/scale`, scale(1))],
    },
    {
      name: 'a subresource that does not exist',
      steps: [
        get(`${CONFIGMAPS}/a/status`),
        get(`${CONFIGMAPS}/a/b/c`),
        ...defined(ANYTHING, open),
        get(`${W}/nothing`),
        get(`${W}/status/more`),
      ],
    },
    {
      name: 'the status of a pod',
      steps: [
        given(post(PODS, pod('a'))),
        patch('strategic', `${PODS}/a/status`, {
          body: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
          show: ['status.phase', 'status.conditions.*.type'],
        }),
        patch('merge', `${PODS}/a`, { body: { status: { phase: 'Failed' } }, show: ['status.phase'] }),
      ],
    },
    { name: 'the log of a pod that is not there', steps: [get(`${PODS}/none/log`)] },
    {
      name: 'a token for a service account',
      steps: [
        given(
          post('/api/v1/namespaces/<ns>/serviceaccounts', {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { name: 'a' },
          }),
        ),
        post(
          '/api/v1/namespaces/<ns>/serviceaccounts/a/token',
          {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'TokenRequest',
            spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: 600 },
          },
          { show: ['kind', 'spec', 'metadata.name', 'status.token'] },
        ),
        post('/api/v1/namespaces/<ns>/serviceaccounts/a/token', { spec: { expirationSeconds: 5 } }),
        post('/api/v1/namespaces/<ns>/serviceaccounts/none/token', {}),
        get('/api/v1/namespaces/<ns>/serviceaccounts/a/token'),
      ],
    },
  ],
}
