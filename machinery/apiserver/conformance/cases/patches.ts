import { type Area, type Case, get, given, type PatchWay, patch, post, put, remove, type Step } from '../case.ts'
import { ANYTHING, CONFIGMAPS, configMap, defined, PODS, pod, WIDGETS, widget } from './objects.ts'

const C = `${CONFIGMAPS}/a`
const made: Step = given(
  post(
    CONFIGMAPS,
    configMap('a', {
      metadata: {
        labels: { x: '1' },
        annotations: { 'a/b': 'slash' },
        finalizers: ['example.com/one'],
      },
      data: { one: '1', two: '2' },
    }),
    { as: 'made' },
  ),
)
const DATA = { show: ['data', 'metadata.labels', 'metadata.annotations', 'metadata.finalizers', 'immutable'] }

const JSON_PATCHES: Readonly<Record<string, unknown>> = {
  'add a field': [{ op: 'add', path: '/data/three', value: '3' }],
  'add over a field': [{ op: 'add', path: '/data/one', value: 'one' }],
  'add below what is not there': [{ op: 'add', path: '/nothing/here', value: 'x' }],
  'add with an escaped pointer': [{ op: 'add', path: '/metadata/annotations/a~1b', value: 'changed' }],
  'add at the end of a list': [{ op: 'add', path: '/metadata/finalizers/-', value: 'example.com/two' }],
  'add in the middle of a list': [{ op: 'add', path: '/metadata/finalizers/0', value: 'example.com/zero' }],
  'add past the end of a list': [{ op: 'add', path: '/metadata/finalizers/7', value: 'example.com/x' }],
  'add at a negative index': [{ op: 'add', path: '/metadata/finalizers/-1', value: 'example.com/x' }],
  'add at an index that is none': [{ op: 'add', path: '/metadata/finalizers/x', value: 'example.com/x' }],
  'add without a value': [{ op: 'add', path: '/data/three' }],
  'add null': [{ op: 'add', path: '/data/three', value: null }],
  'add a number where a string belongs': [{ op: 'add', path: '/data/three', value: 3 }],
  'add an unknown field': [{ op: 'add', path: '/unknown', value: 'x' }],
  'remove a field': [{ op: 'remove', path: '/data/one' }],
  'remove a field that is not there': [{ op: 'remove', path: '/data/none' }],
  'remove below what is not there': [{ op: 'remove', path: '/none/none' }],
  'remove an item': [{ op: 'remove', path: '/metadata/finalizers/0' }],
  'remove an item past the end': [{ op: 'remove', path: '/metadata/finalizers/5' }],
  'replace a field': [{ op: 'replace', path: '/data/one', value: 'one' }],
  'replace a field that is not there': [{ op: 'replace', path: '/data/none', value: 'one' }],
  'replace a whole map': [{ op: 'replace', path: '/data', value: { only: 'this' } }],
  'replace the whole object': [{ op: 'replace', path: '', value: configMap('a', { data: { whole: '1' } }) }],
  'move a field': [{ op: 'move', from: '/data/one', path: '/data/three' }],
  'move a field that is not there': [{ op: 'move', from: '/data/none', path: '/data/three' }],
  'copy a field': [{ op: 'copy', from: '/data/one', path: '/data/three' }],
  'copy a field that is not there': [{ op: 'copy', from: '/data/none', path: '/data/three' }],
  'test what holds, then change': [
    { op: 'test', path: '/data/one', value: '1' },
    { op: 'replace', path: '/data/one', value: 'one' },
  ],
  'test what does not hold': [
    { op: 'test', path: '/data/one', value: 'x' },
    { op: 'replace', path: '/data/one', value: 'one' },
  ],
  'test for null what is not there': [{ op: 'test', path: '/data/none', value: null }],
  'test a field that is not there': [{ op: 'test', path: '/data/none', value: 'x' }],
  'an operation that does not exist': [{ op: 'alter', path: '/data/one', value: 'x' }],
  'no operation': [{ path: '/data/one', value: 'x' }],
  'no path': [{ op: 'add', value: 'x' }],
  'a path that does not begin with a slash': [{ op: 'add', path: 'data/one', value: 'x' }],
  'no operations at all': [],
  'an object in place of a list': { op: 'add', path: '/data/one', value: 'x' },
  'all or nothing': [
    { op: 'add', path: '/data/three', value: '3' },
    { op: 'remove', path: '/data/none' },
  ],
  'another name': [{ op: 'replace', path: '/metadata/name', value: 'b' }],
  'another namespace': [{ op: 'replace', path: '/metadata/namespace', value: 'other' }],
  'another kind': [{ op: 'replace', path: '/kind', value: 'Secret' }],
  'another uid': [{ op: 'replace', path: '/metadata/uid', value: 'x' }],
  'an old resourceVersion': [{ op: 'replace', path: '/metadata/resourceVersion', value: '1' }],
  'a bad label': [{ op: 'add', path: '/metadata/labels/x', value: '-' }],
}

const MERGES: Readonly<Record<string, unknown>> = {
  'add and change': { data: { one: 'one', three: '3' } },
  'null takes a field away': { data: { one: null } },
  'null for what is not there': { data: { none: null }, none: null },
  'null takes a whole map away': { data: null },
  'a list replaces a list': { metadata: { finalizers: ['example.com/two'] } },
  'a map over a scalar': { immutable: { a: 1 } },
  'a number where a string belongs': { data: { one: 1 } },
  'an unknown field': { unknown: 1 },
  nothing: {},
  'what is so already': { data: { one: '1' } },
  'another name': { metadata: { name: 'b' } },
  'another namespace': { metadata: { namespace: 'other' } },
  'another kind': { kind: 'Secret' },
  'another apiVersion': { apiVersion: 'v2' },
  'the resourceVersion it has': {
    metadata: { resourceVersion: '<made.metadata.resourceVersion>', labels: { x: '2' } },
  },
  'an old resourceVersion': { metadata: { resourceVersion: '1', labels: { x: '2' } } },
  'a resourceVersion that is no number': { metadata: { resourceVersion: 'x', labels: { x: '2' } } },
  'another uid': { metadata: { uid: 'x', labels: { x: '2' } } },
  'the uid it has': { metadata: { uid: '<made.metadata.uid>', labels: { x: '2' } } },
  'creationTimestamp and generation are ignored': {
    metadata: { creationTimestamp: '2001-01-01T00:00:00Z', generation: 7, selfLink: '/x', labels: { x: '3' } },
  },
  'a deletionTimestamp is ignored': { metadata: { deletionTimestamp: '2001-01-01T00:00:00Z' } },
  'immutable from then on': { immutable: true },
  'a list in place of an object': [],
  'a string in place of an object': '"x"',
  'no JSON': '{',
  'a deep null in a new map': { binaryData: { a: null, b: 'YQ==' } },
}

const P = `${PODS}/a`
const podMade: Step = given(
  post(
    PODS,
    pod(
      'a',
      { finalizers: ['example.com/one', 'example.com/two'], labels: { x: '1' }, ownerReferences: [owner('o1', 'u1')] },
      {
        containers: [
          { name: 'main', image: 'example.com/main:1', env: [{ name: 'A', value: '1' }] },
          { name: 'side', image: 'example.com/side:1' },
        ],
        tolerations: [{ key: 'a', operator: 'Exists' }],
      },
    ),
  ),
)

function owner(name: string, uid: string) {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, uid }
}

const POD = {
  show: [
    'spec.containers.*.name',
    'spec.containers.*.image',
    'spec.activeDeadlineSeconds',
    'metadata.finalizers',
    'metadata.labels',
    'metadata.ownerReferences.*.name',
    'spec.tolerations.*.key',
  ],
}

const STRATEGIC: Readonly<Record<string, unknown>> = {
  'a list by its merge key': { spec: { containers: [{ name: 'side', image: 'example.com/side:2' }] } },
  'an item without its merge key': { spec: { containers: [{ image: 'example.com/side:2' }] } },
  'finalizers are added up': { metadata: { finalizers: ['example.com/three'] } },
  'an item of a set is taken away': { metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/one'] } },
  'owners are merged by uid': { metadata: { ownerReferences: [owner('o2', 'u2')] } },
  'an owner is taken away by uid': { metadata: { ownerReferences: [{ $patch: 'delete', uid: 'u1' }] } },
  'a map is replaced': { metadata: { labels: { $patch: 'replace', y: '2' } } },
  'a map is deleted': { metadata: { labels: { $patch: 'delete' } } },
  'null takes a field away': { metadata: { labels: { x: null } } },
  'a directive that does not exist': { metadata: { labels: { $patch: 'explode' } } },
  'the order of a list is set': {
    metadata: { '$setElementOrder/finalizers': ['example.com/two', 'example.com/one'] },
  },
  'the order of a list by keys is set': {
    spec: {
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'main' }],
      containers: [{ name: 'side', image: 'example.com/side:3' }],
    },
  },
  'a list without merge key is replaced': {
    spec: {
      tolerations: [
        { key: 'a', operator: 'Exists' },
        { key: 'b', operator: 'Exists' },
      ],
    },
  },
  'a field that may change': { spec: { activeDeadlineSeconds: 60 } },
  nothing: {},
  'a list where a map belongs': { metadata: { labels: [] } },
  'a string where a list belongs': { spec: { containers: 'x' } },
  'not an object': [],
}

const UNREADABLE = [
  'add a number where a string belongs',
  'a number where a string belongs',
  'a map over a scalar',
  'another kind',
  'another apiVersion',
]

function rows(
  way: PatchWay,
  patches: Readonly<Record<string, unknown>>,
  on: { steps: readonly Step[]; path: string; how: object },
) {
  return Object.entries(patches).map(
    ([name, body]): Case => ({
      name: `${way}: ${name}`,
      // The sentence holds the object as Go writes it, fields of managers and all.
      steps: [
        ...on.steps,
        patch(way, on.path, { body, ...on.how, ...(UNREADABLE.includes(name) && { show: 'code' }) }),
      ],
    }),
  )
}

const W = `${WIDGETS}/a`
const ways: readonly PatchWay[] = ['json', 'merge', 'strategic']

export const patches: Area = {
  name: 'patches',
  title: 'Patches',
  about: 'JSON patches (RFC 6902), merge patches (RFC 7386) and strategic merge patches, and what becomes of bad ones.',
  source: 'https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/',
  cases: [
    ...rows('json', JSON_PATCHES, { steps: [made], path: C, how: DATA }),
    ...rows('merge', MERGES, { steps: [made], path: C, how: DATA }),
    ...rows('strategic', STRATEGIC, { steps: [podMade], path: P, how: POD }),
    ...ways.map(
      (way): Case => ({
        name: `${way}: of what is not there`,
        steps: [patch(way, `${CONFIGMAPS}/none`, { body: way === 'json' ? [] : {} })],
      }),
    ),
    ...ways.map(
      (way): Case => ({
        name: `${way}: of a custom object`,
        steps: [
          ...defined(ANYTHING),
          given(post(WIDGETS, widget('a', { spec: { list: [{ name: 'x' }], map: { k: 'v' } } }))),
          patch(way, W, {
            body:
              way === 'json'
                ? [{ op: 'add', path: '/spec/list/0/more', value: 7 }]
                : { spec: { list: [{ name: 'y' }], map: { k: null, n: 1.5 } } },
            show: ['spec', 'metadata.generation'],
          }),
        ],
      }),
    ),
    {
      name: 'a patch that changes nothing leaves the version as it is',
      steps: [
        post(CONFIGMAPS, configMap('b', { data: { a: '1' } }), { show: ['metadata.resourceVersion'] }),
        patch('merge', `${CONFIGMAPS}/b`, { body: {}, show: ['metadata.resourceVersion'] }),
        patch('merge', `${CONFIGMAPS}/b`, { body: { data: { a: '1' } }, show: ['metadata.resourceVersion'] }),
        patch('json', `${CONFIGMAPS}/b`, {
          body: [{ op: 'test', path: '/data/a', value: '1' }],
          show: ['metadata.resourceVersion'],
        }),
        patch('merge', `${CONFIGMAPS}/b`, { body: { data: { a: '2' } }, show: ['metadata.resourceVersion'] }),
      ],
    },
    {
      name: 'a patch of an immutable ConfigMap is refused where it changes data, not where it changes labels',
      source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-immutable',
      steps: [
        given(post(CONFIGMAPS, configMap('i', { data: { a: '1' }, immutable: true }))),
        patch('merge', `${CONFIGMAPS}/i`, { body: { data: { a: '2' } } }),
        patch('merge', `${CONFIGMAPS}/i`, { body: { immutable: false } }),
        patch('merge', `${CONFIGMAPS}/i`, { body: { metadata: { labels: { a: 'b' } } }, show: ['metadata.labels'] }),
      ],
    },
    {
      name: 'a patch in a format that does not exist',
      steps: [
        made,
        patch('merge', C, { body: {}, type: 'application/json' }),
        patch('merge', C, { body: {}, type: 'text/plain' }),
        patch('merge', C, { body: {}, type: 'application/merge-patch+json; charset=utf-8', show: 'code' }),
      ],
    },
    {
      name: 'a patch of a collection is not allowed',
      steps: [patch('merge', CONFIGMAPS, { body: {} }), patch('apply', `${CONFIGMAPS}?fieldManager=x`, { body: {} })],
    },
    {
      name: 'a JSON patch may hold ten thousand operations at most',
      source: 'apiserver pkg/endpoints/handlers/patch.go, maxJSONPatchOperations',
      steps: [
        made,
        patch('json', C, {
          body: Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/one', value: '1' })),
        }),
      ],
    },
    {
      name: 'a patch of an object that waits for its finalizers may take them away, and ends it',
      steps: [
        made,
        remove(C, {
          show: ['metadata.finalizers', 'metadata.deletionGracePeriodSeconds', 'metadata.deletionTimestamp'],
        }),
        patch('merge', C, { body: { metadata: { finalizers: ['example.com/one', 'example.com/new'] } } }),
        patch('json', C, {
          body: [{ op: 'remove', path: '/metadata/finalizers' }],
          show: ['metadata.finalizers', 'metadata.name'],
        }),
        get(C),
      ],
    },
    {
      name: 'a patch counts up the generation where the spec changes alone',
      steps: [
        ...defined(ANYTHING),
        post(WIDGETS, widget('a', { spec: { a: 1 } }), { show: ['metadata.generation'] }),
        patch('merge', W, { body: { metadata: { labels: { a: 'b' } } }, show: ['metadata.generation'] }),
        patch('merge', W, { body: { spec: { a: 2 } }, show: ['metadata.generation'] }),
        put(W, widget('a', { metadata: { name: 'a', resourceVersion: '1' }, spec: { a: 3 } })),
      ],
    },
  ],
}
