import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { toHex } from '../bytes.ts'
import { decodePcap, udpOf } from '../pcap/pcap.ts'
import { decodeTftp } from '../tftp/packet.ts'
import { dhcpOf } from './capture.ts'
import { ask, FIELD } from './field.ts'
import { clientMac, decodePacket, encodePacket } from './packet.ts'

const file = (name: string) => new Uint8Array(readFileSync(new URL(`captures/${name}.pcap`, import.meta.url)))
const capture = (name: string) => dhcpOf(file(name))

for (const name of ['bios-boot', 'uefi-boot', 'uefi-refused']) {
  test(`${name}: every packet survives being written and read; cut anywhere it is refused`, () => {
    for (const { packet, datagram } of capture(name)) {
      assert.deepEqual(decodePacket(encodePacket(packet)), packet)
      const end = 240 + toHex(datagram.payload.subarray(240)).replace(/(00)*$/, '').length / 2
      for (let length = 0; length < end; length++) {
        assert.throws(() => decodePacket(datagram.payload.subarray(0, length)), { code: /^wire\/(truncated|no-end)$/ })
      }
    }
  })
}

test('OVMF: PXE first, then the iPXE that it loaded, with the same MAC and GUID', () => {
  const asked = capture('uefi-boot').filter(({ packet }) => packet.op === 'request')
  assert.deepEqual(
    asked.map(({ packet }) => [ask(packet.options, FIELD.messageType), ask(packet.options, FIELD.userClass)?.[0]]),
    [
      ['discover', undefined],
      ['request', undefined],
      ['discover', 'iPXE'],
      ['request', 'iPXE'],
    ],
  )
  for (const { packet } of asked) {
    assert.equal(clientMac(packet), '52:54:00:00:00:10')
    assert.deepEqual(ask(packet.options, FIELD.clientArch), [7])
    assert.match(ask(packet.options, FIELD.vendorClass) ?? '', /^PXEClient:Arch:00007:UNDI:00/)
  }
  assert.deepEqual(
    asked.map(({ packet }) => packet.broadcast),
    [true, true, false, false],
  )
})

test('OVMF asks for the size of its boot file first, and for windows', () => {
  const requests = udpOf(decodePcap(file('uefi-boot')))
    .filter(({ destinationPort }) => destinationPort === 69)
    .map(({ payload }) => decodeTftp(payload))
  const options = requests.map(request => request.op === 'read' && Object.fromEntries(request.options))
  assert.deepEqual(options, [
    { tsize: '0', blksize: '1468', windowsize: '4' },
    { blksize: '1468', windowsize: '4' },
  ])
})

test('the iPXE ROM of a BIOS machine says that it speaks HTTP', () => {
  const [{ packet } = assert.fail()] = capture('bios-boot')
  assert.deepEqual(ask(packet.options, FIELD.clientArch), [0])
  assert.match(toHex(ask(packet.options, FIELD.ipxe) ?? assert.fail()), /130101/)
})
