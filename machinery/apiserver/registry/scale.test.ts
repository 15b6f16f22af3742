import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scaled, scaleOf, shownScale } from './scale.ts'
import { asBody, type Scaling } from './served.ts'

const scaling: Scaling = {
  specReplicasPath: '.spec.size.count',
  statusReplicasPath: '.status.replicas',
  selector: object => String(Object(object.status).selector ?? ''),
}
const metadata = {
  name: 'a',
  namespace: 'b',
  uid: 'u',
  resourceVersion: '7',
  creationTimestamp: 't',
  labels: { l: 'm' },
}
const body = (fields: object) => asBody({ apiVersion: 'example.com/v1', kind: 'Widget', metadata, ...fields })
const scale = (replicas: unknown, more: object = {}) => ({ metadata: { name: 'a', ...more }, spec: { replicas } })

test('a scale tells who it is of, how many there shall be, how many there are, and which', () => {
  const object = body({ spec: { size: { count: 3, unit: 'x' } }, status: { replicas: 2, selector: 'a=b' } })
  assert.deepEqual(scaleOf(object, scaling), {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name: 'a', namespace: 'b', uid: 'u', resourceVersion: '7', creationTimestamp: 't' },
    spec: { replicas: 3 },
    status: { replicas: 2, selector: 'a=b' },
  })
})

test('a scale of nothing has no number, as Go leaves it out', () => {
  assert.deepEqual(shownScale(scaleOf(body({ spec: { size: { count: 0 } } }), scaling)).spec, {})
  assert.deepEqual(scaleOf(body({}), scaling).status, { replicas: 0 })
})

test('another number changes that number alone', () => {
  const object = body({ spec: { size: { count: 3, unit: 'x' }, other: 1 } })
  const next = scaled(object, scaling, scale(5, { labels: { not: 'mine' } }))
  assert.deepEqual(next, { ...object, spec: { size: { count: 5, unit: 'x' }, other: 1 } })
  assert.deepEqual(scaled(body({}), scaling, scale(1)).spec, { size: { count: 1 } })
  assert.deepEqual(scaled(object, scaling, scale(undefined)).spec, { size: { count: 0, unit: 'x' }, other: 1 })
})

test('the version that the scale was read in is the one that must still be there', () => {
  assert.equal(scaled(body({}), scaling, scale(1, { resourceVersion: '6' })).metadata.resourceVersion, '6')
  assert.equal(scaled(body({}), scaling, scale(1)).metadata.resourceVersion, '7')
})

const REFUSED: readonly [replicas: unknown, message: RegExp][] = [
  [undefined, /^the spec replicas field ".spec.size.count" cannot be empty$/],
  ['7', /json: cannot unmarshal string into Go struct field ScaleSpec.spec.replicas of type int32$/],
  [1.5, /json: cannot unmarshal number 1.5 into Go struct field/],
  [2 ** 31, /json: cannot unmarshal number 2147483648 into Go struct field/],
  [[1], /json: cannot unmarshal array into Go struct field/],
]
for (const [replicas, message] of REFUSED) {
  test(`${JSON.stringify(replicas)} is no number of replicas`, () => {
    assert.throws(() => scaled(body({}), scaling, scale(replicas)), { code: 'BadRequest', message })
  })
}
