import { type Area, type Case, get, given, patch, post, put, remove, type Step } from '../case.ts'
import { CONFIGMAPS, configMap, defined, ofSpec, PODS, pod, WIDGETS, widget } from './objects.ts'

const C = `${CONFIGMAPS}/a`
const made: Step = given(post(CONFIGMAPS, configMap('a', { data: { n: '1' } }), { as: 'made' }))
const known = defined(
  ofSpec({
    a: { type: 'string' },
    list: { type: 'array', items: { type: 'object', properties: { b: { type: 'integer' } } } },
  }),
)
const LEVELS = ['Strict', 'Warn', 'Ignore', '']

/** Bodies with what no schema knows, as text, since some of it no object can hold. */
const UNKNOWN: Readonly<Record<string, readonly [string, string]>> = {
  'an unknown field': [CONFIGMAPS, '{"metadata":{"name":"b"},"nope":1}'],
  'an unknown field of metadata': [CONFIGMAPS, '{"metadata":{"name":"b","nope":1}}'],
  'a duplicate field': [CONFIGMAPS, '{"metadata":{"name":"b"},"data":{"a":"1","a":"2"}}'],
  'a field in other letters': [CONFIGMAPS, '{"metadata":{"name":"b"},"Data":{"a":"1"}}'],
  'several of both': [CONFIGMAPS, '{"metadata":{"name":"b","name":"b","x":1},"data":{},"y":2,"y":3}'],
  'an unknown field in a container': [
    PODS,
    JSON.stringify(pod('b', {}, { containers: [{ name: 'a', image: 'i', colour: 'red' }] })),
  ],
}

const UNKNOWN_CUSTOM: Readonly<Record<string, string>> = {
  'an unknown field':
    '{"apiVersion":"<group>/v1","kind":"Widget","metadata":{"name":"b"},"spec":{"nope":1,"list":[{"b":1,"c":2}]}}',
  'an unknown field at the root': '{"apiVersion":"<group>/v1","kind":"Widget","metadata":{"name":"b"},"nope":1}',
  'an unknown field of metadata': '{"apiVersion":"<group>/v1","kind":"Widget","metadata":{"name":"b","nope":1}}',
  'a duplicate field': '{"apiVersion":"<group>/v1","kind":"Widget","metadata":{"name":"b"},"spec":{"a":"1","a":"2"}}',
}

const SHOWN = { show: ['data', 'spec', 'metadata.name'] }

export const options: Area = {
  name: 'options',
  title: 'Dry runs and field validation',
  about: 'dryRun on every verb, and fieldValidation with its errors and warnings.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
  cases: [
    ...LEVELS.flatMap(level =>
      Object.entries(UNKNOWN).map(
        ([name, [path, body]]): Case => ({
          name: `fieldValidation=${level}: ${name}`,
          steps: [post(`${path}?fieldValidation=${level}`, body, SHOWN)],
        }),
      ),
    ),
    ...LEVELS.flatMap(level =>
      Object.entries(UNKNOWN_CUSTOM).map(
        ([name, body]): Case => ({
          name: `fieldValidation=${level}: ${name} of a custom object`,
          steps: [...known, post(`${WIDGETS}?fieldValidation=${level}`, body, SHOWN)],
        }),
      ),
    ),
    {
      name: 'fieldValidation=Perhaps',
      steps: [
        post(`${CONFIGMAPS}?fieldValidation=Perhaps`, configMap('b')),
        put(`${C}?fieldValidation=Perhaps`, configMap('a')),
        patch('merge', `${C}?fieldValidation=Perhaps`, { body: {} }),
      ],
    },
    ...LEVELS.map(
      (level): Case => ({
        name: `fieldValidation=${level} of updates and patches`,
        steps: [
          made,
          put(
            `${C}?fieldValidation=${level}`,
            '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"nope":1}',
            SHOWN,
          ),
          patch('merge', `${C}?fieldValidation=${level}`, { body: { nope: 1 }, ...SHOWN }),
          patch('merge', `${C}?fieldValidation=${level}`, { body: '{"data":{"a":"1","a":"2"}}', ...SHOWN }),
          patch('json', `${C}?fieldValidation=${level}`, { body: [{ op: 'add', path: '/nope', value: 1 }], ...SHOWN }),
          patch('strategic', `${C}?fieldValidation=${level}`, { body: { nope: 1 }, ...SHOWN }),
        ],
      }),
    ),
    {
      name: 'a creation as a dry run',
      source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run',
      steps: [post(`${CONFIGMAPS}?dryRun=All`, configMap('a', { data: { n: '1' } })), get(C)],
    },
    {
      name: 'a creation of what is there, as a dry run',
      steps: [made, post(`${CONFIGMAPS}?dryRun=All`, configMap('a'))],
    },
    { name: 'a creation that is invalid, as a dry run', steps: [post(`${CONFIGMAPS}?dryRun=All`, configMap('A_'))] },
    {
      name: 'a generated name as a dry run',
      steps: [
        post(
          `${CONFIGMAPS}?dryRun=All`,
          { metadata: { generateName: 'a-' } },
          { show: ['metadata.name', 'metadata.generateName'] },
        ),
      ],
    },
    {
      name: 'an update as a dry run',
      steps: [made, put(`${C}?dryRun=All`, configMap('a', { data: { n: '2' } }), SHOWN), get(C, SHOWN)],
    },
    {
      name: 'an update in conflict, as a dry run',
      steps: [made, put(`${C}?dryRun=All`, configMap('a', { metadata: { resourceVersion: '1' } }))],
    },
    {
      name: 'a patch as a dry run keeps the version',
      steps: [
        post(CONFIGMAPS, configMap('a', { data: { n: '1' } }), { show: ['metadata.resourceVersion'] }),
        patch('merge', `${C}?dryRun=All`, { body: { data: { n: '2' } }, show: ['data', 'metadata.resourceVersion'] }),
        get(C, SHOWN),
      ],
    },
    { name: 'a deletion as a dry run', steps: [made, remove(`${C}?dryRun=All`), get(C, SHOWN)] },
    {
      name: 'a deletion with a finalizer as a dry run',
      steps: [
        given(post(CONFIGMAPS, configMap('a', { metadata: { finalizers: ['example.com/f'] } }))),
        remove(`${C}?dryRun=All`, { show: ['metadata.deletionTimestamp', 'metadata.finalizers'] }),
        get(C, { show: ['metadata.deletionTimestamp'] }),
      ],
    },
    {
      name: 'a dry run of half of it',
      steps: [
        post(`${CONFIGMAPS}?dryRun=Half`, configMap('a')),
        put(`${C}?dryRun=Half`, configMap('a')),
        patch('merge', `${C}?dryRun=Half`, { body: {} }),
        post(`${CONFIGMAPS}?dryRun=All&dryRun=All`, configMap('a'), { show: 'code' }),
        post(`${CONFIGMAPS}?dryRun=`, configMap('a'), { show: 'code' }),
      ],
    },
    {
      name: 'a field manager that cannot be',
      steps: [
        post(`${CONFIGMAPS}?fieldManager=${'x'.repeat(129)}`, configMap('a')),
        put(`${C}?fieldManager=%01`, configMap('a')),
      ],
    },
    {
      name: 'a custom object as a dry run',
      steps: [...known, post(`${WIDGETS}?dryRun=All`, widget('a', { spec: { a: 'x' } }), SHOWN), get(`${WIDGETS}/a`)],
    },
  ],
}
