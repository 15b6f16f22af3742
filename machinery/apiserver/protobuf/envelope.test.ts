import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiFault } from '../../api/fault.ts'
import { readProtobuf, writeEvent, writeProtobuf } from './envelope.ts'

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

test('an event of a watch is a frame: its length in four bytes, its type, and the object in its envelope', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }
  const frame = writeEvent('ADDED', object)
  assert.equal(frame.readUInt32BE(), frame.length - 4)
  const envelope = writeProtobuf(object)
  const raw = Buffer.concat([Buffer.of(0x0a), varint(envelope.length), envelope])
  const type = Buffer.concat([Buffer.of(0x0a, 5), Buffer.from('ADDED')])
  assert.deepEqual(frame.subarray(4), Buffer.concat([type, Buffer.of(0x12), varint(raw.length), raw]))
})

test('a frame that Go wrote is the frame that we write', () => {
  // k8s.io/apimachinery v0.32.9: a metav1.WatchEvent BOOKMARK of a ConfigMap with resource version 5.
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { resourceVersion: '5', creationTimestamp: null } }
  assert.equal(writeEvent('BOOKMARK', object).toString('base64'), BOOKMARK)
})

const BOOKMARK = 'AAAAPAoIQk9PS01BUksSMAouazhzAAoPCgJ2MRIJQ29uZmlnTWFwEhMKEQoAEgAaACIAKgAyATU4AEIAGgAiAA=='

function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.of(value) : Buffer.of((value & 0x7f) | 0x80, value >> 7)
}
