import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { after, before, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { credentials } from '@grpc/grpc-js'
import { isApiFault } from '../machinery/api/fault.ts'
import { Hardware } from '../machinery/api/hardware.ts'
import { make } from '../machinery/api/kind.ts'
import { Connection } from '../machinery/api/tink/client.ts'
import { WorkflowService } from '../machinery/api/tink/generated/workflow_pb.js'
import { Template, Workflow } from '../machinery/api/workflow.ts'
import { noNamespaces } from '../machinery/host/simulated/namespace.ts'
import { clientOf, openSite, podOf, type Running, type Site, until, WIRE } from './test/site.ts'

// What nobody ought to send, sent to every port of the real program, which goes on serving.

const skip = noNamespaces
const namespace = 'eksa-system'
const LIST = `hostname,mac,ip_address,netmask,gateway,nameservers,labels,disk
rack1,${WIRE.mac},10.66.0.11,255.255.255.0,10.66.0.1,1.1.1.1,,/dev/sda
`
let site: Site
let bellhop: Running

before(async () => {
  if (skip) return
  site = await openSite()
  const list = await site.write('hardware.csv', LIST)
  bellhop = site.up(site.flags('data', ['--interface', WIRE.name, '--hardware-csv', list]))
  await bellhop.said(/"msg":"ready"/)
})
after(async () => {
  if (skip) return
  const { code, stderr } = await bellhop.stop()
  await site[Symbol.asyncDispose]()
  assert.equal(code, 0, stderr)
  assert.doesNotMatch(stderr, /please report/)
})

/** Garbage: nothing, one byte, text, zeros, ones, and the longest that a datagram carries. */
const GARBAGE = [
  Buffer.alloc(1),
  Buffer.from('GET / HTTP/1.0\r\n\r\n'),
  Buffer.alloc(300),
  Buffer.alloc(300, 0xff),
  Buffer.alloc(9000, 0x41),
]
const TIMES = 3

async function throwUdp(port: number): Promise<void> {
  const socket = createSocket('udp4')
  for (let n = 0; n < TIMES; n++) {
    for (const bytes of [Buffer.alloc(0), ...GARBAGE]) {
      await new Promise(resolve => socket.send(bytes, port, '127.0.0.1', resolve))
    }
  }
  socket.close()
}

async function throwTcp(port: number): Promise<void> {
  for (const bytes of [...GARBAGE, ...GARBAGE]) {
    const socket = connectTcp(port, '127.0.0.1')
    socket.on('error', () => undefined) // to be cut off is what it deserves
    socket.resume().end(bytes)
    await once(socket, 'close')
  }
}

/** However much came, the log has one line for it. */
async function loggedOnce(what: string): Promise<void> {
  const pattern = new RegExp(`"malformed input dropped".*"what":"${what}"`)
  await bellhop.said(pattern)
  assert.equal(bellhop.log.split('\n').filter(line => pattern.test(line)).length, 1, bellhop.log)
}

test('DHCP', { skip }, async () => {
  const { neighbour } = site
  await neighbour.run('ip', 'address', 'add', '10.66.0.2/24', 'dev', 'eth0')
  const messages = ['x', '\\x01\\x01\\x06\\x00', 'A%.0s" {1..1400} "', '\\xff%.0s" {1..240} "']
  for (const message of [...messages, ...messages]) {
    await neighbour.run('bash', '-c', `printf "${message}" > /dev/udp/${WIRE.address}/67`)
  }
  await loggedOnce('DHCP message')
  await neighbour.run('ip', 'address', 'flush', 'dev', 'eth0')
  const { stdout, stderr } = await neighbour.run('busybox', 'udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-s', '/bin/true')
  assert.match(stdout + stderr, /lease of 10\.66\.0\.11 obtained/)
})

test('TFTP', { skip }, async () => {
  await throwUdp(69)
  await loggedOnce('TFTP packet')
  const socket = createSocket('udp4').bind(0)
  await once(socket, 'listening')
  socket.send(Buffer.from('\0\x01undionly.kpxe\0octet\0'), 69, '127.0.0.1')
  const [answer] = await once(socket, 'message', { signal: AbortSignal.timeout(5000) })
  assert.ok(String(answer).startsWith('\0\x03\0\x01stands for undionly'))
  socket.close()
})

test('syslog', { skip }, async () => {
  await throwUdp(514)
  await loggedOnce('syslog message')
  const socket = createSocket('udp4')
  socket.send('<13>1 2026-01-01T00:00:00Z rack1 kernel - - - all is well', 514, '127.0.0.1')
  await bellhop.said(/"syslog message".*all is well/)
  socket.close()
})

test('HTTP of Boots and of Hegel', { skip }, async () => {
  await throwTcp(7171)
  await throwTcp(50061)
  await bellhop.said(/"malformed input dropped".*"what":"HTTP request"/)
  const lines = bellhop.log.split('\n').filter(line => /"what":"HTTP request"/.test(line))
  assert.deepEqual(lines.map(line => JSON.parse(line).service).sort(), ['boots', 'hegel'])
  const script = await fetch(`http://127.0.0.1:7171/${WIRE.mac}/auto.ipxe`)
  assert.match(await script.text(), /^#!ipxe/)
  const metadata = await fetch('http://127.0.0.1:50061/')
  assert.ok(metadata.status < 500)
})

test('gRPC', { skip }, async () => {
  await throwTcp(42113)
  await loggedOnce('gRPC connection')
  const broken = connectTcp(42113, '127.0.0.1')
  broken.on('error', () => undefined) // to be cut off is what it deserves
  broken.resume().end(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.alloc(500, 0x99)]))
  await once(broken, 'close')
  using connection = new Connection('127.0.0.1:42113', credentials.createInsecure())
  const { getAction } = connection.calls(WorkflowService)
  await assert.rejects(getAction({ agentId: '' }, { timeout: 5000 }), { code: 'rpc/invalid-argument' })
})

test('the Kubernetes API, without TLS and with it', { skip }, async () => {
  await throwTcp(6443)
  await loggedOnce('request to the Kubernetes API')
  const socket = connectTls({ host: '127.0.0.1', port: 6443, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  socket.on('error', () => undefined) // to be cut off is what it deserves
  socket.resume().end('\0\0\0 no HTTP\r\n\r\n')
  await once(socket, 'close')
  using client = clientOf(site, 'data')
  assert.equal((await client.list(Hardware)).items.length, 1)
})

test('nothing of that ended a service', { skip }, async () => {
  using client = clientOf(site, 'data')
  for (const service of ['boots', 'hegel', 'tink-server']) {
    assert.deepEqual(Object.values(await podOf(client, service)).slice(1), [true, 0, ''], service)
  }
})

const template = (action: string) => `version: "0.1"
name: debian
global_timeout: 600
tasks:
  - name: os
    worker: "{{.device_1}}"
    actions:
      - name: stream
${action}`

test('an invalid Template is refused with line, field and value', { skip }, async () => {
  using client = clientOf(site, 'data')
  for (const [action, says] of [
    ['        image: image2disk\n        timeout: 60\n        colour: red\n', /line 11.*colour/],
    ['        image: image2disk\n        timeout: {{ nosuch .x }}\n', /line 10.*nosuch/],
    ['        timeout: 60\n', /line 8.*image/],
    ['        image: image2disk\n', /line 8.*timeout/],
    ['        image: image2disk\n        timeout: soon\n', /line 10.*timeout.*soon/],
  ] as const) {
    const spec = { data: template(action) }
    const creating = client.create(Template, make(Template, { metadata: { name: 'wrong', namespace }, spec }))
    await assert.rejects(creating, fault => isApiFault(fault, 'Invalid') && says.test(fault.message), String(says))
  }
  assert.deepEqual((await client.list(Template)).items, [])
})

test('a Workflow that names Hardware that is not there says so', { skip }, async () => {
  using client = clientOf(site, 'data')
  const spec = { data: template('        image: image2disk\n        timeout: 60\n') }
  await client.create(Template, make(Template, { metadata: { name: 'debian', namespace }, spec }))
  const key = { name: 'lost', namespace }
  const wanted = { templateRef: 'debian', hardwareRef: 'rack99', hardwareMap: { device_1: WIRE.mac } }
  await client.create(Workflow, make(Workflow, { metadata: key, spec: wanted }))
  const told = await until('the workflow tells of its Hardware', async () => {
    const status = JSON.stringify((await client.get(Workflow, key))?.status ?? {})
    return status.includes('rack99') && status
  })
  assert.match(told, /there is no Hardware.*rack99|rack99.*(not there|no such|does not exist)/i)
})
