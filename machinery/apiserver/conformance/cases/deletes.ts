import { type Area, type Case, get, given, patch, post, put, query, remove, type Step } from '../case.ts'
import { ANYTHING, CONFIGMAPS, configMap, defined, labelled, PODS, pod, SECRETS, WIDGETS, widget } from './objects.ts'

const C = `${CONFIGMAPS}/a`
const made: Step = given(post(CONFIGMAPS, configMap('a', { data: { n: '1' } }), { as: 'made' }))
const held: Step = given(
  post(CONFIGMAPS, configMap('a', { metadata: { finalizers: ['example.com/f'] } }), { as: 'made' }),
)
const META = {
  show: [
    'kind',
    'metadata.name',
    'metadata.finalizers',
    'metadata.deletionTimestamp',
    'metadata.deletionGracePeriodSeconds',
    'metadata.generation',
  ],
}

/** Bodies of a deletion, and whether the object is there afterwards. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  nothing: {},
  'the kind of options': { kind: 'DeleteOptions', apiVersion: 'v1' },
  'the kind of options in the group of the resource': { kind: 'DeleteOptions', apiVersion: 'meta.k8s.io/v1' },
  'another kind': { kind: 'ConfigMap', apiVersion: 'v1' },
  'the uid it has': { preconditions: { uid: '<made.metadata.uid>' } },
  'another uid': { preconditions: { uid: 'other' } },
  'the resourceVersion it has': { preconditions: { resourceVersion: '<made.metadata.resourceVersion>' } },
  'another resourceVersion': { preconditions: { resourceVersion: '1' } },
  'propagation in the background': { propagationPolicy: 'Background' },
  'propagation in the foreground': { propagationPolicy: 'Foreground' },
  'propagation that orphans': { propagationPolicy: 'Orphan' },
  'propagation that is none': { propagationPolicy: 'Sideways' },
  orphanDependents: { orphanDependents: true },
  'no orphanDependents': { orphanDependents: false },
  'orphanDependents and propagation': { orphanDependents: true, propagationPolicy: 'Orphan' },
  'a dry run': { dryRun: ['All'] },
  'a dry run of something': { dryRun: ['Some'] },
  'a grace period': { gracePeriodSeconds: 30 },
  'a grace period below zero': { gracePeriodSeconds: -1 },
  'a grace period that is no number': { gracePeriodSeconds: 'x' },
  'an unknown option': { unknown: true },
  'a list': [],
  'no JSON': '{',
}

const PARAMETERS = [
  'propagationPolicy=Orphan',
  'propagationPolicy=Foreground',
  'propagationPolicy=Sideways',
  'dryRun=All',
  'dryRun=Some',
  'gracePeriodSeconds=0',
  'gracePeriodSeconds=x',
  'orphanDependents=true',
  'orphanDependents=x',
  'preconditions.uid=x',
]

/** What is left; unless a garbage collector is about to take it, which the server of the record has none of. */
const afterwards = (name: string): readonly Step[] =>
  /Foreground|Orphan|foreground|orphan/.test(name) ? [] : [get(C, META)]

const three: readonly Step[] = ['a', 'b', 'c'].map(name =>
  given(post(SECRETS, labelled(name, { on: name === 'c' ? 'no' : 'yes' }))),
)
const NAMES = { show: ['kind', 'items.*.metadata.name'] }

export const deletes: Area = {
  name: 'deletes',
  title: 'Deletions',
  about: 'Options, preconditions, propagation, finalizers, grace, and deletions of whole collections.',
  source: 'https://kubernetes.io/docs/concepts/architecture/garbage-collection/',
  cases: [
    ...Object.entries(OPTIONS).map(
      ([name, body]): Case => ({
        name: `a deletion with ${name}`,
        steps: [made, remove(C, { body }), ...afterwards(name)],
      }),
    ),
    ...PARAMETERS.map(
      (parameter): Case => ({
        name: `a deletion with ?${parameter}`,
        steps: [made, remove(`${C}?${parameter}`), ...afterwards(parameter)],
      }),
    ),
    { name: 'a deletion of what is not there', steps: [remove(C), remove('/api/v1/namespaces/nowhere/configmaps/a')] },
    {
      name: 'a deletion of a custom object',
      steps: [...defined(ANYTHING), given(post(WIDGETS, widget('a'))), remove(`${WIDGETS}/a`), remove(`${WIDGETS}/a`)],
    },
    {
      name: 'a deletion in another format',
      steps: [
        made,
        remove(C, { body: 'x', type: 'text/plain' }),
        remove(C, { body: 'propagationPolicy: Orphan\n', type: 'application/yaml', show: 'code' }),
      ],
    },
    {
      name: 'a finalizer holds an object until it is taken away',
      source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
      steps: [held, remove(C, META), remove(C, META), get(C, META), put(C, configMap('a'), META), get(C)],
    },
    {
      name: 'an object that is going can be changed, not revived',
      steps: [
        held,
        given(remove(C)),
        patch('merge', C, {
          body: { data: { n: '2' }, metadata: { deletionTimestamp: null } },
          show: ['data', 'metadata.deletionTimestamp'],
        }),
        post(CONFIGMAPS, configMap('a')),
      ],
    },
    {
      name: 'a custom object that is going counts a generation',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, widget('a', { metadata: { name: 'a', finalizers: ['example.com/f'] } }))),
        remove(`${WIDGETS}/a`, META),
        get(`${WIDGETS}/a`, META),
      ],
    },
    {
      name: 'a deletion in the foreground waits with a finalizer of its own',
      steps: [held, remove(C, { body: { propagationPolicy: 'Foreground' }, ...META })],
    },
    {
      name: 'a later policy takes the place of an earlier one',
      steps: [
        held,
        given(remove(C, { body: { propagationPolicy: 'Foreground' } })),
        remove(C, { body: { propagationPolicy: 'Background' }, ...META }),
      ],
    },
    {
      name: 'a pod that runs nowhere goes at once',
      steps: [given(post(PODS, pod('a'))), remove(`${PODS}/a`, META), get(`${PODS}/a`, META)],
    },
    {
      name: 'a pod on a node is given its grace',
      steps: [
        given(post(PODS, pod('a', {}, { nodeName: 'n', terminationGracePeriodSeconds: 7 }))),
        remove(`${PODS}/a`, META),
        get(`${PODS}/a`, META),
        remove(`${PODS}/a`, { body: { gracePeriodSeconds: 3 }, ...META }),
        remove(`${PODS}/a?gracePeriodSeconds=0`, META),
        get(`${PODS}/a`, META),
      ],
    },
    { name: 'a whole collection', steps: [...three, remove(SECRETS, NAMES), get(SECRETS, NAMES)] },
    {
      name: 'a part of a collection',
      steps: [...three, remove(SECRETS + query({ labelSelector: 'on=yes' }), NAMES), get(SECRETS, NAMES)],
    },
    {
      name: 'a collection as a dry run',
      steps: [...three, remove(`${SECRETS}?dryRun=All`, NAMES), get(SECRETS, NAMES)],
    },
    { name: 'an empty collection', steps: [remove(SECRETS, { show: ['kind', 'items'] })] },
    { name: 'a collection with a limit', steps: [...three, remove(`${SECRETS}?limit=1`, NAMES), get(SECRETS, NAMES)] },
    {
      name: 'a collection of custom objects',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, widget('a'))),
        given(post(WIDGETS, widget('b'))),
        remove(WIDGETS, { show: ['kind', 'apiVersion', 'items.*.metadata.name'] }),
        get(WIDGETS, NAMES),
      ],
    },
    { name: 'a collection over all namespaces may not be deleted', steps: [remove('/api/v1/secrets')] },
    { name: 'namespaces may not be deleted as a collection', steps: [remove('/api/v1/namespaces')] },
    {
      name: 'a collection with bad options',
      steps: [
        remove(SECRETS, { body: { propagationPolicy: 'Sideways' } }),
        remove(SECRETS, { body: { preconditions: { uid: 'x' } }, show: ['kind'] }),
      ],
    },
  ],
}
