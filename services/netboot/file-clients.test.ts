import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { createLog, type LogLine } from '../../machinery/host/log.ts'
import { memoryFiles } from '../../machinery/host/simulated/files.ts'
import { type Client, enterPrivateNetwork, noNamespaces, wireTo } from '../../machinery/host/simulated/namespace.ts'
import { systemUdp } from '../../machinery/host/udp/system.ts'
import { parseMac } from '../../wire/mac.ts'
import { machinesOf } from './hardware.ts'
import { openNetbootHttp } from './http.ts'
import { machine } from './rack.ts'
import { openSyslog } from './syslog.ts'
import { openTftp } from './tftp.ts'

const MAC = '02:00:00:00:02:01'
const boot = randomBytes(300_001)
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function fetched(client: Client, path: string, command: readonly [string, ...string[]]): Promise<string> {
  const { code, stderr } = await client.run(...command)
  assert.equal(code, 0, stderr)
  return digest(await readFile(path))
}

test('tftp-hpa, busybox tftp, curl and logger get what they ask for, and hear why not', {
  skip: noNamespaces,
}, async () => {
  await enterPrivateNetwork()
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-files-'))
  await using _folder = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
  await using client = await wireTo({ name: 'f0', address: '10.78.0.1/24', mac: MAC })
  await client.run('ip', 'address', 'add', '10.78.0.20/24', 'dev', 'eth0')
  const lines: LogLine[] = []
  const journal = new MemoryJournal()
  const ip = { address: '10.78.0.20', netmask: '255.255.255.0' }
  const machines = machinesOf([machine('rack1', { dhcp: { mac: parseMac(MAC), ip } })])
  const host = { clock: systemClock, random: Math.random, log: createLog(systemClock, line => lines.push(line)) }
  const files = memoryFiles({ 'boot.efi': boot, 'vmlinuz-x86_64': boot })
  const parts = { udp: systemUdp, host, journal, machines, files, ipxe: files, hookos: files }
  await using _tftp = await openTftp({ address: '10.78.0.1' }, parts)
  await using _http = await openNetbootHttp({ address: '10.78.0.1', port: 7171, tinkPort: 42113 }, parts)
  await using _syslog = await openSyslog({}, parts)

  const want = digest(boot)
  const to = (name: string) => join(folder, name)
  const hpa = [
    'tftp',
    '-m',
    'binary',
    '10.78.0.1',
    '-c',
    'get',
    `${MAC.replaceAll(':', '-')}/boot.efi`,
    to('hpa'),
  ] as const
  assert.equal(await fetched(client, to('hpa'), hpa), want)
  const busybox = ['busybox', 'tftp', '-g', '-b', '1400', '-r', 'boot.efi', '-l', to('bb'), '10.78.0.1'] as const
  assert.equal(await fetched(client, to('bb'), busybox), want)
  const missing = await client.run('busybox', 'tftp', '-g', '-r', 'none.efi', '-l', to('none'), '10.78.0.1')
  assert.match(missing.stderr, /not found/)
  const write = await client.run('busybox', 'tftp', '-p', '-l', to('bb'), '-r', 'boot.efi', '10.78.0.1')
  assert.match(write.stderr, /only read/)

  const url = 'http://10.78.0.1:7171'
  assert.equal(await fetched(client, to('c'), ['curl', '-sfo', to('c'), `${url}/hookos/vmlinuz-x86_64`]), want)
  await client.run('truncate', '-s', '1000', to('c'))
  assert.equal(
    await fetched(client, to('c'), ['curl', '-sf', '-C', '-', '-o', to('c'), `${url}/hookos/vmlinuz-x86_64`]),
    want,
  )
  const script = await client.run('curl', '-sf', `${url}/auto.ipxe`)
  assert.match(script.stdout, /^#!ipxe\n.*hw_addr=02:00:00:00:02:01/s)

  await client.run('logger', '-n', '10.78.0.1', '-P', '514', '-d', '-t', 'hook', '--rfc5424', 'hello from HookOS')
  const deadline = Date.now() + 10_000
  while (!lines.some(({ facts }) => facts.text === 'hello from HookOS')) {
    assert.ok(Date.now() < deadline, 'the line has not come')
    await systemClock.wait(10)
  }
  assert.ok(lines.some(({ facts }) => facts.app === 'hook' && facts.hardware === 'rack1'))

  const told = journal.observations.map(({ what, evidence }) => `${what} ${evidence?.protocol ?? ''}`.trim())
  assert.deepEqual(told, ['boot-file tftp', 'boot-file tftp', 'kernel', 'ipxe-script'])
})
