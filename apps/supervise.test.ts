import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HostFault } from '../machinery/host/fault.ts'
import { silentLog } from '../machinery/host/log.ts'
import { SimulatedClock } from '../machinery/host/simulated/clock.ts'
import { type Part, supervise } from './supervise.ts'

const inUse = () => new HostFault('host/port-in-use', 'TFTP on port 69: another program has this port')

function world() {
  const clock = new SimulatedClock()
  const health: string[] = []
  const closed: string[] = []
  const stop = new AbortController()
  const part = (what: string, failures: number, more: Partial<Part> = {}): Part => ({
    service: 'boots',
    what,
    start: async () => {
      if (failures-- > 0) throw inUse()
      return { [Symbol.asyncDispose]: async () => void closed.push(what) }
    },
    ...more,
  })
  const supervision = {
    host: { clock, log: silentLog, random: () => 0 },
    signal: stop.signal,
    onHealth: (which: Part, trouble: string | undefined) =>
      void health.push(`${which.what}: ${trouble ? 'trouble' : 'serves'}`),
  }
  return { clock, health, closed, stop, part, supervision }
}

test('a part that cannot listen is tried again while the others serve', async () => {
  const { clock, health, closed, stop, part, supervision } = world()
  const running = await supervise([part('tftp', 2), part('http', 0)], supervision)
  assert.deepEqual(health, ['tftp: trouble', 'http: serves'])
  await clock.advance(3000)
  assert.deepEqual(health.slice(2), ['tftp: trouble', 'tftp: serves'])
  stop.abort()
  await running[Symbol.asyncDispose]()
  assert.deepEqual(closed.sort(), ['http', 'tftp'])
})

test('a vital part that cannot listen ends the start, and what was started is closed', async () => {
  const { closed, part, supervision } = world()
  await assert.rejects(supervise([part('http', 0), part('dhcp', 1, { vital: true })], supervision), {
    code: 'host/port-in-use',
  })
  assert.deepEqual(closed, ['http'])
})

test('a bug is not taken for a busy port', async () => {
  const { part, supervision } = world()
  const broken = part('tftp', 0, { start: () => Promise.reject(new TypeError('no')) })
  await assert.rejects(supervise([broken], supervision), TypeError)
})
