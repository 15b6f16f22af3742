import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ask, FIELD } from './dhcp/field.ts'
import { decodePacket, encodePacket } from './dhcp/packet.ts'
import { decodePcap, udpOf } from './pcap/pcap.ts'
import { decodeSyslog } from './syslog/message.ts'
import { decodeTftp, encodeTftp } from './tftp/packet.ts'

type Datagram = ReturnType<typeof udpOf>[number]

const isDhcp = ({ sourcePort, destinationPort }: Datagram) =>
  [67, 68].some(port => port === sourcePort || port === destinationPort)
const isSyslog = ({ destinationPort }: Datagram) => destinationPort === 514
const isTftp = (datagram: Datagram) => !isDhcp(datagram) && !isSyslog(datagram)

function boot(name: string): readonly Datagram[] {
  return udpOf(decodePcap(new Uint8Array(readFileSync(new URL(`captures/${name}-whole-boot.pcap`, import.meta.url)))))
}

const BOOTS = {
  bios: { askers: ['iPXE', 'udhcp'], files: [] },
  uefi: { askers: ['PXEClient', 'iPXE', 'udhcp'], files: ['ipxe.efi'] },
} as const

for (const [name, expected] of Object.entries(BOOTS)) {
  const datagrams = boot(name)

  test(`${name}: every packet of a whole boot is read, and written again as it was`, () => {
    assert.ok(datagrams.length > 50)
    for (const { payload } of datagrams.filter(isDhcp)) {
      const packet = decodePacket(payload)
      assert.deepEqual(decodePacket(encodePacket(packet)), packet)
    }
    for (const { payload } of datagrams.filter(isTftp)) assert.deepEqual(encodeTftp(decodeTftp(payload)), payload)
    for (const { payload } of datagrams.filter(isSyslog)) assert.notEqual(decodeSyslog(payload).text, '')
  })

  test(`${name}: who asks for an address, in the order of a boot`, () => {
    const asked = datagrams.filter(isDhcp).map(({ payload }) => decodePacket(payload))
    const askers = asked
      .filter(({ op }) => op === 'request')
      .map(({ options }) => whoOf(ask(options, FIELD.userClass)?.[0], ask(options, FIELD.vendorClass)))
    assert.deepEqual([...new Set(askers)], expected.askers)
  })

  test(`${name}: which files the firmware fetches by TFTP`, () => {
    const fetched = datagrams
      .filter(({ destinationPort }) => destinationPort === 69)
      .map(({ payload }) => decodeTftp(payload))
    const files = fetched.flatMap(packet => (packet.op === 'read' ? [packet.file] : []))
    assert.deepEqual([...new Set(files.map(file => file.split('/').at(-1)))], expected.files)
  })

  test(`${name}: HookOS tells its way by syslog`, () => {
    const said = datagrams.filter(isSyslog).map(({ payload }) => decodeSyslog(payload).text)
    for (const sentence of [/Linux version/, /network: eth0 .* has 172\.30\.0\.11/, /worker: starting/]) {
      assert.ok(
        said.some(line => sentence.test(line)),
        `${sentence}`,
      )
    }
  })
}

function whoOf(userClass: string | undefined, vendorClass = ''): string {
  return userClass ?? vendorClass.split(/[ :]/)[0] ?? ''
}
