import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Hardware } from '../../machinery/api/hardware.ts'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { createLog, type LogLine } from '../../machinery/host/log.ts'
import { memoryFiles } from '../../machinery/host/simulated/files.ts'
import { utf8 } from '../../wire/bytes.ts'
import { machinesOf } from './hardware.ts'
import { openNetbootHttp } from './http.ts'
import { MAC, machine } from './rack.ts'
import { parseRange } from './range.ts'

const KERNEL = new Uint8Array(3_000_000).fill(75)
const HERE = { address: '127.0.0.1', netmask: '255.0.0.0' }

async function lab(rack: readonly Hardware[] = [machine('rack1', { dhcp: { ip: HERE } })]) {
  const journal = new MemoryJournal()
  const lines: LogLine[] = []
  const host = { clock: systemClock, random: Math.random, log: createLog(systemClock, line => lines.push(line)) }
  const http = await openNetbootHttp(
    { address: '127.0.0.1', port: 0, tinkPort: 42113, extraKernelArgs: 'quiet' },
    {
      host,
      journal,
      machines: machinesOf(rack),
      ipxe: memoryFiles({ 'ipxe.efi': utf8.encode('efi') }),
      hookos: memoryFiles({ 'vmlinuz-x86_64': KERNEL, 'initramfs-x86_64': utf8.encode('initramfs') }),
      images: memoryFiles({ 'debian/disk.raw.gz': utf8.encode('0123456789'), large: new Uint8Array(64e6) }),
    },
  )
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${http.port}${path}`, init)
  return { journal, lines, http, get, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() }
}

// Upstream's vectors for its script endpoint, and the older paths.
const SCRIPTS: readonly [string, number][] = [
  ['/ipxe/script/auto.ipxe', 200],
  ['/ipxe/script/01:02:03:04:05:06/auto.ipxe', 200],
  ['/ipxe/script/01-02-03-04-05-06/auto.ipxe', 200],
  ['/ipxe/script/0102.0304.0506/auto.ipxe', 200],
  ['/ipxe/script/foo/auto.ipxe', 200],
  ['/01:02:03:04:05:06/auto.ipxe', 200],
  ['/auto.ipxe', 200],
  ['/ipxe/script/01:02:03:04:05:06/other.ipxe', 404],
  ['/01:02:03:04:05:99/auto.ipxe', 404],
]

for (const [path, status] of SCRIPTS) {
  test(`${path}: ${status}`, async () => {
    await using at = await lab()
    const response = await at.get(path)
    assert.equal(response.status, status)
    const text = await response.text()
    if (status !== 200) return
    assert.match(text, /^#!ipxe\n/)
    assert.match(text, / grpc_authority=127\.0\.0\.1:42113 .* quiet /)
    assert.deepEqual(at.journal.observations[0]?.what, 'ipxe-script')
  })
}

test('a machine that may not boot, or that nobody knows, hears why', async () => {
  await using not = await lab([machine('rack1', { netboot: { allowPXE: false } })])
  const response = await not.get(`/${MAC}/auto.ipxe`)
  assert.deepEqual(
    [response.status, await response.text()],
    [404, 'Hardware rack1 does not allow network boot (netboot.allowPXE)\n'],
  )
  await using nobody = await lab([])
  assert.equal((await nobody.get('/auto.ipxe')).status, 404)
  assert.equal(nobody.journal.observations.length, 0)
})

test('what is fetched whole is in the journal, with its size; parts and heads are not', async () => {
  await using at = await lab()
  for (const path of [
    '/ipxe/binary/01:02:03:04:05:06/ipxe.efi',
    '/hookos/vmlinuz-x86_64',
    '/initramfs-x86_64',
    `/hookos/${MAC}/vmlinuz-x86_64`,
  ]) {
    await (await at.get(path)).arrayBuffer()
  }
  await (await at.get('/hookos/vmlinuz-x86_64', { headers: { range: 'bytes=0-9' } })).arrayBuffer()
  await at.get('/hookos/vmlinuz-x86_64', { method: 'HEAD' })
  const said = at.journal.observations.map(({ what, evidence }) => [what, evidence?.bytes])
  assert.deepEqual(said, [
    ['boot-file', '3'],
    ['kernel', '3000000'],
    ['initramfs', '9'],
    ['kernel', '3000000'],
  ])
})

test('a download that breaks off is said, and is no fact', async () => {
  await using at = await lab()
  const request = httpRequest(`http://127.0.0.1:${at.http.port}/images/large`)
  request.on('error', () => undefined)
  request.end()
  const [response] = await once(request, 'response')
  response.on('error', () => undefined)
  response.destroy()
  const deadline = Date.now() + 10_000
  while (!at.lines.some(({ sentence }) => sentence === 'HTTP download broken off')) {
    assert.ok(Date.now() < deadline, 'nobody noticed')
    await systemClock.wait(5)
  }
  assert.equal(at.journal.observations.length, 0)
})

test('HEAD, Range, ETag and their conditions', async () => {
  await using at = await lab()
  const path = '/images/debian/disk.raw.gz'
  const head = await at.get(path, { method: 'HEAD' })
  const etag = head.headers.get('etag') ?? assert.fail()
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '10', ''])
  const ranged = async (range: string, more: Record<string, string> = {}) => {
    const response = await at.get(path, { headers: { range, ...more } })
    return [response.status, response.headers.get('content-range'), await response.text()]
  }
  assert.deepEqual(await ranged('bytes=2-4'), [206, 'bytes 2-4/10', '234'])
  assert.deepEqual(await ranged('bytes=7-'), [206, 'bytes 7-9/10', '789'])
  assert.deepEqual(await ranged('bytes=-3'), [206, 'bytes 7-9/10', '789'])
  assert.deepEqual(await ranged('bytes=10-'), [416, 'bytes */10', ''])
  assert.deepEqual(await ranged('bytes=0-1,3-4'), [200, null, '0123456789'])
  assert.deepEqual(await ranged('bytes=2-4', { 'if-range': etag }), [206, 'bytes 2-4/10', '234'])
  assert.deepEqual(await ranged('bytes=2-4', { 'if-range': '"old"' }), [200, null, '0123456789'])
  assert.equal((await at.get(path, { headers: { 'if-none-match': etag } })).status, 304)
})

const RANGES: readonly [string | undefined, number, unknown][] = [
  [undefined, 10, { is: 'whole', start: 0, end: 9 }],
  ['bytes=0-0', 10, { is: 'part', start: 0, end: 0 }],
  ['bytes=0-99', 10, { is: 'part', start: 0, end: 9 }],
  ['bytes=-99', 10, { is: 'part', start: 0, end: 9 }],
  ['bytes=-0', 10, { is: 'outside' }],
  ['bytes=5-2', 10, { is: 'whole', start: 0, end: 9 }],
  ['bytes=-', 10, { is: 'whole', start: 0, end: 9 }],
  ['lines=0-1', 10, { is: 'whole', start: 0, end: 9 }],
  ['bytes=0-', 0, { is: 'outside' }],
]

for (const [header, size, range] of RANGES) {
  test(`range ${header} of ${size}`, () => assert.deepEqual(parseRange(header, size), range))
}

test('no path leads out of what is served', async () => {
  await using at = await lab()
  const raw = async (path: string) => {
    const socket = connect(at.http.port, '127.0.0.1')
    socket.end(`GET ${path} HTTP/1.0\r\n\r\n`)
    const parts: Buffer[] = []
    for await (const part of socket) parts.push(part)
    return Buffer.concat(parts).toString().split('\r\n')[0]
  }
  const ways = [
    '/images/../vmlinuz-x86_64',
    '/images/%2e%2e/x',
    '/images/..%2f..%2fetc/passwd',
    '//etc/passwd',
    '/images/%00',
    '/',
  ]
  for (const path of ways) assert.equal(await raw(path), 'HTTP/1.1 404 Not Found', path)
  assert.equal(await raw('/images/%zz'), 'HTTP/1.1 400 Bad Request')
  assert.equal((await at.get('/images/debian/disk.raw.gz', { method: 'PUT' })).status, 405)
})
