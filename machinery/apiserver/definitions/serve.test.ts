import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asBody } from '../registry/served.ts'
import { readDefinition } from './definition.ts'
import { finalizerWarnings } from './finalizer-warnings.ts'
import { conditionsOf, Definitions, definition, kindOf, openEmpty, version } from './opening.ts'
import { scaleFaults } from './scale-faults.ts'

const Widget = kindOf('widgets')
const widget = (name: string, more: object = {}) => ({
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name, namespace: 'default' },
  ...more,
})

const SCALE = {
  specReplicasPath: '.spec.replicas',
  statusReplicasPath: '.status.replicas',
  labelSelectorPath: '.status.selector',
}

test('a served version has the names, columns, subresources and selectable fields of its definition', async () => {
  await using api = await openEmpty()
  const schema = {
    openAPIV3Schema: {
      type: 'object',
      properties: { spec: { type: 'object', properties: { size: { type: 'integer' }, on: { type: 'boolean' } } } },
    },
  }
  const more = {
    schema,
    subresources: { status: {}, scale: SCALE },
    additionalPrinterColumns: [{ name: 'Size', type: 'integer', format: 'int32', jsonPath: '.spec.size', priority: 1 }],
    selectableFields: [{ jsonPath: '.spec.size' }, { jsonPath: '.spec.on' }],
  }
  const names = { shortNames: ['wg'], categories: ['all'], listKind: 'Widgetry' }
  const made = definition('widgets', { names, spec: { scope: 'Cluster', versions: [version('v1', more)] } })
  await api.client.create(Definitions, made)
  await api.registry.settled()
  const [served] = api.registry.room.catalog.versions('widgets.example.com')
  assert.ok(served, String(conditionsOf(await api.client.get(Definitions, { name: 'widgets.example.com' }))))
  const { kind, traits } = served
  assert.deepEqual(
    [kind.shortNames, kind.categories, kind.listKind, kind.namespaced],
    [['wg'], ['all'], 'Widgetry', false],
  )
  assert.deepEqual(kind.columns, [
    { name: 'Size', type: 'integer', format: 'int32', jsonPath: '.spec.size', priority: 1 },
  ])
  assert.equal(kind.statusSubresource, true)
  const object = asBody({ spec: { size: 3 }, status: { selector: 'a=b' } })
  const selected = Object.entries(traits.selectable ?? {}).map(([name, read]) => [name, read(object)])
  assert.deepEqual(selected, [
    ['spec.size', '3'],
    ['spec.on', ''],
  ])
  assert.equal(traits.scale?.selector?.(object), 'a=b')
})

test('without a status subresource, a new status is a new generation', async () => {
  await using api = await openEmpty()
  await api.client.create(Definitions, definition('widgets'))
  await api.client.create(
    Definitions,
    definition('gadgets', { spec: { versions: [version('v1', { subresources: { status: {} } })] } }),
  )
  await api.registry.settled()
  const made = await api.client.create(Widget, widget('a', { status: { on: true } }))
  assert.deepEqual(made.status, { on: true })
  const next = await api.client.update(Widget, { ...made, status: { on: false } })
  assert.deepEqual([made.metadata.generation, next.metadata.generation], [1, 2])
  const Gadget = kindOf('gadgets')
  const gadget = await api.client.create(Gadget, { ...widget('a', { status: { on: true } }), kind: 'Gadget' })
  assert.equal(gadget.status, undefined)
  const reported = await api.client.updateStatus(Gadget, { ...gadget, status: { on: true } })
  assert.deepEqual([reported.status, reported.metadata.generation], [{ on: true }, 1])
})

// The default is apiextensions' `defaultDeprecationWarning`.
const WARNINGS: readonly [versions: readonly object[], of: string, warning: string | undefined][] = [
  [[version('v1')], 'v1', undefined],
  [[version('v1', { deprecated: true })], 'v1', 'example.com/v1 Widget is deprecated'],
  [[version('v1', { deprecated: true, deprecationWarning: 'old!' })], 'v1', 'old!'],
  [
    [version('v1beta1', { deprecated: true }), version('v1', { storage: false }), version('v2', { storage: false })],
    'v1beta1',
    'example.com/v1beta1 Widget is deprecated; use example.com/v2 Widget',
  ],
  [
    [version('v2', { deprecated: true }), version('v1', { storage: false })],
    'v2',
    'example.com/v2 Widget is deprecated',
  ],
  [
    [version('v1', { deprecated: true }), version('v2', { storage: false, served: false })],
    'v1',
    'example.com/v1 Widget is deprecated',
  ],
]
for (const [versions, of, warning] of WARNINGS) {
  test(`whoever uses ${of} of ${versions.length} is ${warning ? `told: ${warning}` : 'not told anything'}`, () => {
    const body = asBody({ ...definition('widgets', { spec: { versions } }), status: {} })
    assert.equal(readDefinition(body).versions.find(one => one.name === of)?.deprecation, warning)
  })
}

const FINALIZERS: readonly [finalizer: string, warnings: readonly string[]][] = [
  ['example.com/hold', []],
  ['foregroundDeletion', []],
  [
    'hold',
    [
      'metadata.finalizers: "hold": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers',
    ],
  ],
  [
    'hold.example.com',
    [
      'metadata.finalizers: "hold.example.com": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
    ],
  ],
]
for (const [finalizer, warnings] of FINALIZERS) {
  test(`the finalizer ${finalizer} is ${warnings.length ? 'warned of' : 'good'}, when it is new`, () => {
    const object = asBody({ metadata: { name: 'a', finalizers: [finalizer] } })
    assert.deepEqual(finalizerWarnings(object), warnings)
    assert.deepEqual(finalizerWarnings(object, object), [])
  })
}

const COUNTS: readonly [fields: object, causes: readonly string[]][] = [
  [{ spec: { replicas: 3 }, status: { replicas: 0, selector: '' } }, []],
  [{}, []],
  [{ spec: { replicas: -1 } }, ['.spec.replicas: Invalid value: -1: should be a non-negative integer']],
  [
    { status: { replicas: 2 ** 31 } },
    ['.status.replicas: Invalid value: 2147483648: should be less than or equal to 2147483647'],
  ],
  [
    { spec: { replicas: 'x' }, status: { selector: { a: [1, null] } } },
    [
      '.spec.replicas: Invalid value: 0: .spec.replicas accessor error: x is of the type string, expected int64',
      '.status.selector: Invalid value: "": .status.selector accessor error: map[a:[1 <nil>]] is of the type map[string]interface {}, expected string',
    ],
  ],
]
for (const [fields, causes] of COUNTS) {
  test(`replicas in ${JSON.stringify(fields)} are ${causes.length ? 'refused' : 'accepted'}`, () => {
    assert.deepEqual(
      scaleFaults(asBody(fields), SCALE).map(({ field, message }) => `${field}: ${message}`),
      causes,
    )
  })
}
