import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Kubectl, openKubectl, withKubectl as options } from './kubectl.ts'

// A definition of somebody else's: made, used in both its versions, and taken away.

let kubectl: Kubectl
before(async () => {
  if (!options.skip) kubectl = await openKubectl()
})
after(() => kubectl?.[Symbol.asyncDispose]())

const run = (words: string, input: object = {}) => kubectl.run(words, { input })
const ok = (words: string, input: object = {}) => kubectl.ok(words, { input })

const rule = { rule: 'self.replicas <= self.most', message: 'more than there may be' }
const spec = {
  type: 'object',
  required: ['replicas'],
  properties: {
    replicas: { type: 'integer', minimum: 0 },
    most: { type: 'integer', default: 5 },
    version: { type: 'string' },
  },
  'x-kubernetes-validations': [rule],
}
const text = { type: 'string' }
const condition = { type: 'object', required: ['type'], properties: { type: text, status: text } }
const status = {
  type: 'object',
  properties: {
    replicas: { type: 'integer' },
    selector: { type: 'string' },
    conditions: {
      type: 'array',
      items: condition,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
    },
  },
}
const READY = '.status.conditions[?(@.type=="Ready")].status'
const version = (name: string, more: object) => ({
  name,
  served: true,
  storage: false,
  schema: { openAPIV3Schema: { type: 'object', properties: { spec, status } } },
  subresources: {
    status: {},
    scale: {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.status.selector',
    },
  },
  additionalPrinterColumns: [
    { name: 'Desired', type: 'integer', jsonPath: '.spec.replicas' },
    { name: 'Ready', type: 'string', jsonPath: READY },
    { name: 'Version', type: 'string', jsonPath: '.spec.version', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  selectableFields: [{ jsonPath: '.spec.version' }],
  ...more,
})
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'fleets.example.com' },
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: { plural: 'fleets', kind: 'Fleet', shortNames: ['fl'], categories: ['rack'] },
    versions: [version('v1beta1', { deprecated: true }), version('v1', { storage: true })],
  },
}
const fleet = (name: string, given: object, of = 'v1') => ({
  apiVersion: `example.com/${of}`,
  kind: 'Fleet',
  metadata: { name },
  spec: given,
})

test('a definition is applied, established, and known by all its names', options, async () => {
  assert.equal(
    await ok('apply -f -', definition),
    'customresourcedefinition.apiextensions.k8s.io/fleets.example.com created\n',
  )
  await ok('wait --for=condition=established crd/fleets.example.com --timeout=10s')
  assert.match(await ok('get crd'), /^fleets\.example\.com +\d{4}-/m)
  assert.match(await ok('api-resources --api-group=example.com'), /^fleets +fl +example\.com\/v1 +true +Fleet$/m)
  const again = await ok('apply -f -', definition)
  assert.equal(again, 'customresourcedefinition.apiextensions.k8s.io/fleets.example.com unchanged\n')
})

test('objects are made in either version, and rules are kept', options, async () => {
  await ok('apply -f -', fleet('a', { replicas: 2, version: 'x' }))
  const old = await run('create -f -', fleet('b', { replicas: 1 }, 'v1beta1'))
  assert.equal(old.code, 0, old.err)
  assert.match(old.err, /^Warning: example\.com\/v1beta1 Fleet is deprecated; use example\.com\/v1 Fleet$/m)
  const bad = await run('create -f -', fleet('c', { replicas: 9 }))
  assert.match(bad.err, /The Fleet "c" is invalid: spec: Invalid value: .*: more than there may be/)
  assert.match(
    await ok('get fleets.v1beta1.example.com a -o jsonpath={.apiVersion}/{.spec.most}'),
    /^example\.com\/v1beta1\/5$/,
  )
})

test('columns are shown, wide ones too', options, async () => {
  await ok(
    'patch fleet a --subresource=status --type=merge -p {"status":{"replicas":2,"conditions":[{"type":"Ready","status":"True"}]}}',
  )
  assert.match(await ok('get fl'), /^NAME +DESIRED +READY +AGE\na +2 +True +\d+s\nb +1 +\d+s\n$/)
  assert.match(await ok('get rack -o wide'), /^NAME +DESIRED +READY +VERSION +AGE\na +2 +True +x +\d+s\n/)
  assert.match(await ok('get fl --field-selector=spec.version=x'), /^NAME.*\na [^\n]*\n$/)
})

test('a fleet is scaled, unless it has changed or may not be so large', options, async () => {
  assert.equal(await ok('scale fleet a --replicas=4'), 'fleet.example.com/a scaled\n')
  assert.equal(await ok('get fleet a -o jsonpath={.spec.replicas}'), '4')
  const stale = await run('scale fleet a --replicas=3 --current-replicas=7')
  assert.match(stale.err, /Expected replicas to be 7, was 4/)
  assert.match((await run('scale fleet a --replicas=6')).err, /more than there may be/)
  assert.match(await ok('get fleet a --subresource=scale'), /^NAME +DESIRED +AVAILABLE +AGE\na +4 +2 +\d+s\n$/)
})

test('a definition goes with its objects', options, async () => {
  assert.equal(
    await ok('delete crd fleets.example.com'),
    'customresourcedefinition.apiextensions.k8s.io "fleets.example.com" deleted\n',
  )
  assert.match((await run('get fleets')).err, /\(NotFound\).*the server could not find the requested resource/)
  await ok('apply -f -', definition)
  await ok('wait --for=condition=established crd/fleets.example.com --timeout=10s')
  assert.equal((await run('get fleets')).err, 'No resources found in default namespace.\n')
})
