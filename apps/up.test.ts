import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { Hardware } from '../machinery/api/hardware.ts'
import { make } from '../machinery/api/kind.ts'
import { systemClock } from '../machinery/host/clock.ts'
import { noNamespaces } from '../machinery/host/simulated/namespace.ts'
import { clientOf, openSite, podOf, type Site, until, WIRE } from './test/site.ts'

// The real program, started and stopped as an operator does it, in a network of its own.

let site: Site
const namespace = 'eksa-system'
const skip = noNamespaces

before(async () => {
  if (!skip) site = await openSite()
})
after(async () => {
  await site?.[Symbol.asyncDispose]()
})

test('it serves, ends at once when told to, and knows everything again at the next start', { skip }, async () => {
  const first = site.up(site.flags('twice'))
  await first.said(/"msg":"ready"/)
  const { mode } = await stat(site.path('twice', 'kubeconfig'))
  assert.equal(mode & 0o777, 0o600)
  {
    using client = clientOf(site, 'twice')
    const metadata = { name: 'rack1', namespace }
    await client.create(Hardware, make(Hardware, { metadata, spec: {} }))
    const boots = await podOf(client, 'boots')
    assert.deepEqual([boots.ready, boots.restarts], [true, 0])
  }
  const told = systemClock.now()
  const { code, stderr } = await first.stop()
  assert.equal(code, 0, stderr)
  assert.ok(systemClock.now() - told < 5000, 'it took more than five seconds to end')

  const second = site.up(site.flags('twice'))
  await second.said(/"msg":"ready"/)
  using client = clientOf(site, 'twice')
  assert.ok(await client.get(Hardware, { name: 'rack1', namespace }))
  assert.equal((await podOf(client, 'boots')).restarts, 1)
  assert.equal((await second.stop()).code, 0)
})

test('what was acknowledged is there after a kill -9', { skip }, async () => {
  const first = site.up(site.flags('killed'))
  await first.said(/"msg":"ready"/)
  {
    using client = clientOf(site, 'killed')
    await client.create(Hardware, make(Hardware, { metadata: { name: 'rack1', namespace }, spec: {} }))
  }
  first.kill()
  await first.ended
  const second = site.up(site.flags('killed'))
  await second.said(/"msg":"ready"/)
  using client = clientOf(site, 'killed')
  assert.ok(await client.get(Hardware, { name: 'rack1', namespace }))
  await second.stop()
})

test('a machine that no Hardware has is seen by its MAC, and the log of boots can be followed', { skip }, async () => {
  const server = site.up(site.flags('stranger'))
  await server.said(/"msg":"ready"/)
  const logs = site.ask('stranger', ['logs', 'boots', '-f'])
  await logs.said(/serving DHCP/)
  const once = ['-i', 'eth0', '-n', '-q', '-f', '-t', '1', '-T', '1', '-s', '/bin/true']
  await site.neighbour.run('busybox', 'udhcpc', ...once)
  await logs.said(new RegExp(WIRE.mac))
  assert.equal((await logs.stop()).code, 0)
  const name = `mac-${WIRE.mac.replaceAll(':', '-')}`
  const machines = await site.ask('stranger', ['machines']).ended
  assert.match(machines.stdout, new RegExp(`^${name} +${WIRE.mac} .*a Hardware with this MAC$`, 'm'))
  const timeline = site.ask('stranger', ['timeline', name, '--follow'])
  await timeline.said(/ dhcp +boots +/)
  assert.equal((await timeline.stop()).code, 0)
  await server.stop()
  const gone = await site.ask('stranger', ['machines']).ended
  assert.equal(gone.code, 1)
  assert.match(gone.stderr, /^bellhop: https:\/\/127\.0\.0\.1:6443 does not answer: [^\n]+\n$/)
})

for (const { port, flag, service } of [
  { port: 514, flag: 'syslog', service: 'boots' },
  { port: 50061, flag: 'metadata', service: 'hegel' },
]) {
  test(`with the port of ${flag} taken the others serve, the pod says why, and it recovers`, { skip }, async () => {
    const release = await take(port)
    const running = site.up(site.flags(flag))
    await running.said(/"msg":"ready"/)
    using client = clientOf(site, flag)
    const troubled = await until(`the pod of ${service} says why`, async () => {
      const pod = await podOf(client, service)
      return !pod.ready && pod
    })
    assert.match(troubled.why, new RegExp(`:${port}: another program has this port; stop the other program`))
    assert.ok((await podOf(client, 'tink-server')).ready)
    await release()
    await until(`the pod of ${service} is ready`, async () => (await podOf(client, service)).ready)
    assert.equal((await podOf(client, service)).why, '')
    assert.equal((await running.stop()).code, 0)
  })
}

/** Takes a port as another program would: 514 by UDP, any other by TCP. */
async function take(port: number): Promise<() => Promise<void>> {
  if (port !== 514) {
    const server = createServer().listen(port, '0.0.0.0')
    await once(server, 'listening')
    return async () => void (await once(server.close(), 'close'))
  }
  const socket = createSocket('udp4').bind(port)
  await once(socket, 'listening')
  return async () => void (await once(socket.close(), 'close'))
}
