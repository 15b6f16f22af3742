import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hardware, Interface } from '../../machinery/api/hardware.ts'
import { toHex } from '../../wire/bytes.ts'
import { ask, FIELD } from '../../wire/dhcp/field.ts'
import { type DhcpPacket, decodePacket, encodePacket } from '../../wire/dhcp/packet.ts'
import { ANY, type Ipv4, parseIpv4 } from '../../wire/ipv4.ts'
import { macBytes, parseMac } from '../../wire/mac.ts'
import { answer, type Reply } from './answer.ts'
import { decide } from './decide.ts'
import { machinesOf } from './hardware.ts'
import { machine, osQuestion, question } from './rack.ts'
import { recognise } from './recognise.ts'

const ip = (text: string): Ipv4 => parseIpv4(text) ?? assert.fail(text)
const server = ip('10.0.0.1')
const settings = {
  server,
  binaries: new Map(),
  sources: {
    binaries: 'http://10.0.0.1:7171/ipxe/binary',
    tftp: { address: server, port: 69 },
    script: (mac: string) => `http://10.0.0.1:7171/${mac}/auto.ipxe`,
    macFormat: 'colon' as const,
  },
}

function consider(packet: DhcpPacket, rack: readonly Hardware[]) {
  const asker = recognise(packet)
  return { asker, decision: decide(asker, machinesOf(rack).byMac(asker.mac), settings) }
}

function replyTo(packet: DhcpPacket, rack: readonly Hardware[]): Reply {
  const { asker, decision } = consider(packet, rack)
  if (decision.is === 'silent' || decision.is === 'noted') assert.fail(`${decision.is}: ${decision.says}`)
  const reply = answer({ asker, packet }, decision, { server, syslog: server })
  assert.deepEqual(decodePacket(encodePacket(reply.packet)), reply.packet)
  return reply
}

const one = (over?: Partial<Interface>) => [machine('rack1', over)]
const kind = ({ packet }: Reply) => ask(packet.options, FIELD.messageType)

test('a firmware is offered its address and its boot file, and has them acknowledged', () => {
  const offer = replyTo(question(), one())
  assert.deepEqual([kind(offer), offer.packet.yiaddr, offer.packet.file], ['offer', '10.0.0.10', 'undionly.kpxe'])
  assert.equal(offer.packet.siaddr, server)
  assert.equal(ask(offer.packet.options, FIELD.bootFile), 'undionly.kpxe')
  assert.equal(ask(offer.packet.options, FIELD.vendorClass), 'PXEClient')
  const ack = replyTo(question({ message: 'request', wants: '10.0.0.10', chose: '10.0.0.1' }), one())
  assert.deepEqual([kind(ack), ack.packet.yiaddr, ack.packet.file], ['ack', '10.0.0.10', 'undionly.kpxe'])
})

test('everything that the Hardware says is in the options', () => {
  const dhcp = {
    hostname: 'rack1',
    domain_name: 'lab.example',
    lease_time: 1000,
    name_servers: ['10.0.0.2', 'bad', '10.0.0.3'],
    time_servers: ['10.0.0.4'],
    classless_static_routes: [{ destination_descriptor: '10.1.0.0/16', router: '10.0.0.5' }],
  }
  const { options } = replyTo(osQuestion(), one({ dhcp })).packet
  assert.equal(ask(options, FIELD.subnetMask), '255.255.255.0')
  assert.deepEqual(ask(options, FIELD.routers), ['10.0.0.1'])
  assert.deepEqual(ask(options, FIELD.nameServers), ['10.0.0.2', '10.0.0.3'])
  assert.deepEqual(ask(options, FIELD.logServers), ['10.0.0.1'])
  assert.equal(ask(options, FIELD.hostName), 'rack1')
  assert.equal(ask(options, FIELD.domainName), 'lab.example')
  assert.deepEqual(ask(options, FIELD.domainSearch), ['lab.example'])
  assert.equal(ask(options, FIELD.broadcastAddress), '10.0.0.255')
  assert.deepEqual(ask(options, FIELD.timeServers), ['10.0.0.4'])
  assert.deepEqual(ask(options, FIELD.classlessRoutes), [{ network: '10.1.0.0', prefix: 16, router: '10.0.0.5' }])
  const times = [FIELD.leaseTime, FIELD.renewalTime, FIELD.rebindingTime].map(field => ask(options, field))
  assert.deepEqual(times, [1000, 500, 875])
})

test('no lease time is a week, never zero (W8); for ever has no renewals', () => {
  const times = (over: Partial<Interface>) => {
    const { options } = replyTo(osQuestion(), one(over)).packet
    return [ask(options, FIELD.leaseTime), ask(options, FIELD.renewalTime)]
  }
  assert.deepEqual(times({}), [604_800, 302_400])
  assert.deepEqual(times({ dhcp: { lease_time: 0 } }), [604_800, 302_400])
  assert.deepEqual(times({ dhcp: { lease_time: 4_294_967_295 } }), [4_294_967_295, undefined])
})

// Mode reservation: what becomes of file and siaddr.
const REFUSED: readonly [string, Partial<Interface>, number][] = [
  ['allowPXE false', { netboot: { allowPXE: false } }, 0],
  ['no netboot stanza', { netboot: undefined }, 0],
  ['an architecture without a binary', {}, 22],
  ['an ipxe.url that is none', { netboot: { allowPXE: true, ipxe: { url: 'ftp://x' } } }, 0],
]

for (const [name, over, arch] of REFUSED) {
  test(`${name}: an address, and a boot file that is not there`, () => {
    const { packet } = replyTo(question({ arch }), one(over))
    assert.deepEqual([packet.yiaddr, packet.file, packet.siaddr], ['10.0.0.10', '/netboot-not-allowed', ANY])
  })
}

test('who does not boot from the network hears nothing about it, with or without a netboot stanza (W9)', () => {
  for (const rack of [one(), one({ netboot: undefined })]) {
    const { packet } = replyTo(osQuestion(), rack)
    assert.deepEqual([packet.yiaddr, packet.file, packet.siaddr], ['10.0.0.10', '', server])
    for (const field of [FIELD.bootFile, FIELD.vendor, FIELD.vendorClass]) assert.ok(!packet.options.has(field.code))
  }
})

test('the operator’s own boot server takes the place of ours', () => {
  const dhcp = { tftp_server_name: '10.0.0.99', boot_file_name: 'grub.efi' }
  const { packet } = replyTo(question(), one({ dhcp }))
  assert.deepEqual([packet.file, packet.siaddr], ['grub.efi', server])
  assert.equal(ask(packet.options, FIELD.bootFile), 'grub.efi')
  assert.equal(ask(packet.options, FIELD.tftpServer), '10.0.0.99')
})

test('scripts and programs of the Hardware’s own', () => {
  const own = one({ netboot: { allowPXE: true, ipxe: { url: 'https://boot.example/x.ipxe', binary: 'own.efi' } } })
  assert.equal(replyTo(question({ userClass: 'iPXE' }), own).packet.file, 'https://boot.example/x.ipxe')
  assert.equal(replyTo(question({ arch: 22 }), own).packet.file, 'own.efi')
})

test('a boot file longer than its field goes into option 67 alone, whole (W13)', () => {
  const url = `https://boot.example/${'x'.repeat(200)}.ipxe`
  const { packet } = replyTo(question({ userClass: 'iPXE' }), one({ netboot: { allowPXE: true, ipxe: { url } } }))
  assert.deepEqual([packet.file, ask(packet.options, FIELD.bootFile)], ['', url])
})

test('option 43: boot the file, no trace; the VLAN is sent (W14); a Raspberry Pi gets its menu', () => {
  const vendor = (packet: DhcpPacket, rack: readonly Hardware[]) => {
    const bytes = ask(replyTo(packet, rack).packet.options, FIELD.vendor)
    return toHex(bytes ?? assert.fail())
  }
  const plain = `060108451a${'00'.repeat(26)}`
  assert.equal(vendor(question(), one()), plain)
  assert.equal(vendor(question(), one({ dhcp: { vlan_id: '400' } })), `${plain}7403343030`)
  const mac = parseMac('dc:a6:32:00:00:01') ?? assert.fail()
  const pi = vendor(question({ packet: { chaddr: macBytes(mac) } }), one({ dhcp: { mac } }))
  const menu = `0914000011${Buffer.from('Raspberry Pi Boot').toString('hex')}`
  assert.equal(pi, `060108${menu}0a0400505845451a${'00'.repeat(26)}`)
})

test('client id, GUID and relay information return as they came, the last one last', () => {
  const packet = question({ guid: new Uint8Array(17) })
  const options = new Map([...packet.options, [82, Uint8Array.of(1, 2, 9, 9)], [61, Uint8Array.of(1, 7)]] as [
    number,
    Uint8Array,
  ][])
  const reply = replyTo({ ...packet, options }, one()).packet.options
  assert.equal(toHex(ask(reply, FIELD.relayAgent) ?? assert.fail()), '01020909')
  assert.equal(toHex(ask(reply, FIELD.clientId) ?? assert.fail()), '0107')
  assert.equal(ask(reply, FIELD.clientGuid)?.length, 17)
  assert.equal([...reply.keys()].at(-1), 82)
})

test('iPXE is told not to wait for a ProxyDHCP server', () => {
  const { options } = replyTo(question({ userClass: 'iPXE' }), one()).packet
  assert.equal(toHex(ask(options, FIELD.ipxe) ?? assert.fail()), 'b00101')
})

const at = { giaddr: ip('10.9.0.1') }
const has = { ciaddr: ip('10.0.0.10') }
// RFC 2131 §4.1, in its order.
const WAYS: readonly [string, Partial<DhcpPacket>, unknown][] = [
  ['relayed', { ...at, ...has, broadcast: true }, { by: 'relay', address: '10.9.0.1' }],
  ['has an address', { ...has, broadcast: true }, { by: 'unicast', address: '10.0.0.10' }],
  ['cannot take unicast', { broadcast: true }, { by: 'broadcast' }],
  ['can take unicast', {}, { by: 'frame', address: '10.0.0.10' }],
]

for (const [name, packet, way] of WAYS) {
  test(`who ${name} is answered so`, () => {
    assert.deepEqual(replyTo(osQuestion({ message: 'request', packet }), one()).way, way)
  })
}

test('a wrong address is refused, loudly enough to be heard (W6)', () => {
  const wrong = { message: 'request' as const, wants: '10.0.0.77' }
  const nak = replyTo(osQuestion(wrong), one())
  assert.deepEqual([kind(nak), nak.packet.yiaddr, nak.way], ['nak', ANY, { by: 'broadcast' }])
  assert.match(ask(nak.packet.options, FIELD.message) ?? '', /10\.0\.0\.77 is not its address/)
  const renewing = replyTo(osQuestion({ message: 'request', packet: { ciaddr: ip('10.0.0.77') } }), one())
  assert.equal(kind(renewing), 'nak')
  const relayed = replyTo(osQuestion({ ...wrong, packet: at }), one())
  assert.deepEqual([relayed.packet.broadcast, relayed.way], [true, { by: 'relay', address: '10.9.0.1' }])
})

test('INFORM gets everything but an address and a lease (W7)', () => {
  const { packet, way } = replyTo(osQuestion({ message: 'inform', packet: has }), one())
  assert.deepEqual([packet.yiaddr, packet.ciaddr, way], [ANY, '10.0.0.10', { by: 'unicast', address: '10.0.0.10' }])
  assert.deepEqual(
    [ask(packet.options, FIELD.leaseTime), ask(packet.options, FIELD.routers)],
    [undefined, ['10.0.0.1']],
  )
})

const SILENT: readonly [string, DhcpPacket, readonly Hardware[], RegExp][] = [
  ['unknown-mac', question(), [], /no Hardware has the MAC 01:02:03:04:05:06/],
  ['duplicate-mac', question(), [...one(), machine('rack2')], /rack1, rack2/],
  ['dhcp-disabled', question(), one({ disableDhcp: true }), /rack1 has disableDhcp/],
  ['no-address', question(), one({ dhcp: { ip: undefined } }), /dhcp.ip.address is not set/],
  ['no-address', question(), one({ dhcp: { ip: { address: 'fd00::1' } } }), /"fd00::1" is not an IPv4 address/],
  ['no-address', question(), one({ dhcp: { ip: { address: '10.0.0.1' } } }), /netmask "" is not/],
  ['another-server', question({ message: 'request', chose: '10.0.0.200' }), one(), /chose the DHCP server 10.0.0.200/],
]

for (const [reason, packet, rack, says] of SILENT) {
  test(`silence: ${reason}, ${says.source}`, () => {
    const { decision } = consider(packet, rack)
    assert.ok(decision.is === 'silent' && decision.reason === reason)
    assert.match(decision.says, says)
  })
}

test('RELEASE and DECLINE are noted, and a DECLINE is a warning', () => {
  const noted = (message: 'release' | 'decline') =>
    consider(osQuestion({ message, wants: '10.0.0.10' }), one()).decision
  assert.ok(noted('release').is === 'noted')
  const decline = noted('decline')
  assert.ok(decline.is === 'noted' && decline.severity === 'warning')
  assert.match(decline.says, /10\.0\.0\.10.*another machine/)
})

test('the MAC of the Hardware may be written in capitals or with dashes', () => {
  const rack = [machine('rack1', { dhcp: { mac: '01-02-03-04-05-06' } })]
  assert.equal(kind(replyTo(question(), rack)), 'offer')
})
