import { type Area, get, given, post, put, type Step } from '../case.ts'
import { ANYTHING, CONFIGMAPS, configMap, defined, ofSpec, SECRETS, WIDGETS, widget } from './objects.ts'

const C = `${CONFIGMAPS}/a`
const W = `${WIDGETS}/a`
const made: Step = given(
  post(CONFIGMAPS, configMap('a', { data: { n: '1' }, metadata: { labels: { x: '1' } } }), { as: 'made' }),
)
const at = (resourceVersion: string) => configMap('a', { data: { n: '2' }, metadata: { resourceVersion } })
const SHOWN = { show: ['data', 'metadata.labels', 'metadata.generation'] }
const of = (spec: object, resourceVersion?: string) =>
  widget('a', { metadata: { name: 'a', ...(resourceVersion && { resourceVersion }) }, spec })

export const updates: Area = {
  name: 'updates',
  title: 'Creations, updates and conflicts',
  about:
    'What a PUT replaces, optimistic locking, generations, what the path and the body must agree on, what may not change.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions',
  cases: [
    { name: 'an update replaces the whole', steps: [made, put(C, configMap('a', { data: { m: '2' } }), SHOWN)] },
    { name: 'with the version it has', steps: [made, put(C, at('<made.metadata.resourceVersion>'), SHOWN)] },
    { name: 'with an old version', steps: [made, put(C, at('1'))] },
    { name: 'with a version that is no number', steps: [made, put(C, at('x'))] },
    { name: 'with version zero', steps: [made, put(C, at('0'))] },
    {
      name: 'that changes nothing',
      steps: [
        made,
        put(
          C,
          { ...configMap('a', { data: { n: '1' }, metadata: { labels: { x: '1' } } }) },
          { show: ['metadata.resourceVersion'] },
        ),
        get(C, { show: ['metadata.resourceVersion'] }),
      ],
    },
    { name: 'of what is not there', steps: [put(C, configMap('a'), SHOWN)] },
    { name: 'of what is not there, with a version', steps: [put(C, at('1'))] },
    { name: 'with another name than the path', steps: [made, put(C, configMap('b'))] },
    { name: 'without a name', steps: [made, put(C, { apiVersion: 'v1', kind: 'ConfigMap', data: { n: '3' } }, SHOWN)] },
    {
      name: 'in another namespace than the path',
      steps: [
        made,
        put(C, configMap('a', { metadata: { namespace: 'other' } })),
        post(CONFIGMAPS, configMap('b', { metadata: { namespace: 'other' } })),
      ],
    },
    {
      name: 'with another kind',
      steps: [
        made,
        put(C, { ...configMap('a'), kind: 'Secret' }),
        post(CONFIGMAPS, { ...configMap('b'), kind: 'Secret' }),
      ],
    },
    {
      name: 'with another apiVersion',
      steps: [
        made,
        put(C, { ...configMap('a'), apiVersion: 'v2' }),
        post(CONFIGMAPS, { ...configMap('b'), apiVersion: 'apps/v1' }),
      ],
    },
    {
      name: 'without apiVersion and kind',
      steps: [made, put(C, { metadata: { name: 'a' }, data: { n: '3' } }, SHOWN)],
    },
    {
      name: 'of a custom object without apiVersion and kind',
      steps: [
        ...defined(ANYTHING),
        post(WIDGETS, { metadata: { name: 'a' } }),
        post(WIDGETS, { apiVersion: '<group>/v1', metadata: { name: 'a' } }),
        post(WIDGETS, { kind: 'Widget', metadata: { name: 'a' } }),
      ],
    },
    {
      name: 'of a custom object with another kind',
      steps: [
        ...defined(ANYTHING),
        post(WIDGETS, { ...widget('a'), kind: 'Gadget' }),
        post(WIDGETS, { ...widget('a'), apiVersion: '<group>/v2' }),
      ],
    },
    {
      name: 'with another uid',
      differs: {
        why: 'there is no etcd behind it whose error could be shown',
        ours: {
          '1.body.message':
            'Operation cannot be fulfilled on configmaps "a": Precondition failed: UID in precondition: other, UID in object meta: <uid 1>',
        },
      },
      steps: [made, put(C, configMap('a', { metadata: { uid: 'other' } }))],
    },
    {
      name: 'with what only the server may say',
      steps: [
        made,
        put(
          C,
          configMap('a', {
            metadata: {
              creationTimestamp: '2001-01-01T00:00:00Z',
              generation: 9,
              selfLink: '/x',
              deletionGracePeriodSeconds: 5,
            },
          }),
          { show: ['metadata'] },
        ),
      ],
    },
    { name: 'a POST to a name', steps: [post(C, configMap('a'))] },
    { name: 'a PUT to a collection', steps: [put(CONFIGMAPS, configMap('a'))] },
    { name: 'a second creation', steps: [made, post(CONFIGMAPS, configMap('a'))] },
    {
      name: 'a creation in a namespace that is not there',
      steps: [post('/api/v1/namespaces/nowhere/configmaps', configMap('a'))],
    },
    {
      name: 'a creation over all namespaces',
      steps: [
        post('/api/v1/configmaps', configMap('a')),
        post('/api/v1/configmaps', configMap('a', { metadata: { namespace: '<ns>' } })),
      ],
    },
    {
      name: 'a creation answers with the whole object',
      steps: [post(CONFIGMAPS, configMap('a', { data: { n: '1' } })), get(C)],
    },
    {
      name: 'a creation of a custom object answers with the whole',
      steps: [...defined(ANYTHING), post(WIDGETS, of({ a: 1 })), get(W)],
    },
    {
      name: 'a custom object needs its version to be updated',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, of({ a: 1 }), { as: 'made' })),
        put(W, of({ a: 2 })),
        put(W, of({ a: 2 }, '<made.metadata.resourceVersion>'), { show: ['spec', 'metadata.generation'] }),
        put(W, of({ a: 3 }, '<made.metadata.resourceVersion>')),
      ],
    },
    {
      name: 'the generation of a custom object counts changes of all but metadata and status',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, { ...of({ a: 1 }), other: 1 })),
        given(get(W, { as: 'now' })),
        put(
          W,
          { ...of({ a: 1 }, '<now.metadata.resourceVersion>'), other: 2 },
          { show: ['metadata.generation'], as: 'now' },
        ),
        put(
          W,
          { ...of({ a: 1 }, '<now.metadata.resourceVersion>'), other: 2, status: { s: 1 } },
          { show: ['metadata.generation', 'status'], as: 'now' },
        ),
        put(
          W,
          {
            ...widget('a'),
            metadata: { name: 'a', labels: { a: 'b' }, resourceVersion: '<now.metadata.resourceVersion>' },
            spec: { a: 1 },
            other: 2,
            status: { s: 1 },
          },
          { show: ['metadata.generation'] },
        ),
      ],
    },
    {
      name: 'an immutable ConfigMap and Secret',
      steps: [
        given(post(CONFIGMAPS, configMap('i', { immutable: true, data: { n: '1' } }))),
        put(`${CONFIGMAPS}/i`, configMap('i', { immutable: true, data: { n: '2' } })),
        put(`${CONFIGMAPS}/i`, configMap('i', { data: { n: '1' } })),
        given(post(SECRETS, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'i' }, immutable: true })),
        put(`${SECRETS}/i`, {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name: 'i' },
          immutable: true,
          stringData: { a: 'b' },
        }),
      ],
    },
    {
      name: 'the type of a Secret may not change',
      steps: [
        given(post(SECRETS, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, type: 'example.com/one' })),
        put(`${SECRETS}/a`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, type: 'example.com/two' }),
        put(`${SECRETS}/a`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }),
      ],
    },
    {
      name: 'defaults are filled in again on every write',
      steps: [
        ...defined(ofSpec({ a: { type: 'string', default: 'x' }, b: { type: 'string' } })),
        given(post(WIDGETS, of({ a: 'y' }), { as: 'made' })),
        put(W, of({ b: 'z' }, '<made.metadata.resourceVersion>'), { show: ['spec'] }),
      ],
    },
  ],
}
