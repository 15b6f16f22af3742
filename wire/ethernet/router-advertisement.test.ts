import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, toHex } from '../bytes.ts'
import { parseMac } from '../mac.ts'
import { checksum } from './checksum.ts'
import { encodeNoRouter } from './router-advertisement.ts'

const mac = (text: string) => parseMac(text) ?? assert.fail(text)

test('from one link-local address to another, nothing in it, and the sum holds', () => {
  const packet = encodeNoRouter(mac('02:e6:60:57:46:53'), mac('52:54:00:00:00:10'))
  assert.equal(toHex(packet.subarray(0, 8)), '6000000000103aff')
  assert.equal(toHex(packet.subarray(8, 24)), 'fe8000000000000000e660fffe574653')
  assert.equal(toHex(packet.subarray(24, 40)), 'fe80000000000000505400fffe000010')
  assert.equal(toHex(packet.subarray(40, 42)), '8600')
  assert.equal(toHex(packet.subarray(44)), '00'.repeat(12))
  const pseudo = join(packet.subarray(8, 40), Uint8Array.of(0, 0, 0, 16, 0, 0, 0, 58))
  assert.equal(checksum(pseudo, packet.subarray(40)), 0)
})
