import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, join, toHex } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { ipv4From, parseIpv4 } from '../ipv4.ts'
import { checksum } from './checksum.ts'
import { decodeFrame, decodeUdpPacket, encodeUdpPacket } from './udp.ts'

const address = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(bytes => ipv4From(bytes) ?? assert.fail())
const port = fc.nat(65535)
const packets = fc.record(
  {
    source: address,
    destination: address,
    sourcePort: port,
    destinationPort: port,
    payload: fc.uint8Array({ maxLength: 600 }),
  },
  { noNullPrototype: true },
)

// RFC 1071 §3 works this sum out by hand.
test('the checksum of the RFC', () => {
  assert.equal(checksum(fromHex('0001 f203 f4f5 f6f7')), ~0xddf2 & 0xffff)
})

test('what is written is read back, and its checksums hold', () => {
  fc.assert(
    fc.property(packets, packet => {
      const bytes = encodeUdpPacket(packet)
      assert.deepEqual(decodeUdpPacket(bytes), packet)
      assert.equal(checksum(bytes.subarray(0, 20)), 0)
      const length = bytes.length - 20
      const pseudo = join(bytes.subarray(12, 20), Uint8Array.of(0, 17, length >> 8, length & 255))
      assert.equal(checksum(pseudo, bytes.subarray(20)), 0)
    }),
  )
})

test('cut at any byte it is refused by name', () => {
  const whole = encodeUdpPacket({
    source: parseIpv4('10.0.0.1') ?? assert.fail(),
    destination: parseIpv4('10.0.0.2') ?? assert.fail(),
    sourcePort: 67,
    destinationPort: 68,
    payload: Uint8Array.of(1, 2, 3),
  })
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => decodeUdpPacket(whole.subarray(0, length)), { code: /^wire\/truncated$/ })
  }
})

test('any bytes are read or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      try {
        decodeFrame(bytes)
      } catch (fault) {
        assert.ok(fault instanceof WireFault, `${fault} for ${toHex(bytes)}`)
      }
    }),
  )
})
