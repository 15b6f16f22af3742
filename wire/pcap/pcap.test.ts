import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, join, utf8 } from '../bytes.ts'
import { encodeUdpPacket } from '../ethernet/udp.ts'
import { WireFault } from '../fault.ts'
import { ANY, BROADCAST } from '../ipv4.ts'
import { decodePcap, udpOf } from './pcap.ts'

const packet = encodeUdpPacket({
  source: ANY,
  sourcePort: 68,
  destination: BROADCAST,
  destinationPort: 67,
  payload: utf8.encode('x'),
})
const frame = join(fromHex('ffffffffffff 020000000001 0800'), packet)
const arp = fromHex('ffffffffffff 020000000001 0806 0001')
const size = (bytes: Uint8Array) => Uint8Array.of(bytes.length, 0, 0, 0)
const record = (bytes: Uint8Array) => join(fromHex('01000000 20a10700'), size(bytes), size(bytes), bytes)
const head = fromHex('d4c3b2a1 0200 0400 00000000 00000000 00000400 01000000')
const file = join(head, record(frame), record(arp))

test('frames with their times, and the datagrams in them', () => {
  const frames = decodePcap(file)
  assert.deepEqual([frames.length, frames[0]?.at], [2, 1500])
  const [only, ...more] = udpOf(frames)
  assert.deepEqual(
    [only?.sourcePort, only?.from, utf8.decode(only?.payload ?? new Uint8Array()), more.length],
    [68, '02:00:00:00:00:01', 'x', 0],
  )
})

test('cut anywhere but between frames it is refused by name', () => {
  const whole = new Set([head.length, head.length + 16 + frame.length])
  for (let length = 0; length < file.length; length++) {
    if (whole.has(length)) assert.doesNotThrow(() => decodePcap(file.subarray(0, length)))
    else assert.throws(() => decodePcap(file.subarray(0, length)), { code: 'wire/truncated' })
  }
})

test('any bytes after the head are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      try {
        udpOf(decodePcap(join(head, bytes)))
      } catch (fault) {
        assert.ok(fault instanceof WireFault)
      }
    }),
  )
})
