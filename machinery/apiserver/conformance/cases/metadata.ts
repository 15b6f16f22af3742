import { type Area, type Case, post } from '../case.ts'
import { ANYTHING, CONFIGMAPS, configMap, defined, SECRETS, WIDGETS } from './objects.ts'

const LONG = 'x'.repeat(254)
const SIXTY = 'y'.repeat(64)

const NAMES: Readonly<Record<string, string>> = {
  'with a capital letter': 'Upper',
  'with an underscore': 'a_b',
  'that begins with a hyphen': '-a',
  'that ends with a dot': 'a.',
  'with two dots': 'a..b',
  'with a slash': 'a/b',
  'with a per cent sign': 'a%b',
  'that is a dot': '.',
  'of two dots': '..',
  'of 254 letters': LONG,
  'of 253 letters': LONG.slice(1),
  'of digits': '007',
  'with a space': 'a b',
  'with a letter beyond ASCII': 'ä',
}

const METADATA: Readonly<Record<string, unknown>> = {
  'a label key without a name': { labels: { 'example.com/': 'x' } },
  'a label key with two slashes': { labels: { 'a/b/c': 'x' } },
  'a label key with a bad prefix': { labels: { 'Example_/a': 'x' } },
  'a label key that is too long': { labels: { [SIXTY]: 'x' } },
  'a label value that is too long': { labels: { a: SIXTY } },
  'a label value with a space': { labels: { a: 'x y' } },
  'an empty label value': { labels: { a: '' } },
  'a label that is a number': { labels: { a: 1 } },
  'a label that is null': { labels: { a: null } },
  'labels that are a list': { labels: ['a'] },
  'labels that are null': { labels: null },
  'an annotation key with a capital prefix': { annotations: { 'Example.com/a': 'x' } },
  'an annotation key that is bad': { annotations: { 'a b': 'x' } },
  'an annotation of any text': { annotations: { a: 'any text, ü and \n' } },
  'annotations that are too large together': { annotations: { a: 'x'.repeat(262_145) } },
  'a finalizer without a domain': { finalizers: ['mine'] },
  'a finalizer that is bad': { finalizers: ['a b/c'] },
  'a finalizer twice': { finalizers: ['example.com/a', 'example.com/a'] },
  'the finalizers of the garbage collector': { finalizers: ['foregroundDeletion'] },
  'both finalizers of the garbage collector': { finalizers: ['foregroundDeletion', 'orphan'] },
  'an owner without a name': { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', uid: 'u' }] },
  'an owner without a uid': { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p' }] },
  'an owner without a kind': { ownerReferences: [{ apiVersion: 'v1', name: 'p', uid: 'u' }] },
  'an owner with a bad apiVersion': { ownerReferences: [{ apiVersion: 'a/b/c', kind: 'Pod', name: 'p', uid: 'u' }] },
  'an owner that may not be one': { ownerReferences: [{ apiVersion: 'v1', kind: 'Event', name: 'p', uid: 'u' }] },
  'two controllers': {
    ownerReferences: [
      { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u', controller: true },
      { apiVersion: 'v1', kind: 'Pod', name: 'q', uid: 'v', controller: true },
    ],
  },
  'one owner twice': {
    ownerReferences: [
      { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' },
      { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' },
    ],
  },
  'fields that only the server may say': {
    uid: 'mine',
    creationTimestamp: '2001-01-01T00:00:00Z',
    deletionTimestamp: '2001-01-01T00:00:00Z',
    deletionGracePeriodSeconds: 7,
    generation: 7,
    selfLink: '/x',
  },
  'a resourceVersion': { resourceVersion: '1' },
  'a resourceVersion of zero': { resourceVersion: '0' },
  'a generation below zero': { generation: -1 },
  'a creationTimestamp that is no time': { creationTimestamp: 'yesterday' },
  'the namespace of the path': { namespace: '<ns>' },
  'another namespace': { namespace: 'other' },
  'an unknown field': { unknown: 'x' },
}

const causes = { show: ['metadata'] }

const GENERATE: Readonly<Record<string, unknown>> = {
  'a prefix': { generateName: 'a-' },
  'a prefix and a name': { generateName: 'a-', name: 'b' },
  'a prefix that is bad': { generateName: 'A_' },
  'a prefix that is too long': { generateName: LONG },
  'an empty prefix': { generateName: '' },
  'no name at all': {},
  'a name that is a number': { name: 7 },
  'a name that is null': { name: null },
}

/** A refusal of a generated name holds the name. */
const shown = (name: string) => ({ show: name.startsWith('a prefix that') ? ('code' as const) : ['metadata'] })

const on = (path: string, kind: object, metadata: unknown) => post(path, { ...kind, metadata }, causes)
const CONFIGMAP = { apiVersion: 'v1', kind: 'ConfigMap' }
const WIDGET = { apiVersion: '<group>/v1', kind: 'Widget' }

export const metadata: Area = {
  name: 'metadata',
  title: 'Names and metadata',
  about: 'What names, labels, annotations, finalizers and owners may be, and which fields are the server’s to say.',
  source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  cases: [
    ...Object.entries(NAMES).map(
      ([name, value]): Case => ({ name: `a name ${name}`, steps: [post(CONFIGMAPS, configMap(value), causes)] }),
    ),
    ...Object.entries(NAMES)
      .slice(0, 6)
      .map(
        ([name, value]): Case => ({
          name: `a custom object with a name ${name}`,
          steps: [...defined(ANYTHING), on(WIDGETS, WIDGET, { name: value })],
        }),
      ),
    ...Object.entries(METADATA).map(
      ([name, fields]): Case => ({
        name: `with ${name}`,
        source: 'apimachinery pkg/api/validation/objectmeta.go',
        steps: [on(CONFIGMAPS, CONFIGMAP, { name: 'a', ...(fields as object) })],
      }),
    ),
    ...[
      'a label that is a number',
      'labels that are a list',
      'an unknown field',
      'a label value with a space',
      'a label that is null',
      'two controllers',
    ].map(
      (name): Case => ({
        name: `a custom object with ${name}`,
        steps: [...defined(ANYTHING), on(WIDGETS, WIDGET, { name: 'a', ...(METADATA[name] as object) })],
      }),
    ),
    ...Object.entries(GENERATE).map(
      ([name, fields]): Case => ({
        name: `named by ${name}`,
        source: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values',
        steps: [
          post(CONFIGMAPS, { ...CONFIGMAP, metadata: fields }, shown(name)),
          post(SECRETS, { apiVersion: 'v1', kind: 'Secret', metadata: fields }, shown(name)),
        ],
      }),
    ),
    ...['Upper', 'a.b', 'x'.repeat(64), '1a', '-a', 'default'].map(
      (name): Case => ({
        name: `a namespace named ${name}`,
        steps: [post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, causes)],
      }),
    ),
  ],
}
