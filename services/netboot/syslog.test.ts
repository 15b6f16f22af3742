import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, type LogLine } from '../../machinery/host/log.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { SimulatedNetwork } from '../../machinery/host/simulated/network.ts'
import { utf8 } from '../../wire/bytes.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { machinesOf } from './hardware.ts'
import { MAC, machine } from './rack.ts'
import { openSyslog } from './syslog.ts'

async function lab() {
  const network = new SimulatedNetwork()
  const clock = new SimulatedClock()
  const lines: LogLine[] = []
  const plug = (name: string, address: string) => ({
    name,
    wire: 'w',
    address: parseIpv4(address) ?? assert.fail(),
    mac: MAC,
  })
  const host = { clock, random: () => 0, log: createLog(clock, line => lines.push(line)) }
  const udp = network.machine(plug('eth1', '10.0.0.1'))
  const syslog = await openSyslog({}, { udp, host, machines: machinesOf([machine('rack1')]) })
  const socket = await network.machine(plug('eth0', '10.0.0.10')).open({ port: 0, receive: () => undefined })
  const say = async (...texts: string[]) => {
    for (const text of texts) await socket.send(utf8.encode(text), { address: '10.0.0.1', port: 514 })
    await network.quiet()
  }
  return { clock, lines, syslog, say, [Symbol.asyncDispose]: () => syslog[Symbol.asyncDispose]() }
}

test('a line is printed with the machine first', async () => {
  await using at = await lab()
  await at.say('<30>Jan  1 00:00:10 worker[7]: action started')
  const { sentence, facts } = at.lines.at(-1) ?? assert.fail()
  assert.equal(sentence, 'syslog message')
  assert.deepEqual(Object.entries(facts), [
    ['mac', MAC],
    ['hardware', 'rack1'],
    ['client', '10.0.0.10'],
    ['facility', 'daemon'],
    ['severity', 'INFO'],
    ['app', 'worker'],
    ['procid', '7'],
    ['text', 'action started'],
  ])
})

test('what is no syslog is counted, and the next line is printed', async () => {
  await using at = await lab()
  await at.say('hello', '', '<30>a: b')
  assert.deepEqual([at.syslog.malformed.count, at.lines.at(-1)?.facts.text], [2, 'b'])
})

test('a machine that floods is cut short, said once a minute, and heard again later', async () => {
  await using at = await lab()
  await at.say(...Array.from({ length: 3000 }, () => '<30>a: b'))
  assert.equal(at.syslog.dropped(), 1000)
  assert.equal(at.lines.filter(({ level }) => level === 'warn').length, 1)
  await at.clock.advance(1000)
  await at.say('<30>a: again')
  assert.equal(at.lines.at(-1)?.facts.text, 'again')
})
