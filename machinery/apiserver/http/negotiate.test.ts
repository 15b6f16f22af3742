import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Form, formFor, type Offer } from './negotiate.ts'

const ALL: Offer = { encodings: ['json', 'yaml', 'protobuf'], shapes: ['Table', 'PartialObjectMetadata'] }
const CUSTOM: Offer = { ...ALL, encodings: ['json', 'yaml'] }
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io'

// What real clients send: kubectl, client-go's typed and metadata clients, curl, a browser.
const ROWS: readonly (readonly [string | undefined, Form])[] = [
  [undefined, { encoding: 'json' }],
  ['*/*', { encoding: 'json' }],
  ['application/*', { encoding: 'json' }],
  [`${TABLE},application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json`, { encoding: 'json', as: 'Table' }],
  ['application/vnd.kubernetes.protobuf,application/json', { encoding: 'protobuf' }],
  ['application/vnd.kubernetes.protobuf, */*', { encoding: 'protobuf' }],
  [
    'application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
    { encoding: 'protobuf', as: 'PartialObjectMetadata' },
  ],
  ['application/vnd.kubernetes.protobuf;as=Table;g=meta.k8s.io;v=v1,application/yaml', { encoding: 'yaml' }],
  ['application/json;as=Other;v=v1;g=meta.k8s.io,application/json', { encoding: 'json' }],
  ['application/json;q=0.1,application/yaml', { encoding: 'yaml' }],
  ['application/json;q=0,application/yaml;q=0.2', { encoding: 'yaml' }],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', { encoding: 'json' }],
  ['APPLICATION/JSON;charset=utf-8', { encoding: 'json' }],
  ['application/json;pretty=1', { encoding: 'json' }],
]

for (const [accept, form] of ROWS) {
  test(`Accept: ${accept ?? '(none)'}`, () => assert.deepEqual(formFor(accept, ALL), form))
}

test('custom kinds have no protobuf, and the client is told what there is', () => {
  assert.deepEqual(formFor('application/vnd.kubernetes.protobuf, */*', CUSTOM), { encoding: 'json' })
  assert.throws(() => formFor('application/vnd.kubernetes.protobuf', CUSTOM), {
    code: 'NotAcceptable',
    message: 'only the following media types are accepted: application/json, application/yaml',
  })
})

test('frames of a watch may be asked for by name, and only of a watch', () => {
  const accept = 'application/json;stream=watch'
  assert.deepEqual(formFor(accept, { ...ALL, stream: true }), { encoding: 'json' })
  assert.throws(() => formFor(accept, ALL), { code: 'NotAcceptable' })
})

test('a type that nobody knows is refused as the router of kube-apiserver refuses it', () => {
  for (const accept of ['text/html', 'nonsense']) {
    assert.throws(() => formFor(accept, CUSTOM), {
      code: 'NotAcceptable',
      message: '406: Not Acceptable\n\nAvailable representations: application/json, application/yaml',
    })
  }
})
