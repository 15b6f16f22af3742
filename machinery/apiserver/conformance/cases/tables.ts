import { type Area, type Case, get, given, patch, post, type Step } from '../case.ts'
import {
  ANYTHING,
  CONFIGMAPS,
  configMap,
  DEFINITIONS,
  defined,
  PODS,
  pod,
  SECRETS,
  secret,
  WIDGETS,
  widget,
} from './objects.ts'

const TABLE = { headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' } }
const PARTIAL = { headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json' } }
const PARTIALS = {
  headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json' },
}
const CELLS = { ...TABLE, show: ['kind', 'columnDefinitions', 'rows.*.cells'] }

const columns = (list: readonly object[]) => defined(ANYTHING, { version: { additionalPrinterColumns: list } })
const column = (jsonPath: string, more: object = {}) => ({ name: 'Value', type: 'string', jsonPath, ...more })
const SPEC = {
  text: 'hello',
  n: 7,
  ratio: 1.5,
  on: true,
  list: ['a', 'b'],
  map: { k: 'v', 'odd.key': 'x' },
  items: [
    { name: 'x', v: 1 },
    { name: 'y', v: 2 },
  ],
  when: '2001-02-03T04:05:06Z',
  nothing: null,
}

const PATHS: Readonly<Record<string, object>> = {
  'a string': column('.spec.text'),
  'an integer': column('.spec.n', { type: 'integer' }),
  'a number': column('.spec.ratio', { type: 'number' }),
  'a boolean': column('.spec.on', { type: 'boolean' }),
  'a number as a string': column('.spec.n'),
  'a string as an integer': column('.spec.text', { type: 'integer' }),
  'a list': column('.spec.list'),
  'an item of a list': column('.spec.list[1]'),
  'the last item of a list': column('.spec.list[-1:]'),
  'a field of every item': column('.spec.items[*].name'),
  'a filter': column('.spec.items[?(@.name=="y")].v', { type: 'integer' }),
  'a map': column('.spec.map'),
  'a key with a dot': column('.spec.map.odd\\.key'),
  'what is not there': column('.spec.none'),
  null: column('.spec.nothing'),
  'a date long ago': column('.spec.when', { type: 'string' }),
  'a label': column('.metadata.labels.app'),
  'with a priority': column('.spec.text', { priority: 1 }),
  'with a format': column('.spec.n', { type: 'integer', format: 'int32' }),
}

const CUSTOM: readonly Step[] = [
  given(post(WIDGETS, widget('a', { metadata: { name: 'a', labels: { app: 'x' } }, spec: SPEC }))),
]

const event = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e' },
  involvedObject: { kind: 'Pod', name: 'p', namespace: '<ns>' },
  reason: 'Began',
  message: 'it began\n',
  type: 'Normal',
  count: 3,
}

/** What kubectl prints of kinds of Kubernetes' own. */
const KINDS: Readonly<Record<string, readonly [string, object]>> = {
  ConfigMaps: [CONFIGMAPS, configMap('a', { data: { x: '1', y: '2' } })],
  Secrets: [SECRETS, secret('a', { stringData: { x: '1' } })],
  Pods: [PODS, pod('a')],
  Leases: [
    '/apis/coordination.k8s.io/v1/namespaces/<ns>/leases',
    { metadata: { name: 'a' }, spec: { holderIdentity: 'me' } },
  ],
  ServiceAccounts: ['/api/v1/namespaces/<ns>/serviceaccounts', { metadata: { name: 'a' } }],
  Deployments: [
    '/apis/apps/v1/namespaces/<ns>/deployments',
    {
      metadata: { name: 'a' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    },
  ],
  DaemonSets: [
    '/apis/apps/v1/namespaces/<ns>/daemonsets',
    {
      metadata: { name: 'a' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    },
  ],
  Jobs: [
    '/apis/batch/v1/namespaces/<ns>/jobs',
    {
      metadata: { name: 'a' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i' }] } } },
    },
  ],
  Roles: ['/apis/rbac.authorization.k8s.io/v1/namespaces/<ns>/roles', { metadata: { name: 'a' }, rules: [] }],
  RoleBindings: [
    '/apis/rbac.authorization.k8s.io/v1/namespaces/<ns>/rolebindings',
    {
      metadata: { name: 'a' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'r' },
      subjects: [{ kind: 'User', name: 'u', apiGroup: 'rbac.authorization.k8s.io' }],
    },
  ],
}

export const tables: Area = {
  name: 'tables',
  title: 'Tables and metadata alone',
  about: 'Tables as kubectl asks for them, printer columns of custom kinds, and objects reduced to their metadata.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables',
  cases: [
    ...Object.entries(KINDS).map(
      ([kind, [path, object]]): Case => ({
        name: `a table of ${kind}`,
        steps: [
          given(post(path, object)),
          get(`${path}?labelSelector=!kubernetes.io/none&fieldSelector=metadata.name=a`, CELLS),
        ],
      }),
    ),
    {
      name: 'a table of Events',
      steps: [
        given(post('/api/v1/namespaces/<ns>/events', event)),
        get('/api/v1/namespaces/<ns>/events', { ...TABLE, show: ['columnDefinitions.*.name', 'rows.*.cells'] }),
      ],
    },
    { name: 'a table of Namespaces', steps: [get('/api/v1/namespaces/<ns>', CELLS)] },
    {
      name: 'a table of definitions',
      steps: [
        ...defined(ANYTHING),
        get(`${DEFINITIONS}/widgets.<group>`, { ...TABLE, show: ['columnDefinitions', 'rows.*.cells.0'] }),
      ],
    },
    ...Object.entries(PATHS).map(
      ([name, one]): Case => ({
        name: `a column of ${name}`,
        source: 'https://kubernetes.io/docs/reference/kubectl/jsonpath/',
        steps: [...columns([one]), ...CUSTOM, get(WIDGETS, CELLS)],
      }),
    ),
    {
      name: 'a column says what it is, in words of its own',
      steps: [
        ...columns([column('.spec.text', { description: 'What it says.' })]),
        get(WIDGETS, { ...TABLE, show: ['columnDefinitions.1.description'] }),
      ],
    },
    {
      name: 'a date is shown as an age',
      steps: [
        ...columns([column('.metadata.creationTimestamp', { name: 'Age', type: 'date' })]),
        ...CUSTOM,
        get(WIDGETS, CELLS),
      ],
    },
    {
      name: 'a custom kind without columns has its age',
      steps: [...defined(ANYTHING), ...CUSTOM, get(WIDGETS, CELLS)],
    },
    { name: 'a table of one object', steps: [...defined(ANYTHING), ...CUSTOM, get(`${WIDGETS}/a`, TABLE)] },
    { name: 'an empty table', steps: [get(SECRETS, TABLE)] },
    { name: 'a table of what is not there', steps: [get(`${SECRETS}/none`, TABLE)] },
    {
      name: 'rows with metadata, with the whole object, with neither',
      steps: [
        given(post(SECRETS, secret('a', { stringData: { a: 'b' } }))),
        get(`${SECRETS}?includeObject=Metadata`, { ...TABLE, show: ['rows.*.object'] }),
        get(`${SECRETS}?includeObject=Object`, { ...TABLE, show: ['rows.*.object'] }),
        get(`${SECRETS}?includeObject=None`, { ...TABLE, show: ['rows'] }),
        get(`${SECRETS}?includeObject=Some`, { ...TABLE }),
      ],
    },
    {
      name: 'a table in pages',
      steps: [
        given(post(SECRETS, secret('a'))),
        given(post(SECRETS, secret('b'))),
        get(`${SECRETS}?limit=1`, { ...TABLE, show: ['metadata', 'rows.*.cells.0'] }),
      ],
    },
    {
      name: 'a table of an old version',
      steps: [
        get(SECRETS, {
          headers: { accept: 'application/json;as=Table;v=v1beta1;g=meta.k8s.io' },
          show: ['kind', 'apiVersion'],
        }),
        get(SECRETS, { headers: { accept: 'application/json;as=Table;v=v7;g=meta.k8s.io' } }),
      ],
    },
    {
      name: 'a table as an answer to a write',
      steps: [
        post(CONFIGMAPS, configMap('a'), { ...TABLE, show: ['kind', 'rows.*.cells.0'] }),
        patch('merge', `${CONFIGMAPS}/a`, { body: {}, ...TABLE, show: ['kind', 'rows.*.cells.0'] }),
      ],
    },
    {
      name: 'metadata alone of an object',
      steps: [given(post(CONFIGMAPS, configMap('a', { data: { n: '1' } }))), get(`${CONFIGMAPS}/a`, PARTIAL)],
    },
    { name: 'metadata alone of a list', steps: [given(post(SECRETS, secret('a'))), get(SECRETS, PARTIALS)] },
    {
      name: 'metadata alone of a custom list',
      steps: [...defined(ANYTHING), ...CUSTOM, get(WIDGETS, PARTIALS), get(`${WIDGETS}/a`, PARTIAL)],
    },
    {
      name: 'a list of metadata where an object is asked for, and the other way round',
      steps: [
        given(post(SECRETS, secret('a'))),
        get(`${SECRETS}/a`, {
          headers: { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' },
        }),
        get(SECRETS, { headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' } }),
      ],
    },
    {
      name: 'a shape that does not exist',
      steps: [
        get(SECRETS, { headers: { accept: 'application/json;as=Picture;v=v1;g=meta.k8s.io' } }),
        get(SECRETS, {
          headers: { accept: 'application/json;as=Picture;v=v1;g=meta.k8s.io,application/json' },
          show: ['kind'],
        }),
      ],
    },
  ],
}
