import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { ApiFault } from '../../api/fault.ts'
import { messageOf } from '../builtin/message.ts'
import { messageName } from '../builtin/name.ts'
import { readMessage } from '../builtin/read.ts'
import { readProtobuf, writeProtobuf } from './envelope.ts'

// Their origin stands at the head of the file.
const captures = readFileSync(join(import.meta.dirname, 'fixtures/objects.txt'), 'utf8')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))
  .map(line => line.split('\t'))
  .map(([protobuf = '', json = '']) => ({ bytes: Buffer.from(protobuf, 'base64'), object: JSON.parse(json) }))

test('a capture of nearly every kind and list is there', () => {
  assert.equal(captures.length, 56)
})

for (const { bytes, object } of captures) {
  const name = `${object.apiVersion} ${object.kind}`
  test(`${name}: what Go wrote in protobuf is what it wrote in JSON, to the order of the members`, () => {
    assert.equal(JSON.stringify(readProtobuf(bytes)), JSON.stringify(object))
  })

  test(`${name}: we write the bytes that Go writes`, () => {
    assert.deepEqual(writeProtobuf(object), bytes)
  })

  test(`${name}: Go's JSON is read as it is`, () => {
    const message = messageOf(messageName(object.apiVersion, object.kind) ?? '')
    assert.deepEqual(readMessage(message, object), { object, unknown: [] })
  })
}

test('cut short at any byte it is refused, or is another object; it never crashes', () => {
  for (const { bytes } of captures) {
    for (let length = 0; length < bytes.length; length++) readOrRefuse(bytes.subarray(0, length))
  }
})

test('changed anywhere it is refused, or is another object; it never crashes', () => {
  const capture = fc.constantFrom(...captures)
  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(capture, changes, ({ bytes }, places) => {
      const changed = Buffer.from(bytes)
      for (const [at, byte] of places) changed[at % changed.length] = byte
      readOrRefuse(changed)
    }),
    { numRuns: 3000 },
  )
})

/** What was read can be written, too. */
function readOrRefuse(bytes: Uint8Array): void {
  try {
    const object = readProtobuf(bytes)
    writeProtobuf({ ...object, apiVersion: String(object.apiVersion), kind: String(object.kind) })
  } catch (fault) {
    assert.ok(fault instanceof ApiFault, String(fault))
  }
}
