import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../../../wire/bytes.ts'
import { ANY, BROADCAST, parseIpv4 } from '../../../wire/ipv4.ts'
import { parseMac } from '../../../wire/mac.ts'
import { HostFault } from '../fault.ts'
import type { Datagram } from '../udp.ts'
import { SimulatedNetwork } from './network.ts'

const plug = (name: string, wire: string, address: string, last: number) => ({
  name,
  wire,
  address: parseIpv4(address) ?? assert.fail(),
  mac: parseMac(`02:00:00:00:00:0${last}`) ?? assert.fail(),
})
const [s0, s1] = [plug('s0', 'one', '10.0.0.1', 1), plug('s1', 'two', '10.0.1.1', 2)]
const [c0, c1] = [plug('c0', 'one', ANY, 3), plug('c1', 'two', ANY, 4)]

test('broadcasts and frames stay on their wire', async () => {
  const network = new SimulatedNetwork()
  const heard: string[] = []
  const note = (who: string) => (datagram: Datagram) => void heard.push(`${who}: ${utf8.decode(datagram.bytes)}`)
  const server = network.machine(s0, s1)
  await using on0 = await server.openLink({ interface: 's0', port: 67, receive: note('s0') })
  await using on1 = await server.openLink({ interface: 's1', port: 67, receive: note('s1') })
  await using client0 = await network.machine(c0).openLink({ interface: 'c0', port: 68, receive: note('c0') })
  await using _client1 = await network.machine(c1).openLink({ interface: 'c1', port: 68, receive: note('c1') })
  await client0.send(utf8.encode('discover'), { address: BROADCAST, port: 67 })
  await on1.send(utf8.encode('to all'), { address: BROADCAST, port: 68 })
  await on0.sendFrame(utf8.encode('to one'), { mac: c0.mac, address: '10.0.0.9', port: 68 })
  await network.quiet()
  assert.deepEqual(heard, ['s0: discover', 'c1: to all', 'c0: to one'])
})

test('taken ports and absent interfaces and addresses are refused as the system refuses them', async () => {
  const server = new SimulatedNetwork().machine(s0, s1)
  const receive = () => undefined
  const code = (code: string) => (fault: unknown) => fault instanceof HostFault && fault.code === code
  await using _open = await server.open({ port: 69, receive })
  await assert.rejects(server.open({ address: '10.0.0.1', port: 69, receive }), code('host/port-in-use'))
  await assert.rejects(server.open({ address: '10.9.9.9', port: 69, receive }), code('host/no-such-address'))
  await assert.rejects(server.openLink({ interface: 'x', port: 67, receive }), code('host/no-such-interface'))
})
