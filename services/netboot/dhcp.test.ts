import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Hardware } from '../../machinery/api/hardware.ts'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { createLog, type LogLine } from '../../machinery/host/log.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { SimulatedNetwork } from '../../machinery/host/simulated/network.ts'
import { ask, FIELD } from '../../wire/dhcp/field.ts'
import { type DhcpPacket, decodePacket, encodePacket } from '../../wire/dhcp/packet.ts'
import { ANY, BROADCAST, parseIpv4 } from '../../wire/ipv4.ts'
import { parseMac } from '../../wire/mac.ts'
import { openDhcp } from './dhcp.ts'
import { machinesOf } from './hardware.ts'
import { MAC, machine, osQuestion, question } from './rack.ts'

const SERVER = {
  name: 'eth1',
  wire: 'w',
  address: parseIpv4('10.0.0.1') ?? assert.fail(),
  mac: parseMac('02:00:00:00:00:01') ?? assert.fail(),
}
const CLIENT = { name: 'eth0', wire: 'w', address: ANY, mac: MAC }

/** A server on one end of a wire, a client without an address on the other. */
async function lab(rack: readonly Hardware[]) {
  const network = new SimulatedNetwork()
  const clock = new SimulatedClock()
  const journal = new MemoryJournal()
  const lines: LogLine[] = []
  const heard: DhcpPacket[] = []
  const host = { clock, random: () => 0, log: createLog(clock, line => lines.push(line)) }
  const parts = { udp: network.machine(SERVER), host, journal, machines: machinesOf(rack) }
  const server = await openDhcp({ interface: 'eth1', httpPort: 7171 }, parts)
  const client = await network.machine(CLIENT).openLink({
    interface: 'eth0',
    port: 68,
    receive: ({ bytes }) => void heard.push(decodePacket(bytes)),
  })
  const say = async (bytes: Uint8Array) => {
    await client.send(bytes, { address: BROADCAST, port: 67 })
    await network.quiet()
  }
  const close = () => Promise.all([server[Symbol.asyncDispose](), client[Symbol.asyncDispose]()])
  return { network, clock, journal, lines, heard, server, say, [Symbol.asyncDispose]: async () => void (await close()) }
}

test('four packets, an address, and what the journal tells', async () => {
  await using at = await lab([machine('rack1')])
  await at.say(encodePacket(question()))
  await at.say(encodePacket(question({ message: 'request', wants: '10.0.0.10', chose: '10.0.0.1' })))
  assert.deepEqual(
    at.heard.map(({ options }) => ask(options, FIELD.messageType)),
    ['offer', 'ack'],
  )
  // To the client's Ethernet address: it has no other yet.
  assert.deepEqual(at.network.sent.map(({ toMac }) => toMac).filter(Boolean), [MAC, MAC])
  const [discover, ack] = at.journal.observations
  assert.deepEqual([discover?.what, discover?.replaces, ack?.what], ['dhcp-discover', true, 'dhcp-ack'])
  assert.deepEqual(ack?.of, { hardware: 'rack1', namespace: 'eksa-system' })
  assert.equal(ack?.says, 'the firmware (PXE) has the address 10.0.0.10, boots undionly.kpxe')
  assert.deepEqual(ack?.evidence, {
    mac: MAC,
    hardware: 'rack1',
    who: 'pxe',
    arch: 'x86 BIOS',
    interface: 'eth1',
    ip: '10.0.0.10',
    file: 'undionly.kpxe',
    nextServer: '10.0.0.1',
  })
  const [first] = Object.keys(at.lines.at(-1)?.facts ?? {})
  assert.equal(first, 'mac')
})

test('a broadcast flag is answered by broadcast', async () => {
  await using at = await lab([machine('rack1')])
  await at.say(encodePacket(question({ packet: { broadcast: true } })))
  assert.equal(at.network.sent.at(-1)?.to.address, BROADCAST)
})

test('silence is told once a minute, with its reason, for MACs that nobody has too', async () => {
  await using at = await lab([])
  for (let i = 0; i < 5; i++) await at.say(encodePacket(question()))
  await at.clock.advance(60_000)
  await at.say(encodePacket(question()))
  assert.equal(at.heard.length, 0)
  assert.deepEqual(
    at.journal.observations.map(({ of, what, evidence }) => [of, what, evidence?.reason]),
    [0, 1].map(() => [{ mac: MAC }, 'dhcp-silent', 'unknown-mac']),
  )
  assert.equal(at.lines.filter(({ sentence, level }) => level === 'info' && /unanswered/.test(sentence)).length, 2)
})

test('iPXE alone is told not to wait for an IPv6 router', async () => {
  await using at = await lab([machine('rack1')])
  const request = { message: 'request' as const, wants: '10.0.0.10' }
  await at.say(encodePacket(question(request)))
  await at.say(encodePacket(osQuestion(request)))
  assert.equal(at.network.sentIpv6.length, 0)
  await at.say(encodePacket(question({ ...request, userClass: 'iPXE' })))
  assert.deepEqual(
    at.network.sentIpv6.map(({ to }) => to),
    [MAC],
  )
})

test('a renewal is answered to the address itself, and is no news', async () => {
  await using at = await lab([machine('rack1')])
  await at.say(encodePacket(osQuestion({ message: 'request', packet: { ciaddr: parseIpv4('10.0.0.10') ?? ANY } })))
  assert.equal(at.network.sent.at(-1)?.to.address, '10.0.0.10')
  assert.equal(at.journal.observations.length, 0)
})

test('malformed packets are counted, logged once a source and minute, and end nothing', async () => {
  await using at = await lab([machine('rack1')])
  const whole = encodePacket(question())
  for (const length of [0, 1, 100, 239, 243]) await at.say(whole.subarray(0, length))
  await at.say(new Uint8Array(1500).fill(255))
  assert.equal(at.server.malformed.count, 6)
  assert.equal(at.lines.filter(({ sentence }) => sentence === 'malformed input dropped').length, 1)
  await at.say(whole)
  assert.equal(at.heard.length, 1)
})

test('a Hardware that cannot be put into a packet costs one answer, and says so', async () => {
  await using at = await lab([machine('rack1', { dhcp: { domain_name: 'x'.repeat(64) } })])
  await at.say(encodePacket(question()))
  assert.deepEqual([at.heard.length, at.lines.at(-1)?.sentence], [0, 'DHCP answer failed'])
})
