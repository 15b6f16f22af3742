import { type Area, get, given, post, remove, type Step } from '../case.ts'
import { ANYTHING, defined, labelled, SECRETS, secret, WIDGETS, widget } from './objects.ts'

const five: readonly Step[] = ['a', 'b', 'c', 'd', 'e'].map(name =>
  given(post(SECRETS, labelled(name, { odd: String('ace'.includes(name)) }))),
)
const PAGE = { show: ['metadata', 'items.*.metadata.name'] }

export const pages: Area = {
  name: 'pages',
  title: 'Lists, pages and versions',
  about:
    'limit and continue, remaining counts, and what resourceVersion and resourceVersionMatch mean for a list or an object.',
  source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks',
  cases: [
    {
      name: 'pages of two',
      steps: [
        ...five,
        get(`${SECRETS}?limit=2`, { ...PAGE, as: 'one' }),
        get(`${SECRETS}?limit=2&continue=<one.metadata.continue>`, { ...PAGE, as: 'two' }),
        get(`${SECRETS}?limit=2&continue=<two.metadata.continue>`, PAGE),
      ],
    },
    {
      name: 'a continuation without a limit is the rest',
      steps: [
        ...five,
        given(get(`${SECRETS}?limit=2`, { as: 'one' })),
        get(`${SECRETS}?continue=<one.metadata.continue>`, PAGE),
      ],
    },
    {
      name: 'a continuation shows what was when the first page was read',
      steps: [
        ...five,
        given(get(`${SECRETS}?limit=2`, { as: 'one' })),
        given(remove(`${SECRETS}/d`)),
        given(post(SECRETS, secret('cc'))),
        get(`${SECRETS}?limit=9&continue=<one.metadata.continue>`, PAGE),
        get(SECRETS, { show: ['items.*.metadata.name'] }),
      ],
    },
    { name: 'a limit that is just enough', steps: [...five, get(`${SECRETS}?limit=5`, PAGE)] },
    { name: 'a limit of zero is none', steps: [...five, get(`${SECRETS}?limit=0`, PAGE)] },
    { name: 'a limit below zero', steps: [...five, get(`${SECRETS}?limit=-1`, PAGE)] },
    { name: 'a limit that is no number', steps: [get(`${SECRETS}?limit=x`)] },
    {
      name: 'a limit with a label selector does not count what remains',
      steps: [...five, get(`${SECRETS}?limit=2&labelSelector=odd=true`, PAGE)],
    },
    {
      name: 'a selector goes on over pages',
      steps: [
        ...five,
        given(get(`${SECRETS}?limit=1&labelSelector=odd=true`, { as: 'one' })),
        get(`${SECRETS}?limit=5&labelSelector=odd=true&continue=<one.metadata.continue>`, PAGE),
      ],
    },
    { name: 'an empty list', steps: [get(`${SECRETS}?limit=2`)] },
    {
      name: 'a list of a namespace that is not there',
      steps: [get('/api/v1/namespaces/nowhere/secrets', { show: ['items', 'kind'] })],
    },
    {
      name: 'a continuation that is none',
      steps: [get(`${SECRETS}?continue=x`), get(`${SECRETS}?continue=${Buffer.from('{}').toString('base64url')}`)],
    },
    {
      name: 'a continuation with a resourceVersion',
      steps: [
        ...five,
        given(get(`${SECRETS}?limit=2`, { as: 'one' })),
        get(`${SECRETS}?continue=<one.metadata.continue>&resourceVersion=1`),
      ],
    },
    {
      name: 'items of a list do not say their kind, those of a custom one do',
      steps: [
        ...defined(ANYTHING),
        given(post(WIDGETS, widget('a'))),
        given(post(SECRETS, secret('a'))),
        get(SECRETS, { show: ['kind', 'apiVersion', 'items'] }),
        get(WIDGETS, { show: ['kind', 'apiVersion', 'items'] }),
      ],
    },
    {
      name: 'lists are in the order of namespaces and names',
      steps: [
        ...['b', 'a-b', 'a', 'a.b', '0', 'aa'].map(name => given(post(SECRETS, secret(name)))),
        get(SECRETS, { show: ['items.*.metadata.name'] }),
      ],
    },
    {
      name: 'a list at a version of the future',
      steps: [
        get(`${SECRETS}?resourceVersion=999999999&resourceVersionMatch=NotOlderThan&timeoutSeconds=1`, {
          show: 'code',
        }),
      ],
    },
    { name: 'a list at any version', steps: [...five, get(`${SECRETS}?resourceVersion=0`, { show: ['kind'] })] },
    {
      name: 'a list at exactly a version of the past',
      steps: [
        ...five,
        given(get(SECRETS, { as: 'then' })),
        given(remove(`${SECRETS}/a`)),
        get(`${SECRETS}?resourceVersion=<then.metadata.resourceVersion>&resourceVersionMatch=Exact`, {
          show: ['items.*.metadata.name'],
        }),
        get(`${SECRETS}?resourceVersion=<then.metadata.resourceVersion>&resourceVersionMatch=NotOlderThan`, {
          show: ['items.*.metadata.name'],
        }),
        get(`${SECRETS}?resourceVersion=<then.metadata.resourceVersion>&limit=9`, {
          show: ['items.*.metadata.name'],
        }),
      ],
    },
    {
      name: 'resourceVersionMatch that does not fit',
      steps: [
        get(`${SECRETS}?resourceVersionMatch=Exact`),
        get(`${SECRETS}?resourceVersionMatch=NotOlderThan`),
        get(`${SECRETS}?resourceVersion=0&resourceVersionMatch=Exact`),
        get(`${SECRETS}?resourceVersion=1&resourceVersionMatch=Almost`),
        get(`${SECRETS}?resourceVersion=1&resourceVersionMatch=Exact&continue=x`),
      ],
    },
    {
      name: 'a resourceVersion that is no number',
      steps: [get(`${SECRETS}?resourceVersion=x`), get(`${SECRETS}?resourceVersion=-1`)],
    },
    {
      name: 'an object at any version, and at one of the future',
      steps: [
        ...five,
        get(`${SECRETS}/a?resourceVersion=0`, { show: ['metadata.name'] }),
        get(`${SECRETS}/a?resourceVersion=999999999`, { show: 'code' }),
        get(`${SECRETS}/a?resourceVersion=x`),
      ],
    },
    {
      name: 'parameters that nobody knows are ignored',
      steps: [
        ...five,
        get(`${SECRETS}?nobody=knows&pretty=true&allowWatchBookmarks=true`, { show: ['items.*.metadata.name'] }),
      ],
    },
  ],
}
