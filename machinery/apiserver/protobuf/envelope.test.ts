import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiFault } from '../../api/fault.ts'
import { readProtobuf } from './envelope.ts'

// Composed by hand from the field numbers of k8s.io/api/core/v1 generated.proto: ConfigMap c with data a=b.
const field = (number: number, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map(part => Buffer.from(part)))
  return Buffer.concat([Buffer.of(number * 8 + 2, body.length), body])
}
const entry = Buffer.concat([field(1, 'a'), field(2, 'b')])
const raw = Buffer.concat([field(1, field(1, 'c'), field(2, ''), field(8), field(11, entry)), field(2, entry)])
const configMap = Buffer.concat([
  Buffer.from('k8s\0'),
  field(1, field(1, 'v1'), field(2, 'ConfigMap')),
  field(2, raw),
  field(3, ''),
])

test('a ConfigMap in protobuf is the ConfigMap in JSON', () => {
  assert.deepEqual(readProtobuf(configMap), {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', creationTimestamp: null, labels: { a: 'b' } },
    data: { a: 'b' },
  })
})

test('cut short or changed at any byte, it is refused by name or is another object, never a crash', () => {
  for (let at = 0; at < configMap.length; at++) {
    for (const bytes of [configMap.subarray(0, at), Buffer.from(configMap).fill(0xff, at, at + 1)]) {
      try {
        readProtobuf(bytes)
      } catch (fault) {
        assert.ok(fault instanceof ApiFault, String(fault))
      }
    }
  }
})
