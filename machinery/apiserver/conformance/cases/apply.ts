import { type Area, type Case, get, given, patch, post, put, remove } from '../case.ts'
import {
  ANYTHING,
  CONFIGMAPS,
  configMap,
  DEFINITIONS,
  defined,
  ofSpec,
  PODS,
  pod,
  SECRETS,
  WIDGETS,
  widget,
} from './objects.ts'

const C = `${CONFIGMAPS}/a`
const W = `${WIDGETS}/a`
const MANAGED = { show: ['data', 'metadata.labels', 'metadata.managedFields'] }
const apply = (path: string, manager: string, body: unknown, how: object = MANAGED) =>
  patch('apply', `${path}?fieldManager=${manager}`, { body, ...how })
const force = (path: string, manager: string, body: unknown, how: object = MANAGED) =>
  patch('apply', `${path}?fieldManager=${manager}&force=true`, { body, ...how })
const map = (data?: object, metadata: Readonly<Record<string, unknown>> = {}) =>
  configMap('a', { metadata, ...(data && { data }) })

const SHAPED = ofSpec({
  name: { type: 'string' },
  list: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['key'],
    items: { type: 'object', required: ['key'], properties: { key: { type: 'string' }, value: { type: 'string' } } },
  },
  ports: {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port', 'protocol'],
    items: {
      type: 'object',
      required: ['port'],
      properties: {
        port: { type: 'integer' },
        protocol: { type: 'string', default: 'TCP' },
        name: { type: 'string' },
      },
    },
  },
  set: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
  atomic: { type: 'array', items: { type: 'string' } },
  whole: {
    type: 'object',
    'x-kubernetes-map-type': 'atomic',
    properties: { a: { type: 'string' }, b: { type: 'string' } },
  },
  loose: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  free: { type: 'object', additionalProperties: { type: 'string' } },
  nested: {
    type: 'object',
    properties: { deep: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } } },
  },
})
const shaped = defined(SHAPED, { version: { schema: { openAPIV3Schema: SHAPED }, subresources: { status: {} } } })
const of = (spec: object) => widget('a', { spec })
const SPEC = { show: ['spec', 'metadata.managedFields'] }

/** Two managers apply one field of a Widget each; the second may be refused, and then forces it. */
const TWO: Readonly<Record<string, readonly [object, object]>> = {
  'a scalar, with the same value': [{ name: 'x' }, { name: 'x' }],
  'a scalar, with different values': [{ name: 'x' }, { name: 'y' }],
  'different fields of a nested map': [{ nested: { deep: { a: '1' } } }, { nested: { deep: { b: '2' } } }],
  'an item each of a list by its key': [{ list: [{ key: 'a', value: '1' }] }, { list: [{ key: 'b', value: '2' }] }],
  'the same item of a list by its key': [{ list: [{ key: 'a', value: '1' }] }, { list: [{ key: 'a', value: '2' }] }],
  'the key of an item alone': [{ list: [{ key: 'a', value: '1' }] }, { list: [{ key: 'a' }] }],
  'a list by two keys, one of them by default': [
    { ports: [{ port: 80, name: 'a' }] },
    { ports: [{ port: 80, protocol: 'UDP', name: 'b' }] },
  ],
  'the same item by two keys': [
    { ports: [{ port: 80, name: 'a' }] },
    { ports: [{ port: 80, protocol: 'TCP', name: 'b' }] },
  ],
  'items of a set': [{ set: ['a', 'b'] }, { set: ['b', 'c'] }],
  'an atomic list': [{ atomic: ['a'] }, { atomic: ['a', 'b'] }],
  'an atomic map': [{ whole: { a: '1' } }, { whole: { b: '1' } }],
  'a map of anything': [{ loose: { a: { b: 1 } } }, { loose: { a: { c: 2 } } }],
  'a list in a map of anything': [{ loose: { a: [1] } }, { loose: { a: [2] } }],
  'keys of a map': [{ free: { a: '1' } }, { free: { b: '2' } }],
  'an empty map and a key of it': [{ free: {} }, { free: { b: '2' } }],
  'null and a value': [{ name: 'x' }, { name: null }],
}

const BAD: Readonly<Record<string, readonly [string, unknown]>> = {
  'without a field manager': [C, map({ a: '1' })],
  'with an empty field manager': [`${C}?fieldManager=`, map({ a: '1' })],
  'with a field manager that is too long': [`${C}?fieldManager=${'x'.repeat(129)}`, map({ a: '1' })],
  'with a field manager that cannot be printed': [`${C}?fieldManager=%07`, map({ a: '1' })],
  'with managedFields': [`${C}?fieldManager=m`, map({ a: '1' }, { managedFields: [{ manager: 'x' }] })],
  'with empty managedFields': [`${C}?fieldManager=m`, map({ a: '1' }, { managedFields: [] })],
  'without apiVersion': [`${C}?fieldManager=m`, { kind: 'ConfigMap', metadata: { name: 'a' } }],
  'without kind': [`${C}?fieldManager=m`, { apiVersion: 'v1', metadata: { name: 'a' } }],
  'of another kind': [`${C}?fieldManager=m`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }],
  'of another version': [`${C}?fieldManager=m`, { apiVersion: 'v2', kind: 'ConfigMap', metadata: { name: 'a' } }],
  'of another name': [`${C}?fieldManager=m`, configMap('b')],
  'in another namespace': [`${C}?fieldManager=m`, map({}, { namespace: 'other' })],
  'without a name': [`${C}?fieldManager=m`, { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } }],
  'with a field of the wrong type': [`${C}?fieldManager=m`, map({ a: 1 })],
  'with an unknown field': [`${C}?fieldManager=m`, configMap('a', { unknown: 1 })],
  'with an unknown field, strictly': [`${C}?fieldManager=m&fieldValidation=Strict`, configMap('a', { unknown: 1 })],
  'with a duplicate key in YAML': [
    `${C}?fieldManager=m`,
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "1", a: "2"}\n',
  ],
  'with what is neither YAML nor JSON': [`${C}?fieldManager=m`, '{'],
  'with an empty body': [`${C}?fieldManager=m`, ''],
  'with a list': [`${C}?fieldManager=m`, []],
  'with a resourceVersion for what is not there': [`${C}?fieldManager=m`, map({ a: '1' }, { resourceVersion: '1' })],
  'with a uid for what is not there': [`${C}?fieldManager=m`, map({ a: '1' }, { uid: 'x' })],
  'with force=maybe': [`${C}?fieldManager=m&force=maybe`, map({ a: '1' })],
  'in a namespace that is not there': ['/api/v1/namespaces/nowhere/configmaps/a?fieldManager=m', map({ a: '1' })],
}

export const applies: Area = {
  name: 'apply',
  title: 'Server-side apply',
  about: 'Applied configurations, who manages which field, conflicts and force, and the managers of other writes.',
  source: 'https://kubernetes.io/docs/reference/using-api/server-side-apply/',
  cases: [
    ...Object.entries(BAD).map(
      ([name, [path, body]]): Case => ({ name: `apply ${name}`, steps: [patch('apply', path, { body })] }),
    ),
    ...Object.entries(TWO).map(
      ([name, [one, two]]): Case => ({
        name: `two managers: ${name}`,
        source: 'structured-merge-diff',
        steps: [
          ...shaped,
          apply(W, 'one', of(one), SPEC),
          apply(W, 'two', of(two), SPEC),
          force(W, 'two', of(two), SPEC),
          apply(W, 'one', of({}), SPEC),
        ],
      }),
    ),
    {
      name: 'apply makes what is not there, then changes it',
      steps: [
        apply(C, 'm', map({ a: '1' })),
        apply(C, 'm', map({ a: '2', b: '1' })),
        apply(C, 'm', map({ b: '1' })),
        apply(C, 'm', map()),
      ],
    },
    {
      name: 'the same applied twice writes nothing',
      steps: [
        apply(C, 'm', map({ a: '1' }), { show: ['metadata.resourceVersion'] }),
        apply(C, 'm', map({ a: '1' }), { show: ['metadata.resourceVersion'] }),
        apply(C, 'm', map({ a: '2' }), { show: ['metadata.resourceVersion'] }),
      ],
    },
    {
      name: 'apply in YAML',
      steps: [
        apply(
          C,
          'm',
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  text: |\n    lines\n    of it\n',
          {
            show: ['data'],
          },
        ),
      ],
    },
    {
      name: 'a field that another wrote by update is in conflict, and names him',
      steps: [
        given(post(`${CONFIGMAPS}?fieldManager=writer`, map({ a: '1' }))),
        apply(C, 'm', map({ a: '2' })),
        force(C, 'm', map({ a: '2' })),
      ],
    },
    {
      name: 'several conflicts with several managers are told together',
      steps: [
        given(apply(C, 'one', map({ a: '1', b: '1' }))),
        given(apply(C, 'two', map({ c: '1' }))),
        apply(C, 'three', map({ a: '2', b: '2', c: '2' })),
      ],
    },
    {
      name: 'a field applied by two goes when both let go of it',
      steps: [
        given(apply(C, 'one', map({ a: '1' }))),
        given(apply(C, 'two', map({ a: '1' }))),
        apply(C, 'one', map()),
        apply(C, 'two', map()),
      ],
    },
    {
      name: 'an update takes the fields that it changes',
      steps: [
        given(apply(C, 'one', map({ a: '1', b: '1' }), { as: 'made' })),
        put(`${C}?fieldManager=editor`, map({ a: '2', b: '1' }), MANAGED),
        apply(C, 'one', map({ a: '1', b: '1' })),
      ],
    },
    {
      name: 'the manager of an update is by default the program of the user agent',
      steps: [
        post(CONFIGMAPS, map({ a: '1' }), {
          ...MANAGED,
          headers: { 'user-agent': 'program/1.2 (linux/amd64) kubernetes/abc' },
        }),
        put(C, map({ a: '2' }), { ...MANAGED, headers: { 'user-agent': 'other' } }),
        patch('merge', C, { body: { data: { b: '1' } }, ...MANAGED, headers: { 'user-agent': '' } }),
      ],
    },
    {
      name: 'patches are updates too',
      steps: [
        given(apply(C, 'one', map({ a: '1' }))),
        patch('merge', `${C}?fieldManager=p`, { body: { data: { a: '2' } }, ...MANAGED }),
        patch('json', `${C}?fieldManager=p`, { body: [{ op: 'add', path: '/data/b', value: '1' }], ...MANAGED }),
        patch('strategic', `${C}?fieldManager=q`, { body: { metadata: { labels: { x: '1' } } }, ...MANAGED }),
        patch('json', `${C}?fieldManager=q`, { body: [{ op: 'remove', path: '/data' }], ...MANAGED }),
      ],
    },
    {
      name: 'the same manager by update and by apply stands twice',
      steps: [
        given(post(`${CONFIGMAPS}?fieldManager=m`, map({ a: '1' }))),
        apply(C, 'm', map({ a: '1' })),
        apply(C, 'm', map({ a: '2' })),
      ],
    },
    {
      name: 'managedFields may be emptied, and begin anew',
      steps: [
        given(apply(C, 'one', map({ a: '1' }))),
        patch('merge', `${C}?fieldManager=p`, { body: { metadata: { managedFields: [{}] } }, ...MANAGED }),
        patch('merge', `${C}?fieldManager=p`, { body: { data: { a: '2' } }, ...MANAGED }),
        apply(C, 'two', map({ b: '1' })),
      ],
    },
    {
      name: 'an update without managedFields keeps those that are there',
      steps: [
        given(apply(C, 'one', map({ a: '1' }))),
        put(`${C}?fieldManager=e`, map({ a: '1', b: '2' }), MANAGED),
        patch('merge', `${C}?fieldManager=p`, { body: { metadata: { managedFields: [] } }, ...MANAGED }),
      ],
    },
    {
      name: 'managedFields that say nonsense are refused or ignored',
      steps: [
        given(apply(C, 'one', map({ a: '1' }))),
        patch('merge', `${C}?fieldManager=p`, {
          body: { metadata: { managedFields: [{ manager: 'x', operation: 'Explode' }] } },
          ...MANAGED,
        }),
        patch('merge', `${C}?fieldManager=p`, {
          body: {
            metadata: {
              managedFields: [{ manager: 'x', operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV7' }],
            },
          },
          ...MANAGED,
        }),
        patch('merge', `${C}?fieldManager=p`, {
          body: {
            metadata: {
              managedFields: [
                {
                  manager: 'x',
                  operation: 'Update',
                  apiVersion: 'v1',
                  fieldsType: 'FieldsV1',
                  fieldsV1: { 'f:data': { 'f:a': {} } },
                },
              ],
            },
          },
          show: ['metadata.managedFields.*.manager', 'metadata.managedFields.*.fieldsV1'],
        }),
      ],
    },
    {
      name: 'apply with the resourceVersion of another time is in conflict',
      steps: [given(apply(C, 'm', map({ a: '1' }))), apply(C, 'm', map({ a: '2' }, { resourceVersion: '1' }))],
    },
    {
      name: 'apply with its own uid, and with another',
      steps: [
        given(apply(C, 'm', map({ a: '1' }), { as: 'made' })),
        apply(C, 'm', map({ a: '2' }, { uid: '<made.metadata.uid>' }), { show: ['data'] }),
        apply(C, 'm', map({ a: '3' }, { uid: 'x' })),
      ],
    },
    {
      name: 'a dry run shows what apply would do, and does nothing',
      steps: [
        patch('apply', `${C}?fieldManager=m&dryRun=All`, {
          body: map({ a: '1' }),
          show: ['data', 'metadata.managedFields.*.manager'],
        }),
        get(C),
      ],
    },
    {
      name: 'the status is managed apart, and not by who applies the object',
      steps: [
        ...shaped,
        given(apply(W, 'm', of({ name: 'x' }))),
        patch('apply', `${W}/status?fieldManager=s`, {
          body: widget('a', { spec: { name: 'ignored' }, status: { ready: true } }),
          show: ['spec', 'status', 'metadata.managedFields'],
        }),
        apply(W, 'm', widget('a', { spec: { name: 'x' }, status: { ready: false } }), {
          show: ['status', 'metadata.managedFields.*.manager'],
        }),
        patch('apply', `${W}/status?fieldManager=t`, { body: widget('a', { status: { ready: false } }) }),
      ],
    },
    {
      name: 'apply to the status of what is not there',
      steps: [
        ...shaped,
        patch('apply', `${W}/status?fieldManager=s`, { body: widget('a', { status: { ready: true } }) }),
      ],
    },
    {
      name: 'labels, annotations, finalizers and owners have managers',
      steps: [
        apply(
          C,
          'm',
          map(undefined, {
            labels: { a: '1' },
            annotations: { b: '1' },
            finalizers: ['example.com/f'],
            ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'o', uid: 'u1' }],
          }),
          { show: ['metadata.labels', 'metadata.finalizers', 'metadata.managedFields'] },
        ),
        apply(C, 'm', map(), { show: ['metadata.labels', 'metadata.finalizers', 'metadata.managedFields'] }),
      ],
    },
    {
      name: 'a pod is merged by the names of its containers',
      steps: [
        apply(`${PODS}/a`, 'm', pod('a'), { show: ['metadata.managedFields'] }),
        apply(`${PODS}/a`, 'n', {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: 'a' },
          spec: { containers: [{ name: 'main', image: 'example.com/main:2' }] },
        }),
        force(
          `${PODS}/a`,
          'n',
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'a' },
            spec: { containers: [{ name: 'main', image: 'example.com/main:2' }] },
          },
          { show: ['spec.containers.*.image', 'metadata.managedFields'] },
        ),
      ],
    },
    {
      name: 'stringData of a Secret is written, and data is managed',
      steps: [
        apply(
          `${SECRETS}/a`,
          'm',
          { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { p: 'x' } },
          {
            show: ['data', 'stringData', 'metadata.managedFields'],
          },
        ),
      ],
    },
    {
      name: 'a custom kind without any schema is merged by maps',
      steps: [
        ...defined(ANYTHING),
        apply(W, 'one', of({ a: 1, list: [{ name: 'x' }] }), SPEC),
        apply(W, 'two', of({ b: 1, list: [{ name: 'y' }] }), SPEC),
        apply(W, 'two', of({ b: 1 }), SPEC),
      ],
    },
    {
      name: 'a duplicate key in a list by its key is refused',
      steps: [...shaped, apply(W, 'm', of({ list: [{ key: 'a' }, { key: 'a' }] }), SPEC)],
    },
    {
      name: 'an item without its key is refused',
      steps: [...shaped, apply(W, 'm', of({ list: [{ value: 'a' }] }), SPEC)],
    },
    {
      name: 'a duplicate in a set is refused',
      steps: [...shaped, apply(W, 'm', of({ set: ['a', 'a'] }), SPEC)],
    },
    {
      name: 'a custom object with a field of the wrong type',
      steps: [...shaped, apply(W, 'm', of({ name: 7 }), SPEC), apply(W, 'm', of({ list: 'x' }), SPEC)],
    },
    {
      name: 'unknown fields of a custom object are pruned, or refused strictly',
      steps: [
        ...shaped,
        apply(W, 'm', of({ unknown: 1, name: 'x' }), SPEC),
        patch('apply', `${W}?fieldManager=m&fieldValidation=Strict`, { body: of({ unknown: 1, name: 'x' }) }),
      ],
    },
    {
      name: 'the order of items is that of who applied last',
      steps: [
        ...shaped,
        apply(W, 'one', of({ list: [{ key: 'a' }, { key: 'b' }, { key: 'c' }] }), { show: ['spec'] }),
        apply(W, 'two', of({ list: [{ key: 'c' }, { key: 'x' }, { key: 'a' }] }), { show: ['spec'] }),
        apply(W, 'one', of({ list: [{ key: 'c' }, { key: 'b' }] }), { show: ['spec'] }),
        apply(W, 'one', of({ set: ['b', 'a'] }), { show: ['spec'] }),
        apply(W, 'two', of({ set: ['c', 'a'] }), { show: ['spec'] }),
      ],
    },
    {
      name: 'a definition is applied like any object',
      steps: [
        patch('apply', `${DEFINITIONS}/widgets.<group>?fieldManager=m`, {
          body: {
            apiVersion: 'apiextensions.k8s.io/v1',
            kind: 'CustomResourceDefinition',
            metadata: { name: 'widgets.<group>' },
            spec: {
              group: '<group>',
              scope: 'Namespaced',
              names: { plural: 'widgets', kind: 'Widget' },
              versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: ANYTHING } }],
            },
          },
          show: ['metadata.managedFields.0'],
        }),
      ],
    },
    {
      name: 'apply to what is being deleted',
      steps: [
        given(apply(C, 'm', map({ a: '1' }, { finalizers: ['example.com/f'] }))),
        given(remove(C)),
        apply(C, 'm', map({ a: '2' }, { finalizers: ['example.com/f'] }), { show: ['data', 'metadata.finalizers'] }),
        apply(C, 'm', map({ a: '2' }), { show: ['data', 'metadata.finalizers'] }),
        get(C, { show: 'code' }),
      ],
    },
  ] satisfies readonly Case[],
}
