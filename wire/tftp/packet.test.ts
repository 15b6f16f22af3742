import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { decodeTftp, encodeTftp, type TftpPacket } from './packet.ts'

const word = fc.string({ maxLength: 20, unit: fc.constantFrom(...'abc/:.-%20') })
const options = fc
  .uniqueArray(fc.tuple(word, word), { selector: ([name]) => name, maxLength: 4 })
  .map(entries => new Map(entries))
const plain = { noNullPrototype: true }
const number = fc.nat(65535)
const packets: fc.Arbitrary<TftpPacket> = fc.oneof(
  fc.record({ op: fc.constantFrom('read' as const, 'write' as const), file: word, mode: word, options }, plain),
  fc.record({ op: fc.constant('data' as const), block: number, bytes: fc.uint8Array({ maxLength: 512 }) }, plain),
  fc.record({ op: fc.constant('ack' as const), block: number }, plain),
  fc.record({ op: fc.constant('error' as const), code: number, message: word }, plain),
  fc.record({ op: fc.constant('options' as const), options }, plain),
)

test('any packet survives being written and read', () => {
  fc.assert(fc.property(packets, packet => assert.deepEqual(decodeTftp(encodeTftp(packet)), packet)))
})

test('any bytes are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(7), (bytes, opcode) => {
      try {
        decodeTftp(Uint8Array.of(0, opcode, ...bytes))
      } catch (fault) {
        assert.ok(fault instanceof WireFault)
      }
    }),
  )
})

test('the request of a firmware: names of options and the mode in any case', () => {
  const request = decodeTftp(utf8.encode('\0\x01ipxe.efi\0OCTET\0tsize\x000\0BLKSIZE\x001468\0'))
  const asked = new Map([
    ['tsize', '0'],
    ['blksize', '1468'],
  ])
  assert.deepEqual(request, { op: 'read', file: 'ipxe.efi', mode: 'octet', options: asked })
})

test('cut at any byte a request is refused, or is one with fewer options', () => {
  const whole = utf8.encode('\0\x01a\0octet\0blksize\x001468\0')
  for (let length = 0; length < whole.length; length++) {
    if (length === 10)
      assert.deepEqual(decodeTftp(whole.subarray(0, length)), decodeTftp(utf8.encode('\0\x01a\0octet\0')))
    else assert.throws(() => decodeTftp(whole.subarray(0, length)), { code: 'wire/truncated' })
  }
})
