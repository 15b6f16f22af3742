import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, join, toHex } from '../bytes.ts'
import { WireFault } from '../fault.ts'
import { ANY, ipv4From } from '../ipv4.ts'
import { ask, FIELD } from './field.ts'
import { clientMac, type DhcpPacket, decodePacket, encodePacket, fitsFile } from './packet.ts'

// Composed by hand after RFC 2131 §2 and RFC 4578: the DISCOVER of an x64 UEFI firmware.
const head = fromHex(`
  01 01 06 00  12345678  0004 8000          # op htype hlen hops, xid, secs, flags: broadcast
  00000000 00000000 00000000 00000000       # ciaddr yiaddr siaddr giaddr
  525400123456 00000000000000000000         # chaddr`)
const names = new Uint8Array(64 + 128)
const options = fromHex(`
  63825363  35 01 01  37 04 01030642
  61 11 00 000102030405060708090a0b0c0d0e0f # client GUID
  5d 02 0007  5e 03 010300                  # x64 UEFI, UNDI 3.0
  3c 20 505845436c69656e743a417263683a30303030373a554e44493a303033303030
  ff`)
const discover = join(head, names, options)

test('a UEFI firmware says that it is x64 and what it wants', () => {
  const packet = decodePacket(discover)
  assert.equal(clientMac(packet), '52:54:00:12:34:56')
  assert.equal(packet.broadcast, true)
  assert.equal(packet.secs, 4)
  assert.equal(ask(packet.options, FIELD.messageType), 'discover')
  assert.deepEqual(ask(packet.options, FIELD.clientArch), [7])
  assert.deepEqual(ask(packet.options, FIELD.parameters), [1, 3, 6, 66])
  assert.equal(ask(packet.options, FIELD.vendorClass), 'PXEClient:Arch:00007:UNDI:003000')
  assert.equal(ask(packet.options, FIELD.leaseTime), undefined)
})

test('what was read can be written back, byte for byte', () => {
  const again = encodePacket(decodePacket(discover))
  assert.equal(toHex(again.subarray(0, discover.length)), toHex(discover))
  assert.ok(again.subarray(discover.length).every(byte => byte === 0))
})

test('cut short at any byte, it is refused by name and never half read', () => {
  for (let length = 0; length < discover.length; length++) {
    assert.throws(() => decodePacket(discover.subarray(0, length)), { code: /^wire\/(truncated|no-end)$/ })
  }
})

test('a value split over several options is one (RFC 3396), and is split again when written', () => {
  const packet = decodePacket(join(head, names, fromHex('63825363 0c 02 6162 0c 02 6364 ff')))
  assert.equal(ask(packet.options, FIELD.hostName), 'abcd')
  const long = new Map([[FIELD.vendor.code, new Uint8Array(600).fill(7)]])
  const bytes = encodePacket({ ...packet, options: long })
  assert.deepEqual(decodePacket(bytes).options, long)
  assert.equal(bytes.length, 240 + 600 + 3 * 2 + 1)
})

test('option 52 lends file and then sname to the options', () => {
  const inFile = join(fromHex('0c 01 62 ff'), new Uint8Array(124))
  const inName = join(fromHex('0c 01 63 ff'), new Uint8Array(60))
  const packet = decodePacket(join(head, inName, inFile, fromHex('63825363 34 01 03 0c 01 61 ff')))
  assert.equal(ask(packet.options, FIELD.hostName), 'abc')
  assert.deepEqual([packet.sname, packet.file, packet.options.has(52)], ['', '', false])
})

test('what cannot be is refused by name', () => {
  const changed = (at: number, byte: number) => Uint8Array.from(discover, (was, i) => (i === at ? byte : was))
  assert.throws(() => decodePacket(changed(0, 3)), { code: 'wire/invalid', message: /op 3/ })
  assert.throws(() => decodePacket(changed(2, 17)), { code: 'wire/invalid', message: /17 bytes/ })
  assert.throws(() => decodePacket(changed(236, 0)), { code: 'wire/unsupported', message: /magic cookie/ })
  assert.throws(() => decodePacket(new Uint8Array(5000)), { code: 'wire/invalid', message: /5000/ })
})

test('a boot file that does not fit is refused, never cut', () => {
  const packet = decodePacket(discover)
  assert.deepEqual([fitsFile('x'.repeat(127)), fitsFile('x'.repeat(128))], [true, false])
  assert.equal(decodePacket(encodePacket({ ...packet, file: 'x'.repeat(127) })).file.length, 127)
  assert.throws(() => encodePacket({ ...packet, file: 'x'.repeat(128) }), RangeError)
})

const address = fc.uint8Array({ minLength: 4, maxLength: 4 }).map(bytes => ipv4From(bytes) ?? ANY)
const name = (maxLength: number) => fc.string({ maxLength, unit: fc.constantFrom(...'abc/:.-') })
const packets: fc.Arbitrary<DhcpPacket> = fc.record(
  {
    op: fc.constantFrom('request' as const, 'reply' as const),
    htype: fc.nat(255),
    hops: fc.nat(255),
    xid: fc.nat(0xffffffff),
    secs: fc.nat(65535),
    broadcast: fc.boolean(),
    ciaddr: address,
    yiaddr: address,
    siaddr: address,
    giaddr: address,
    chaddr: fc.uint8Array({ maxLength: 16 }),
    sname: name(63),
    file: name(127),
    options: fc
      .uniqueArray(
        fc.tuple(
          fc.integer({ min: 1, max: 254 }).filter(code => code !== 52),
          fc.uint8Array({ maxLength: 300 }),
        ),
        {
          selector: ([code]) => code,
          maxLength: 8,
        },
      )
      .map(entries => new Map(entries)),
  },
  { noNullPrototype: true },
)

test('any packet survives being written and read', () => {
  fc.assert(fc.property(packets, packet => assert.deepEqual(decodePacket(encodePacket(packet)), packet)))
})

test('any bytes are read or refused by name, and so is each field of theirs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, dressed) => {
      try {
        const { options } = decodePacket(dressed ? join(head, names, fromHex('63825363'), bytes) : bytes)
        for (const field of Object.values(FIELD)) ask<unknown>(options, field)
      } catch (fault) {
        assert.ok(fault instanceof WireFault, String(fault))
      }
    }),
    { numRuns: 2000 },
  )
})
