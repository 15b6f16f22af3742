import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CUSTOM_KINDS } from '../../../api/kinds.ts'
import { BUILTINS } from '../../builtin/builtins.ts'
import { WireReader } from '../../protobuf/wire.ts'
import { Catalog, custom, isObject } from '../../registry/served.ts'
import { OpenApi } from '../openapi.ts'
import { refsIn } from './node.ts'

const catalog = () => new Catalog([...BUILTINS, ...CUSTOM_KINDS.map(custom)])
const api = new OpenApi(catalog())

interface Version3 {
  readonly paths: Readonly<Record<string, object>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
type Schema = Readonly<Record<string, unknown>> & { readonly properties?: Readonly<Record<string, Schema>> }

function version3(path: string): Version3 {
  const document = api.version3(path)
  assert.ok(document, path)
  return JSON.parse(document.bytes.toString())
}

const paths = Object.keys(JSON.parse(api.index().bytes.toString()).paths)

for (const path of paths) {
  test(`${path} points only at schemas that it has`, () => {
    const document = version3(path)
    for (const name of refsIn(document)) assert.ok(document.components.schemas[name], name)
  })
}

// What kube-apiserver v1.32.9 publishes at /openapi/v3, without the descriptions.
const REAL: readonly (readonly [string, string, string, object])[] = [
  [
    'api/v1',
    'io.k8s.api.core.v1.ContainerPort',
    'protocol',
    { type: 'string', default: 'TCP', enum: ['SCTP', 'TCP', 'UDP'] },
  ],
  ['api/v1', 'io.k8s.api.core.v1.ContainerPort', 'containerPort', { type: 'integer', format: 'int32', default: 0 }],
  [
    'api/v1',
    'io.k8s.api.core.v1.Container',
    'ports',
    {
      type: 'array',
      items: { default: {}, allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ContainerPort' }] },
      'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-patch-merge-key': 'containerPort',
      'x-kubernetes-patch-strategy': 'merge',
    },
  ],
  [
    'api/v1',
    'io.k8s.api.core.v1.ResourceRequirements',
    'limits',
    {
      type: 'object',
      additionalProperties: { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity' },
    },
  ],
  [
    'apis/discovery.k8s.io/v1',
    'io.k8s.api.discovery.v1.EndpointSlice',
    'addressType',
    { type: 'string', default: '', enum: ['FQDN', 'IPv4', 'IPv6'] },
  ],
]

for (const [path, name, field, schema] of REAL) {
  test(`${name}.${field} is published as kube-apiserver has it`, () => {
    assert.deepEqual(version3(path).components.schemas[name]?.properties?.[field], schema)
  })
}

test('a custom kind is there with what Kubernetes adds to it, and its list', () => {
  const { schemas } = version3('apis/tinkerbell.org/v1alpha1').components
  const hardware = schemas['org.tinkerbell.v1alpha1.Hardware']
  assert.deepEqual(hardware?.['x-kubernetes-group-version-kind'], [
    { group: 'tinkerbell.org', version: 'v1alpha1', kind: 'Hardware' },
  ])
  assert.ok(hardware?.properties?.metadata?.allOf)
  assert.ok(schemas['org.tinkerbell.v1alpha1.HardwareList'])
})

const NULLABLE = {
  type: 'object',
  properties: {
    a: { type: 'string', nullable: true, default: 'x' },
    b: { type: 'array', items: { type: 'string' }, 'x-kubernetes-preserve-unknown-fields': true },
    c: { type: 'integer', oneOf: [{ minimum: 1 }] },
    d: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
  },
  required: ['a', 'c'],
} as const

test('version 2 leaves out what it cannot say', () => {
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  const odd = custom({ ...kind, group: 'example.org', kind: 'Odd', schema: NULLABLE })
  const { definitions } = JSON.parse(new OpenApi(new Catalog([odd])).version2('json').bytes.toString())
  const { properties, required } = definitions[`org.example.${kind.version}.Odd`]
  const { a, b, c, d } = properties
  const untyped = { 'x-kubernetes-preserve-unknown-fields': true }
  assert.deepEqual(
    { a, b, c, d },
    { a: {}, b: untyped, c: { type: 'integer' }, d: { 'x-kubernetes-int-or-string': true } },
  )
  assert.deepEqual(required, ['c'])
})

test('version 2 in protobuf has the definitions of version 2 in JSON', () => {
  const { definitions } = JSON.parse(api.version2('json').bytes.toString())
  const names: string[] = []
  const found = member(new Uint8Array(api.version2('protobuf').bytes), 9)
  assert.ok(found[0])
  for (const one of member(found[0], 1)) names.push(Buffer.from(member(one, 1)[0] ?? []).toString())
  assert.deepEqual(names, Object.keys(definitions))
})

function member(bytes: Uint8Array, number: number): Uint8Array[] {
  const reader = new WireReader(bytes)
  const found: Uint8Array[] = []
  while (reader.left > 0) {
    const tag = reader.varint()
    const value = reader.value(tag % 8)
    if (Math.floor(tag / 8) === number && typeof value !== 'number') found.push(value)
  }
  return found
}

test('documents follow the catalog, and keep their tags while they say the same', () => {
  const changing = catalog()
  const documents = new OpenApi(changing)
  const tag = documents.version3('apis/tinkerbell.org/v1alpha1')?.tag
  assert.equal(documents.version3('apis/example.org/v1'), undefined)
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  const other = custom({ ...kind, group: 'example.org', version: 'v1' })
  changing.replace(other.collection, [other])
  assert.ok(documents.version3('apis/example.org/v1'))
  changing.replace(other.collection, [])
  assert.equal(documents.version3('apis/example.org/v1'), undefined)
  assert.equal(documents.version3('apis/tinkerbell.org/v1alpha1')?.tag, tag)
})

test('every operation says what it does and to what', () => {
  for (const path of paths) {
    for (const item of Object.values(version3(path).paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (method !== 'parameters') assert.ok(isObject(operation) && operation['x-kubernetes-action'])
      }
    }
  }
})
