import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOf } from './message.ts'
import { moment, momentText } from './moment.ts'
import { quantity } from './quantity.ts'
import { readMessage } from './read.ts'

// Checked against k8s.io/apimachinery v0.32.9 `resource.ParseQuantity(...).String()`.
const QUANTITIES = [
  ['1000m', '1'],
  ['1.5Gi', '1536Mi'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['1e3', '1e3'],
  ['12345678901234567890', '12345678901234567890'],
  ['0.0000000001', '1n'],
  ['512Ki', '512Ki'],
  ['1023', '1023'],
  ['0Ki', '0'],
  ['-3k', '-3k'],
] as const

for (const [given, canonical] of QUANTITIES) {
  test(`the quantity ${given} is written ${canonical}`, () => {
    assert.equal(quantity(given), canonical)
  })
}

for (const text of ['', 'x', '1.2.3', '1 Gi', '--1']) {
  test(`${JSON.stringify(text)} is no quantity`, () => {
    assert.ok(typeof quantity(text) === 'object')
  })
}

test('a quantity cannot be made to take long', () => {
  assert.ok(typeof quantity(`1e${'9'.repeat(9)}`) === 'object')
  assert.ok(typeof quantity('9'.repeat(1000)) === 'object')
})

test('a time is told in UTC and cut to what is kept of it', () => {
  const at = moment('2024-02-29T23:30:00.987654321-01:00', 'seconds')
  assert.ok(!('fault' in at))
  assert.equal(momentText(at, 'seconds'), '2024-03-01T00:30:00Z')
  assert.equal(momentText(at, 'micros'), '2024-03-01T00:30:00.987654Z')
})

test("Go's zero time is no time", () => {
  const at = moment('0001-01-01T00:00:00Z', 'seconds')
  assert.ok(!('fault' in at))
  assert.equal(momentText(at, 'seconds'), null)
})

test('members that no field is there for are told with their whole path', () => {
  const pod = messageOf('io.k8s.api.core.v1.Pod')
  const { unknown } = readMessage(pod, {
    spec: { containers: [{ name: 'c' }, { nam: 'd', env: [{ valu: 'x' }] }] },
    metadata: { labels: { any: 'x' }, ownerReferences: [{ of: 'x' }] },
    toString: 'x',
  })
  assert.deepEqual(unknown, [
    'spec.containers[1].nam',
    'spec.containers[1].env[0].valu',
    'metadata.ownerReferences[0].of',
    'toString',
  ])
})

test('a member called __proto__ is a member like any other', () => {
  const read = readMessage(messageOf('io.k8s.api.core.v1.ConfigMap'), JSON.parse('{"data":{"__proto__":"x"}}'))
  assert.equal(JSON.stringify(read.object.data), '{"__proto__":"x"}')
})
