import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customKind, type Kind } from '../machinery/api/kind.ts'
import { anything, integer, list, map, object, string } from '../machinery/api/schema.ts'
import { lackOf } from './compatible.ts'
import { type Definition, MANAGED_BY, ownDefinition, type Step, stepFor, VERSION } from './definitions.ts'

const Thing: Kind = customKind({
  group: 'test.bellhop.dev',
  version: 'v1',
  kind: 'Thing',
  plural: 'things',
  spec: object({ name: string(), many: list(object({ size: integer() })), labels: map(string()), free: anything() }),
  status: object({ state: string() }),
})
const ours = ownDefinition(Thing, '0.2.0')

/** A copy of ours in which what is at this path is another value, or gone. */
function bent(path: readonly (string | number)[], value?: unknown): Definition {
  const copy = structuredClone(ours)
  let at = copy as unknown as Record<string | number, Record<string, unknown>>
  for (const part of path.slice(0, -1)) at = at[part] as typeof at
  const last = path.at(-1) ?? ''
  if (value === undefined) delete at[last]
  else at[last] = value as Record<string, unknown>
  return copy
}

const SCHEMA = ['spec', 'versions', 0, 'schema', 'openAPIV3Schema', 'properties'] as const
const FIELDS = [...SCHEMA, 'spec', 'properties'] as const

const lacks: readonly { name: string; there: Definition; says: readonly string[] }[] = [
  { name: 'one just like ours', there: bent(['spec', 'conversion']), says: [] },
  { name: 'one with more fields', there: bent([...FIELDS, 'more'], { type: 'string' }), says: [] },
  {
    name: 'one that keeps all below a point',
    there: bent([...SCHEMA, 'spec'], { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
    says: [],
  },
  {
    name: 'one that keeps what it does not name',
    there: bent([...SCHEMA, 'spec'], { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true }),
    says: [],
  },
  { name: 'one of another kind', there: bent(['spec', 'names', 'kind'], 'It'), says: ['its kind is It, not Thing'] },
  {
    name: 'one of another scope',
    there: bent(['spec', 'scope'], 'Cluster'),
    says: ['its scope is Cluster, not Namespaced'],
  },
  {
    name: 'one of another version',
    there: bent(['spec', 'versions', 0, 'name'], 'v9'),
    says: ['it does not serve v1'],
  },
  {
    name: 'one that does not serve the version',
    there: bent(['spec', 'versions', 0, 'served'], false),
    says: ['it does not serve v1'],
  },
  {
    name: 'one without the status apart',
    there: bent(['spec', 'versions', 0, 'subresources']),
    says: ['its status is no subresource'],
  },
  { name: 'one without a field', there: bent([...FIELDS, 'name']), says: ['.spec.name is missing'] },
  {
    name: 'one with a field of another type',
    there: bent([...FIELDS, 'many', 'items', 'properties', 'size'], { type: 'string' }),
    says: ['.spec.many[].size is of type string, not integer'],
  },
  {
    name: 'one without free keys',
    there: bent([...FIELDS, 'labels'], { type: 'object' }),
    says: ['.spec.labels.* is missing'],
  },
  {
    name: 'one that drops what may be anything',
    there: bent([...FIELDS, 'free'], { type: 'object' }),
    says: ['.spec.free does not keep unknown fields'],
  },
  { name: 'one without a schema', there: bent(['spec', 'versions', 0, 'schema']), says: ['it has no schema'] },
]
for (const { name, there, says } of lacks) {
  test(`of definitions of others, ${name} ${says.length === 0 ? 'is enough' : 'is not enough'}`, () =>
    assert.deepEqual(lackOf(Thing, there.spec), says))
}

const other = customKind({ ...Thing, spec: object({}), status: object({}) })
const steps: readonly { name: string; there: Definition | undefined; step: Step }[] = [
  { name: 'is missing', there: undefined, step: { do: 'create' } },
  { name: 'is ours already', there: ours, step: { do: 'keep', why: 'same' } },
  { name: 'is ours of an older version', there: ownDefinition(other, '0.1.9'), step: { do: 'update' } },
  { name: 'is ours of this version, and another', there: ownDefinition(other, '0.2.0'), step: { do: 'update' } },
  {
    name: 'is ours of a newer version',
    there: ownDefinition(other, '0.10.0'),
    step: { do: 'keep', why: 'newer' },
  },
  {
    name: 'is of somebody else and enough',
    there: bent(['metadata', 'labels', MANAGED_BY], 'Helm'),
    step: { do: 'keep', why: 'foreign' },
  },
  {
    name: 'is of somebody else and not enough',
    there: { ...bent(['spec', 'scope'], 'Cluster'), metadata: { name: 'things' } },
    step: { do: 'refuse', lacks: ['its scope is Cluster, not Namespaced'] },
  },
]
for (const { name, there, step } of steps) {
  test(`a definition that ${name}: ${step.do}`, () => assert.deepEqual(stepFor(Thing, ours, there), step))
}

test('a definition says whose it is and of which version', () => {
  const { name, labels, annotations } = ours.metadata
  assert.deepEqual(
    [name, labels?.[MANAGED_BY], annotations?.[VERSION]],
    ['things.test.bellhop.dev', 'bellhop', '0.2.0'],
  )
})
