import { type Area, type Case, get, given, patch, post, put, remove } from '../case.ts'
import { ANYTHING, DEFINITIONS, defined, definition, ofSpec, WIDGETS, widget } from './objects.ts'

type Fields = Readonly<{ [field: string]: unknown }>

const ONE = `${DEFINITIONS}/widgets.<group>`
const NAMES = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' }
const VERSION = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: ANYTHING } }

/** Definitions that are refused: what stands in `spec`. */
const BAD: Readonly<Record<string, Fields>> = {
  'without a group': { group: undefined },
  'without a scope': { scope: undefined },
  'with a scope that is none': { scope: 'Planetary' },
  'without versions': { versions: [] },
  'without a schema': { versions: [{ ...VERSION, schema: undefined }] },
  'with two stored versions': { versions: [VERSION, { ...VERSION, name: 'v2' }] },
  'without a stored version': { versions: [{ ...VERSION, storage: false }] },
  'without a served version': { versions: [{ ...VERSION, served: false }] },
  'with a version twice': { versions: [VERSION, { ...VERSION, storage: false }] },
  'with a bad name of a version': { versions: [{ ...VERSION, name: 'V1' }] },
  'without a plural': { names: { kind: 'Widget' } },
  'without a kind': { names: { plural: 'widgets' } },
  'with a plural in capitals': { names: { ...NAMES, plural: 'Widgets' } },
  'with a kind with a hyphen': { names: { ...NAMES, kind: 'Wid-get_' } },
  'with a kind that is its list': { names: { ...NAMES, listKind: 'Widget' } },
  'with a bad short name': { names: { ...NAMES, shortNames: ['W_'] } },
  'with a bad category': { names: { ...NAMES, categories: ['A B'] } },
  'with another group than its name': { group: 'other.example.com' },
  'with preserveUnknownFields': { preserveUnknownFields: true },
  'with an unknown strategy of conversion': { conversion: { strategy: 'Magic' } },
  'with a webhook that is not described': { conversion: { strategy: 'Webhook' } },
  'with a webhook, but no way to it': {
    conversion: { strategy: 'Webhook', webhook: { conversionReviewVersions: ['v1'], clientConfig: {} } },
  },
  'with a webhook over plain HTTP': {
    conversion: {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'http://example.com' } },
    },
  },
  'with an unknown version of reviews': {
    conversion: {
      strategy: 'Webhook',
      webhook: { conversionReviewVersions: ['v7'], clientConfig: { url: 'https://example.com' } },
    },
  },
  'with a webhook where there is no conversion': {
    conversion: {
      strategy: 'None',
      webhook: { conversionReviewVersions: ['v1'], clientConfig: { url: 'https://example.com' } },
    },
  },
  'with a column without a path': {
    versions: [{ ...VERSION, additionalPrinterColumns: [{ name: 'A', type: 'string' }] }],
  },
  'with a column of an unknown type': {
    versions: [{ ...VERSION, additionalPrinterColumns: [{ name: 'A', type: 'colour', jsonPath: '.a' }] }],
  },
  'with a column of an unknown format': {
    versions: [{ ...VERSION, additionalPrinterColumns: [{ name: 'A', type: 'string', format: 'x', jsonPath: '.a' }] }],
  },
  'with a column with a bad path': {
    versions: [{ ...VERSION, additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'a' }] }],
  },
  'with a column without a name': {
    versions: [{ ...VERSION, additionalPrinterColumns: [{ type: 'string', jsonPath: '.a' }] }],
  },
  'with a scale without paths': { versions: [{ ...VERSION, subresources: { scale: {} } }] },
  'with a scale outside of the spec': {
    versions: [{ ...VERSION, subresources: { scale: { specReplicasPath: '.a.b', statusReplicasPath: '.status.c' } } }],
  },
  'with a status that is not a map': { versions: [{ ...VERSION, subresources: { status: 'yes' } }] },
  'with a selectable field of metadata': {
    versions: [{ ...VERSION, selectableFields: [{ jsonPath: '.metadata.name' }] }],
  },
  'with a selectable field that is not in the schema': {
    versions: [{ ...VERSION, schema: { openAPIV3Schema: ofSpec({}) }, selectableFields: [{ jsonPath: '.spec.a' }] }],
  },
  'with a selectable field that is a list': {
    versions: [
      {
        ...VERSION,
        schema: { openAPIV3Schema: ofSpec({ a: { type: 'array', items: { type: 'string' } } }) },
        selectableFields: [{ jsonPath: '.spec.a' }],
      },
    ],
  },
  'with a deprecation warning where nothing is deprecated': { versions: [{ ...VERSION, deprecationWarning: 'old' }] },
}

const field = (value: Fields): Fields => ofSpec({ value })

/** Schemas that are refused. */
const BAD_SCHEMAS: Readonly<Record<string, Fields>> = {
  'without a type at the root': {},
  'of a string at the root': { type: 'string' },
  'with a field without a type': field({ description: 'x' }),
  'with a type that is none': field({ type: 'colour' }),
  'with a list without items': field({ type: 'array' }),
  'with a list of several kinds of items': field({ type: 'array', items: [{ type: 'string' }] }),
  'with properties and additional ones': field({
    type: 'object',
    properties: { a: { type: 'string' } },
    additionalProperties: { type: 'string' },
  }),
  'with additional properties forbidden': field({ type: 'object', additionalProperties: false }),
  'with unique items': field({ type: 'array', uniqueItems: true, items: { type: 'string' } }),
  'with a reference': field({ $ref: '#/definitions/x' }),
  'with definitions': { type: 'object', definitions: { a: { type: 'string' } } },
  'with a type within anyOf': field({ type: 'integer', anyOf: [{ type: 'integer' }] }),
  'with a description within allOf': field({ type: 'integer', allOf: [{ description: 'x' }] }),
  'with a field within oneOf that is not outside': field({
    type: 'object',
    oneOf: [{ properties: { a: { minimum: 1 } } }],
  }),
  'with a default of the wrong type': field({ type: 'integer', default: 'x' }),
  'with a default that would be pruned': field({ type: 'object', default: { gone: 1 }, properties: {} }),
  'with a default that is not allowed': field({ type: 'integer', maximum: 3, default: 7 }),
  'with a pattern that does not compile': field({ type: 'string', pattern: '(' }),
  'with a pattern that looks ahead': field({ type: 'string', pattern: 'a(?=b)' }),
  'with an int-or-string that has a type': field({ type: 'string', 'x-kubernetes-int-or-string': true }),
  'with a list by key without keys': field({
    type: 'array',
    'x-kubernetes-list-type': 'map',
    items: { type: 'object' },
  }),
  'with a list by a key that is not there': field({
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
    items: { type: 'object', properties: {} },
  }),
  'with a list by a key that may be missing': field({
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['k'],
    items: { type: 'object', properties: { k: { type: 'string' } } },
  }),
  'with a list type that is none': field({
    type: 'array',
    'x-kubernetes-list-type': 'heap',
    items: { type: 'string' },
  }),
  'with a list type on a string': field({ type: 'string', 'x-kubernetes-list-type': 'set' }),
  'with a set of objects': field({ type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'object' } }),
  'with a map type that is none': field({ type: 'object', 'x-kubernetes-map-type': 'heap' }),
  'with the unknown kept on a string': field({ type: 'string', 'x-kubernetes-preserve-unknown-fields': true }),
  'with the unknown not kept': field({ type: 'object', 'x-kubernetes-preserve-unknown-fields': false }),
  'with an embedded object without any fields': field({ type: 'object', 'x-kubernetes-embedded-resource': true }),
  'with rules for metadata': {
    type: 'object',
    properties: { metadata: { type: 'object', properties: { labels: { type: 'object' } } } },
  },
  'with kind as a number': { type: 'object', properties: { kind: { type: 'integer' } } },
  'with readOnly and dependencies': field({ type: 'object', dependencies: { a: ['b'] } }),
  'with an exclusive maximum without a maximum': field({ type: 'integer', exclusiveMaximum: true }),
  'with a nullable that has an enum without null': field({ type: 'string', nullable: true, enum: ['a'] }),
}

const withSpec = (more: Fields) => {
  const whole = definition(ANYTHING)
  return { ...whole, spec: { ...whole.spec, ...more } }
}

const SHOWN = {
  show: [
    'metadata.name',
    'metadata.generation',
    'spec',
    'status.acceptedNames',
    'status.storedVersions',
    'status.conditions.*.type',
    'status.conditions.*.status',
    'status.conditions.*.reason',
    'status.conditions.*.message',
  ],
}

const two = {
  versions: [
    { name: 'v1beta1', served: true, storage: false, deprecated: true, schema: { openAPIV3Schema: ANYTHING } },
    { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: ANYTHING } },
    { name: 'v2alpha1', served: false, storage: false, schema: { openAPIV3Schema: ANYTHING } },
  ],
}
const other = (version: string) => `/apis/<group>/${version}/namespaces/<ns>/widgets`

export const definitions: Area = {
  name: 'definitions',
  title: 'CustomResourceDefinitions',
  about:
    'How kinds are defined at run time: what is refused, how they are established, versions, names, status, their end.',
  source: 'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/',
  cases: [
    ...Object.entries(BAD).map(
      ([name, more]): Case => ({
        name: `a definition ${name}`,
        steps: [post(DEFINITIONS, withSpec(more), { show: ['spec'] })],
      }),
    ),
    ...Object.entries(BAD_SCHEMAS).map(
      ([name, schema]): Case => ({
        name: `a schema ${name}`,
        source:
          'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema',
        steps: [post(DEFINITIONS, definition(schema), { show: ['spec.versions'] })],
      }),
    ),
    {
      name: 'a definition with nothing in it',
      steps: [
        post(DEFINITIONS, {}),
        post(DEFINITIONS, { metadata: { name: 'x' } }),
        post(DEFINITIONS, { metadata: { name: 'x' }, spec: {} }),
      ],
    },
    {
      name: 'a definition is filled with defaults and established',
      steps: [
        given(
          post(DEFINITIONS, {
            metadata: { name: 'widgets.<group>' },
            spec: {
              group: '<group>',
              scope: 'Namespaced',
              names: { plural: 'widgets', kind: 'Widget' },
              versions: [VERSION],
            },
          }),
        ),
        given(get(WIDGETS, { until: 200 })),
        get(ONE, SHOWN),
      ],
    },
    {
      name: 'a group below k8s.io needs approval',
      source: 'https://github.com/kubernetes/enhancements/pull/1111',
      steps: [
        post(DEFINITIONS, {
          ...definition(ANYTHING),
          metadata: { name: 'widgets.<ns>.k8s.io' },
          spec: { ...definition(ANYTHING).spec, group: '<ns>.k8s.io' },
        }),
        post(
          `${DEFINITIONS}?dryRun=All`,
          {
            ...definition(ANYTHING),
            metadata: {
              name: 'widgets.<ns>.k8s.io',
              annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
            },
            spec: { ...definition(ANYTHING).spec, group: '<ns>.k8s.io' },
          },
          { show: 'code' },
        ),
      ],
    },
    {
      name: 'a kind in several versions is one set of objects',
      steps: [
        ...defined(ANYTHING, two),
        given(post(other('v1beta1'), { ...widget('a'), apiVersion: '<group>/v1beta1', spec: { a: 1 } })),
        get(`${other('v1')}/a`, { show: ['apiVersion', 'spec'] }),
        get(`${other('v1beta1')}/a`, { show: ['apiVersion', 'spec'] }),
        get(`${other('v2alpha1')}/a`),
        get('/apis/<group>', { show: ['versions', 'preferredVersion'] }),
      ],
    },
    {
      name: 'a deprecated version warns',
      steps: [
        ...defined(ANYTHING, two),
        get(other('v1beta1'), { show: 'code' }),
        post(other('v1beta1'), { ...widget('a'), apiVersion: '<group>/v1beta1' }, { show: 'code' }),
      ],
    },
    {
      name: 'a deprecation warning in words of its own',
      steps: [
        ...defined(ANYTHING, {
          versions: [{ ...VERSION, deprecated: true, deprecationWarning: 'better take gadgets' }],
        }),
        get(WIDGETS, { show: 'code' }),
      ],
    },
    {
      name: 'a version that was stored may not go',
      steps: [
        ...defined(ANYTHING, two),
        given(get(ONE, { as: 'crd' })),
        patch('json', ONE, { body: [{ op: 'replace', path: '/spec/versions', value: [{ ...VERSION, name: 'v9' }] }] }),
      ],
    },
    {
      name: 'what may not change',
      steps: [
        ...defined(ANYTHING),
        patch('merge', ONE, { body: { spec: { scope: 'Cluster' } } }),
        patch('merge', ONE, { body: { spec: { group: 'other.example.com' } } }),
        patch('merge', ONE, { body: { spec: { names: { plural: 'gadgets' } } } }),
        patch('merge', ONE, { body: { spec: { names: { kind: 'Gadget' } } } }),
      ],
    },
    {
      name: 'another definition with the same kind is not accepted',
      steps: [
        ...defined(ANYTHING),
        given(
          post(DEFINITIONS, {
            ...definition(ANYTHING),
            metadata: { name: 'gadgets.<group>' },
            spec: { ...definition(ANYTHING).spec, names: { plural: 'gadgets', kind: 'Widget' } },
          }),
        ),
        get('/apis/<group>/v1/namespaces/<ns>/gadgets', { show: 'code' }),
        get(`${DEFINITIONS}/gadgets.<group>`, {
          show: [
            'status.conditions.*.type',
            'status.conditions.*.status',
            'status.conditions.*.reason',
            'status.conditions.*.message',
            'status.acceptedNames',
          ],
          settled: 'status.conditions.1',
        }),
      ],
    },
    {
      name: 'a cluster-wide kind',
      steps: [
        ...defined(ANYTHING, { scope: 'Cluster' }),
        post('/apis/<group>/v1/widgets', widget('a'), { show: ['metadata.namespace', 'metadata.name'] }),
        get('/apis/<group>/v1/namespaces/<ns>/widgets'),
        post(
          '/apis/<group>/v1/widgets',
          { ...widget('b'), metadata: { name: 'b', namespace: '<ns>' } },
          { show: ['metadata'] },
        ),
      ],
    },
    {
      name: 'a namespaced kind over all namespaces can be listed, not written',
      steps: [
        ...defined(ANYTHING),
        post('/apis/<group>/v1/widgets', widget('a')),
        get('/apis/<group>/v1/widgets', { show: ['kind', 'apiVersion', 'items'] }),
      ],
    },
    {
      name: 'the status of a definition has a door of its own',
      steps: [
        ...defined(ANYTHING),
        get(`${ONE}/status`, { show: ['status.acceptedNames'] }),
        patch('merge', ONE, { body: { status: { storedVersions: ['v7'] } }, show: ['status.storedVersions'] }),
      ],
    },
    {
      name: 'a definition goes, and its objects with it',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, widget('a'))),
        remove(ONE, { show: 'code' }),
        get(ONE, { until: 404 }),
        get(WIDGETS, { until: 404 }),
        given(post(DEFINITIONS, definition(ANYTHING))),
        given(get(WIDGETS, { until: 200 })),
        get(WIDGETS, { show: ['items'] }),
      ],
    },
    {
      name: 'an update without the version, and with an old one',
      steps: [
        ...defined(ANYTHING),
        put(ONE, definition(ANYTHING)),
        put(ONE, { ...definition(ANYTHING), metadata: { name: 'widgets.<group>', resourceVersion: '1' } }),
      ],
    },
    {
      name: 'the same definition twice',
      steps: [...defined(ANYTHING), post(DEFINITIONS, definition(ANYTHING))],
    },
    {
      name: 'objects stay as they were stored when the schema changes, and are pruned when written',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, widget('a', { spec: { a: 1, b: 2 } }))),
        given(
          patch('json', ONE, {
            body: [
              {
                op: 'replace',
                path: '/spec/versions/0/schema/openAPIV3Schema',
                value: ofSpec({ a: { type: 'integer' } }),
              },
            ],
          }),
        ),
        post(`${WIDGETS}?dryRun=All&fieldValidation=Strict`, widget('b', { spec: { b: 2 } }), {
          until: 400,
          show: 'code',
        }),
        get(`${WIDGETS}/a`, { show: ['spec'] }),
      ],
    },
  ],
}
