import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../../../wire/bytes.ts'
import { type Mac, parseMac } from '../../../wire/mac.ts'
import { systemClock } from '../clock.ts'
import { HostFault } from '../fault.ts'
import { enterPrivateNetwork, noNamespaces, wireTo } from '../simulated/namespace.ts'
import type { Datagram } from '../udp.ts'
import { systemUdp } from './system.ts'

const isFault = (code: string, text: RegExp) => (fault: unknown) =>
  fault instanceof HostFault && fault.code === code && text.test(fault.message)

test('a datagram there and back', async () => {
  const heard = Promise.withResolvers<string>()
  await using server = await systemUdp.open({
    address: '127.0.0.1',
    port: 0,
    receive: ({ bytes, from }, socket) => void socket.send(bytes, from),
  })
  const receive = ({ bytes }: Datagram) => heard.resolve(utf8.decode(bytes))
  await using client = await systemUdp.open({ address: '127.0.0.1', port: 0, receive })
  await client.send(utf8.encode('hello'), server.local)
  assert.equal(await heard.promise, 'hello')
})

test('a port that is taken, an address that is not ours, an interface that is not there: named, with the cure', async () => {
  const receive = () => undefined
  await using server = await systemUdp.open({ address: '127.0.0.1', port: 0, receive })
  const { port } = server.local
  await assert.rejects(
    systemUdp.open({ address: '127.0.0.1', port, receive }),
    isFault('host/port-in-use', new RegExp(`127\\.0\\.0\\.1:${port}.*another program.*choose another port`)),
  )
  await assert.rejects(
    systemUdp.open({ address: '192.0.2.1', port: 0, receive }),
    isFault('host/no-such-address', /192\.0\.2\.1/),
  )
  await assert.rejects(
    systemUdp.openLink({ interface: 'nosuch0', port: 67, receive }),
    isFault('host/no-such-interface', /interface nosuch0.*ip link/),
  )
})

test('a link socket hears its own wire only, and reaches a client without an address', {
  skip: noNamespaces,
}, async () => {
  await enterPrivateNetwork()
  await using one = await wireTo({ name: 'u0', address: '10.77.0.1/24', mac: '02:00:00:00:00:01' })
  await using two = await wireTo({ name: 'u1', address: '10.77.1.1/24', mac: '02:00:00:00:00:02' })
  const heard: string[] = []
  const note = (datagram: Datagram) => void heard.push(`${datagram.interface} ${utf8.decode(datagram.bytes).trim()}`)
  await using u0 = await systemUdp.openLink({ interface: 'u0', port: 67, receive: note })
  await using u1 = await systemUdp.openLink({ interface: 'u1', port: 67, receive: note })
  assert.equal(u1.address, '10.77.1.1')
  assert.match(u0.mac, /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/)
  await assert.rejects(systemUdp.open({ port: 67, receive: note }), isFault('host/port-in-use', /:67/))

  const capture = await one.start(
    /listening on/,
    'timeout',
    '10',
    'tcpdump',
    '-lni',
    'eth0',
    '-c',
    '2',
    '-e',
    'udp port 68',
  )
  await u0.sendFrame(utf8.encode('unicast'), { mac: mac('02:00:00:00:00:01'), address: '10.77.0.9', port: 68 })
  await u0.send(utf8.encode('broadcast'), { address: '255.255.255.255', port: 68 })
  const { stdout } = await capture.done
  assert.match(stdout, /> 02:00:00:00:00:01.*10\.77\.0\.1\.67 > 10\.77\.0\.9\.68/)
  assert.match(stdout, /> ff:ff:ff:ff:ff:ff.*10\.77\.0\.1\.67 > 255\.255\.255\.255\.68/)

  await two.run('ip', 'address', 'add', '10.77.1.2/24', 'dev', 'eth0')
  await two.run('bash', '-c', 'echo hello > /dev/udp/10.77.1.1/67')
  await until(async () => heard.length > 0)
  assert.deepEqual(heard, ['u1 hello'])
})

function mac(text: string): Mac {
  return parseMac(text) ?? assert.fail(text)
}

/** Polls a condition of the world outside, which has no event to wait for. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, 'it did not come about in 10 s')
    await systemClock.wait(20)
  }
}
