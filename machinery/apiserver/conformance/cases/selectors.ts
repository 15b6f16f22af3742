import { type Area, type Case, get, given, post, query, type Step } from '../case.ts'
import { defined, labelled, ofSpec, PODS, pod, SECRETS, secret, WIDGETS, widget } from './objects.ts'

const NAMES = { show: ['items.*.metadata.name'] }

const labels: readonly Step[] = [
  given(post(SECRETS, labelled('a', { app: 'web', tier: 'front', size: '3' }))),
  given(post(SECRETS, labelled('b', { app: 'web', tier: 'back', size: '10' }))),
  given(post(SECRETS, labelled('c', { app: 'db', size: '007' }))),
  given(post(SECRETS, labelled('d', { app: '', 'example.com/app': 'web' }))),
  given(post(SECRETS, secret('e'))),
]

const LABELS = [
  'app=web',
  'app==web',
  'app!=web',
  'app',
  '!app',
  '! app',
  'tier notin (front)',
  'tier in (front,back)',
  'app in (web), tier notin (back)',
  'app in (web,web)',
  'app in ( web , db )',
  'app=',
  'app!=',
  'app in ()',
  'app in (,web)',
  'app notin ()',
  'size>3',
  'size<3',
  'size > 2, size < 11',
  'example.com/app=web',
  'app=web,tier=back',
  'app = web , tier = back',
  'app,!tier',
  'app=web,',
  '',
  ' ',
  'in=a',
  'notin',
]

const BAD_LABELS = [
  ',app=web',
  'app=web,,tier=back',
  'app=web tier=back',
  'app===web',
  'app in',
  'app in web',
  'app in (web',
  'app in (web))',
  'app in (web db)',
  'app=>web',
  '=web',
  '!',
  '!!app',
  '!app=web',
  'app in (a/b)',
  'app=a/b',
  'app=-web',
  'a/b/c=d',
  '/b=d',
  'App_=x',
  'size>three',
  'size>',
  'app>1,2',
  `app=${'x'.repeat(64)}`,
  `${'x'.repeat(64)}=a`,
  'app@web',
  'app=web)',
]

const byLabel = (selector: string, name: string): Case => ({
  name,
  source: 'apimachinery pkg/labels/selector.go',
  steps: [...labels, get(SECRETS + query({ labelSelector: selector }), NAMES)],
})

const things: readonly Step[] = [
  given(post(PODS, pod('a', {}, { nodeName: 'n1', restartPolicy: 'Never' }))),
  given(post(PODS, pod('b', {}, { nodeName: 'n2', hostNetwork: true }))),
  given(post(PODS, pod('c'))),
]

const POD_FIELDS = [
  'metadata.name=a',
  'metadata.name==a',
  'metadata.name!=a',
  'metadata.name=a,metadata.name=b',
  'metadata.name!=a,spec.nodeName!=n2',
  'metadata.namespace=<ns>',
  'metadata.namespace!=<ns>',
  'spec.nodeName=n1',
  'spec.nodeName=',
  'spec.nodeName!=',
  'spec.restartPolicy=Never',
  'status.phase=Pending',
  'status.phase!=Pending',
  'spec.schedulerName=default-scheduler',
  'spec.hostNetwork=true',
  'spec.serviceAccountName=',
  'status.podIP=',
  'status.nominatedNodeName=',
  'spec.image=x',
  'metadata.labels.a=b',
  'metadata.uid=1',
  'metadata.name',
  'metadata.name in (a)',
  'metadata.name=a=b',
  '=a',
  'metadata.name=a\\,b',
  'metadata.name=a\\b',
  ',',
  'metadata.name=a,',
  '',
]

const event = (name: string, involvedObject: object, fields: object) => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name },
  involvedObject: { namespace: '<ns>', ...involvedObject },
  ...fields,
})
const EVENTS = '/api/v1/namespaces/<ns>/events'
const events: readonly Step[] = [
  given(
    post(
      EVENTS,
      event(
        'a',
        { kind: 'Pod', name: 'p', uid: 'u1', apiVersion: 'v1', fieldPath: 'spec' },
        { reason: 'Began', type: 'Normal' },
      ),
    ),
  ),
  given(
    post(
      EVENTS,
      event(
        'b',
        { kind: 'Node', name: 'n', resourceVersion: '7' },
        { reason: 'Ended', type: 'Warning', source: { component: 'x' } },
      ),
    ),
  ),
]
const EVENT_FIELDS = [
  'involvedObject.kind=Pod',
  'involvedObject.name=n',
  'involvedObject.namespace=<ns>',
  'involvedObject.uid=u1',
  'involvedObject.apiVersion=v1',
  'involvedObject.resourceVersion=7',
  'involvedObject.fieldPath=spec',
  'reason=Began',
  'type=Warning',
  'source=x',
  'reportingComponent=x',
  'regarding.name=n',
]

const selectable = (paths: readonly string[]) =>
  defined(ofSpec({ colour: { type: 'string' }, size: { type: 'integer' }, on: { type: 'boolean' } }), {
    version: {
      schema: {
        openAPIV3Schema: ofSpec({ colour: { type: 'string' }, size: { type: 'integer' }, on: { type: 'boolean' } }),
      },
      selectableFields: paths.map(jsonPath => ({ jsonPath })),
    },
  })
const painted: readonly Step[] = [
  ...selectable(['.spec.colour', '.spec.size', '.spec.on']),
  given(post(WIDGETS, widget('a', { spec: { colour: 'red', size: 7, on: true } }))),
  given(post(WIDGETS, widget('b', { spec: { colour: 'blue', size: 0, on: false } }))),
  given(post(WIDGETS, widget('c'))),
]
const WIDGET_FIELDS = [
  'spec.colour=red',
  'spec.colour!=red',
  'spec.colour=',
  'spec.size=7',
  'spec.size=0',
  'spec.on=true',
  'spec.on=false',
  'spec.colour=red,spec.size=7',
  'spec.other=x',
  'metadata.name=a',
  'metadata.namespace=<ns>',
  'status.phase=x',
]

export const selectors: Area = {
  name: 'selectors',
  title: 'Selectors',
  about:
    'Label and field selectors of lists, watches and deletions of whole collections, and how a bad one is refused.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
  cases: [
    ...LABELS.map(selector => byLabel(selector, `labels: ${JSON.stringify(selector)} selects`)),
    ...BAD_LABELS.map(selector => byLabel(selector, `labels: ${JSON.stringify(selector)} is refused`)),
    ...POD_FIELDS.map(
      (selector): Case => ({
        name: `fields of pods: ${JSON.stringify(selector)}`,
        source: 'pkg/apis/core/v1/conversion.go, pkg/registry/core/pod/strategy.go',
        steps: [...things, get(PODS + query({ fieldSelector: selector }), NAMES)],
      }),
    ),
    ...EVENT_FIELDS.map(
      (selector): Case => ({
        name: `fields of events: ${JSON.stringify(selector)}`,
        source: 'pkg/registry/core/event/strategy.go',
        steps: [...events, get(EVENTS + query({ fieldSelector: selector }), NAMES)],
      }),
    ),
    ...['type=Opaque', 'type!=Opaque', 'type=example.com/own', 'data.a=b'].map(
      (selector): Case => ({
        name: `fields of secrets: ${JSON.stringify(selector)}`,
        steps: [
          given(post(SECRETS, secret('a'))),
          given(post(SECRETS, secret('b', { type: 'example.com/own' }))),
          get(SECRETS + query({ fieldSelector: selector }), NAMES),
        ],
      }),
    ),
    ...['status.phase=Active', 'metadata.name=<ns>', 'name=<ns>', 'status.phase=Terminating,metadata.name=<ns>'].map(
      (selector): Case => ({
        name: `fields of namespaces: ${JSON.stringify(selector)}`,
        steps: [
          get(
            `/api/v1/namespaces${query({ fieldSelector: selector, labelSelector: 'kubernetes.io/metadata.name=<ns>' })}`,
            NAMES,
          ),
        ],
      }),
    ),
    ...WIDGET_FIELDS.map(
      (selector): Case => ({
        name: `selectable fields of a custom kind: ${JSON.stringify(selector)}`,
        source:
          'https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#crd-selectable-fields',
        steps: [...painted, get(WIDGETS + query({ fieldSelector: selector }), NAMES)],
      }),
    ),
    {
      name: 'a list over all namespaces is narrowed by both selectors',
      steps: [
        ...labels,
        get(
          `/api/v1/secrets${query({ labelSelector: 'app=web', fieldSelector: 'metadata.namespace=<ns>,metadata.name!=a' })}`,
          NAMES,
        ),
      ],
    },
    {
      name: 'metadata.name in a field selector narrows a watch',
      steps: [
        given(get(SECRETS, { as: 'before' })),
        ...labels,
        get(
          SECRETS +
            query({
              fieldSelector: 'metadata.name=c',
              watch: '1',
              resourceVersion: '<before.metadata.resourceVersion>',
            }),
          { events: 1, show: ['*.type', '*.object.metadata.name'] },
        ),
      ],
    },
    {
      name: 'a field selector on a single object that names another finds nothing',
      steps: [
        ...labels,
        get(`${SECRETS}/a${query({ fieldSelector: 'metadata.name=b' })}`, { show: ['metadata.name'] }),
      ],
    },
    {
      name: 'both selectors narrow the deletion of a collection',
      steps: [
        ...labels,
        {
          send: `DELETE ${SECRETS}${query({ labelSelector: 'app=web', fieldSelector: 'metadata.name!=a' })}`,
          ...NAMES,
        },
        get(SECRETS, NAMES),
      ],
    },
    {
      name: 'a bad label selector refuses a watch and a deletion of a collection',
      steps: [
        get(SECRETS + query({ labelSelector: 'a in', watch: '1' })),
        { send: `DELETE ${SECRETS}${query({ labelSelector: 'a in' })}` },
        { send: `DELETE ${SECRETS}${query({ fieldSelector: 'spec.x=1' })}` },
      ],
    },
  ],
}
