import { type Area, get, given, patch, post, put, query, remove, type Step } from '../case.ts'
import { ANYTHING, defined, labelled, SECRETS, secret, WIDGETS, widget } from './objects.ts'

const SHOWN = { show: ['*.type', '*.object.metadata.name', '*.object.data', '*.object.metadata.labels'] }
const before: Step = given(get(SECRETS, { as: 'then' }))
const FROM = '&resourceVersion=<then.metadata.resourceVersion>'
const change = (name: string, body: object) => given(patch('merge', `${SECRETS}/${name}`, { body }))

export const watches: Area = {
  name: 'watches',
  title: 'Watches',
  about: 'Events in their order, selectors, first events, bookmarks, ends and refusals.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes',
  cases: [
    {
      name: 'what was created, changed and deleted since',
      steps: [
        before,
        given(post(SECRETS, secret('a', { data: { n: 'MQ==' } }))),
        change('a', { data: { n: 'Mg==' } }),
        given(remove(`${SECRETS}/a`)),
        get(`${SECRETS}?watch=1${FROM}`, { events: 3, ...SHOWN }),
      ],
    },
    {
      name: 'events are whole objects',
      steps: [
        before,
        given(post(SECRETS, secret('a', { data: { n: 'MQ==' } }))),
        get(`${SECRETS}?watch=true${FROM}`, { events: 1 }),
      ],
    },
    {
      name: 'an event of a deletion has the version of the deletion',
      steps: [
        before,
        post(SECRETS, secret('a'), { show: ['metadata.resourceVersion'] }),
        given(remove(`${SECRETS}/a`)),
        get(`${SECRETS}?watch=1${FROM}`, {
          events: 2,
          show: ['*.type', '0.object.metadata.resourceVersion', '1.object.metadata.resourceVersion'],
        }),
      ],
    },
    {
      name: 'without a version it begins with all there is',
      steps: [
        given(post(SECRETS, secret('b'))),
        given(post(SECRETS, secret('a'))),
        change('b', { data: { n: 'MQ==' } }),
        get(`${SECRETS}?watch=1`, { events: 2, ...SHOWN }),
        get(`${SECRETS}?watch=1&resourceVersion=0`, { events: 2, ...SHOWN }),
      ],
    },
    {
      name: 'what comes to match a selector is added, what ceases to is deleted',
      steps: [
        before,
        given(post(SECRETS, labelled('a', { on: 'no' }))),
        change('a', { metadata: { labels: { on: 'yes' } } }),
        change('a', { data: { n: 'MQ==' } }),
        change('a', { metadata: { labels: { on: 'no' } } }),
        change('a', { data: { n: 'Mg==' } }),
        given(post(SECRETS, labelled('last', { on: 'yes' }))),
        get(`${SECRETS}${query({ watch: '1', labelSelector: 'on=yes' })}${FROM}`, { events: 4, ...SHOWN }),
      ],
    },
    {
      name: 'a field selector narrows to one object',
      steps: [
        before,
        given(post(SECRETS, secret('a'))),
        given(post(SECRETS, secret('b'))),
        get(`${SECRETS}${query({ watch: '1', fieldSelector: 'metadata.name=b' })}${FROM}`, { events: 1, ...SHOWN }),
      ],
    },
    {
      name: 'watch of a single object by its path is the old way, and still there',
      steps: [
        before,
        given(post(SECRETS, secret('a'))),
        get(`/api/v1/watch/namespaces/<ns>/secrets/a?${FROM}`, { events: 1, ...SHOWN }),
        get(`/api/v1/watch/namespaces/<ns>/secrets?${FROM}`, { events: 1, ...SHOWN }),
      ],
    },
    {
      name: 'watch on a single object is no watch, but a read',
      steps: [
        given(post(SECRETS, secret('a'))),
        get(`${SECRETS}/a?watch=1&timeoutSeconds=1`, { show: ['kind', 'metadata.name'] }),
      ],
    },
    {
      name: 'it ends when its time is over',
      steps: [before, get(`${SECRETS}?watch=1&timeoutSeconds=1${FROM}`, { events: 1 })],
    },
    {
      name: 'first events end with a bookmark that says so',
      source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists',
      steps: [
        given(post(SECRETS, secret('a'))),
        given(post(SECRETS, secret('b'))),
        get(`${SECRETS}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`, {
          events: 3,
          show: ['*.type', '*.object.metadata.name', '*.object.metadata.annotations', '2.object.kind'],
        }),
      ],
    },
    {
      name: 'first events of an empty collection',
      steps: [
        get(`${SECRETS}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`, {
          events: 1,
          show: ['*.type', '*.object.metadata.annotations', '*.object.kind', '*.object.apiVersion'],
        }),
      ],
    },
    {
      name: 'first events that are asked for wrongly',
      steps: [
        get(`${SECRETS}?watch=1&sendInitialEvents=true`),
        get(`${SECRETS}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true`),
        get(`${SECRETS}?watch=1&sendInitialEvents=true&resourceVersionMatch=Exact`),
        get(`${SECRETS}?watch=1&resourceVersionMatch=NotOlderThan`),
        get(`${SECRETS}?sendInitialEvents=true`),
      ],
    },
    {
      name: 'a version that is no number, or negative',
      steps: [
        get(`${SECRETS}?watch=1&resourceVersion=x`, { events: 1 }),
        get(`${SECRETS}?watch=1&resourceVersion=-1`, { events: 1 }),
      ],
    },
    {
      name: 'a watch with a timeout that is no number',
      steps: [get(`${SECRETS}?watch=1&timeoutSeconds=x`)],
    },
    {
      name: 'a watch as a table has its columns in the first event alone',
      steps: [
        before,
        given(post(SECRETS, secret('a'))),
        given(post(SECRETS, secret('b'))),
        get(`${SECRETS}?watch=1${FROM}`, {
          events: 2,
          headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
          show: [
            '*.type',
            '*.object.kind',
            '0.object.columnDefinitions.*.name',
            '1.object.columnDefinitions',
            '*.object.rows.0.cells.0',
          ],
        }),
      ],
    },
    {
      name: 'a watch as metadata alone',
      steps: [
        before,
        given(post(SECRETS, secret('a', { data: { a: 'MQ==' } }))),
        get(`${SECRETS}?watch=1${FROM}`, {
          events: 1,
          headers: { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' },
        }),
      ],
    },
    {
      name: 'a watch of a custom kind',
      steps: [
        ...defined(ANYTHING),
        given(get(WIDGETS, { as: 'then' })),
        given(post(WIDGETS, widget('a', { spec: { a: 1 } }), { as: 'made' })),
        given(
          put(
            `${WIDGETS}/a`,
            widget('a', {
              metadata: { name: 'a', resourceVersion: '<made.metadata.resourceVersion>' },
              spec: { a: 2 },
            }),
          ),
        ),
        get(`${WIDGETS}?watch=1${FROM}`, {
          events: 2,
          show: ['*.type', '*.object.spec', '*.object.metadata.generation', '*.object.kind'],
        }),
      ],
    },
    {
      name: 'a write that changes nothing is no event',
      steps: [
        given(post(SECRETS, secret('a', { data: { n: 'MQ==' } }))),
        before,
        change('a', { data: { n: 'MQ==' } }),
        change('a', { data: { n: 'Mg==' } }),
        get(`${SECRETS}?watch=1${FROM}`, { events: 1, ...SHOWN }),
      ],
    },
    {
      name: 'a finalizer makes a deletion two events',
      steps: [
        given(post(SECRETS, secret('a', { metadata: { finalizers: ['example.com/f'] } }))),
        before,
        given(remove(`${SECRETS}/a`)),
        given(patch('merge', `${SECRETS}/a`, { body: { metadata: { finalizers: null } } })),
        get(`${SECRETS}?watch=1${FROM}`, {
          events: 2,
          show: ['*.type', '*.object.metadata.deletionTimestamp', '*.object.metadata.finalizers'],
        }),
      ],
    },
  ],
}
