import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { access, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { Hardware } from '../machinery/api/hardware.ts'
import { noNamespaces } from '../machinery/host/simulated/namespace.ts'
import { clientOf, openSite, type Site, WIRE } from './test/site.ts'

// What cannot be is said at the start, in one sentence with what to do, before anything is made.

const run = promisify(execFile)
const skip = noNamespaces
let site: Site

before(async () => {
  if (!skip) site = await openSite()
})
after(async () => {
  await site?.[Symbol.asyncDispose]()
})

interface Start {
  readonly flags?: readonly string[]
  readonly around?: readonly string[]
  readonly code?: number
}

/** Starts it, and holds it to: an exit code, one sentence, no trace, no data directory. */
async function refused(dataDir: string, says: RegExp, { flags, around, code = 1 }: Start = {}): Promise<void> {
  const outcome = await site.up(site.flags(dataDir, flags), around).ended
  assert.match(outcome.stderr, says)
  assert.match(outcome.stderr, /^bellhop: [^\n]+\n$/, 'more than one line')
  assert.doesNotMatch(outcome.stderr, /\n\s+at |please report/)
  assert.equal(outcome.code, code)
}

async function nothingMade(dataDir: string): Promise<void> {
  await assert.rejects(access(site.path(dataDir)), { code: 'ENOENT' })
}

test('an interface that is not there, has no address, or is not named', { skip }, async () => {
  await refused('none', /interface nosuch0: there is no such interface; choose one that `ip link` shows/, {
    flags: ['--interface', 'nosuch0'],
  })
  await run('ip', ['link', 'add', 'bare0', 'type', 'veth', 'peer', 'name', 'bare1'])
  await refused('none', /interface bare0 has no IPv4 address; give it one first, for example with `ip address add`/, {
    flags: ['--interface', 'bare0'],
  })
  await refused('none', /--interface: name the interface to serve/, { flags: [], code: 2 })
  await nothingMade('none')
})

test('port 67 in use', { skip }, async () => {
  const other = createSocket('udp4').bind(67)
  await once(other, 'listening')
  await refused('dhcp', /interface bh0: another program \(a DHCP server .*\) has port 67; stop it: `ss .*` shows which/)
  await once(other.close(), 'close')
  await nothingMade('dhcp')
})

test('the port of the API in use, and two services on one port', { skip }, async () => {
  const other = createServer().listen(6443, '127.0.0.1')
  await once(other, 'listening')
  await refused('api', /Kubernetes API on 127\.0\.0\.1:6443: another program has this port; stop .* or choose another/)
  await once(other.close(), 'close')
  const flags = ['--interface', WIRE.name, '--http-port', '6443']
  await refused('api', /--http-port "6443": the api-port is the same; choose another port/, { flags, code: 2 })
  await nothingMade('api')
})

test('not root', { skip }, async () => {
  const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups']
  await refused('mine', /interface bh0: the system does not permit it; run as root, or grant CAP_NET_RAW/, {
    around: nobody,
  })
  await nothingMade('mine')
})

test('a full disk, and a data directory that is a file', { skip }, async () => {
  await mkdir(site.path('full'))
  const around = ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=1m none ${site.path('full')} && exec "$@"`, 'sh']
  await refused('full', /data directory .*\/full: its disk has less than 64 MB free; free some space, or choose/, {
    around,
  })
  await site.write('a-file', '')
  await refused('a-file', /--data-dir ".*a-file": it is a file, not a folder/, { code: 2 })
})

test('a data directory that another bellhop uses', { skip }, async () => {
  const first = site.up(site.flags('shared'))
  await first.said(/"msg":"ready"/)
  await run('ip', ['address', 'add', '10.66.1.1/24', 'dev', 'bare0'])
  const flags = ['--interface', 'bare0', '--api-port', '6444']
  await refused('shared', /shared\/store\.sqlite is used by another process; stop it, or choose another data dir/, {
    flags,
  })
  assert.equal((await first.stop()).code, 0)
})

test('folders and files that are not there', { skip }, async () => {
  const wire = ['--interface', WIRE.name]
  for (const [flag, says] of [
    ['--images-dir', /--images-dir "\/nosuch": there is no such folder; make it/],
    ['--ipxe-dir', /--ipxe-dir "\/nosuch": there is neither undionly\.kpxe nor ipxe\.efi in it; install .* ipxe/],
    ['--hookos-dir', /--hookos-dir "\/nosuch": there is no vmlinuz-x86_64 in it; build it/],
    ['--hardware-csv', /--hardware-csv "\/nosuch": there is no such file/],
    ['--config', /--config "\/nosuch": there is no such file/],
  ] as const) {
    await refused('absent', says, { flags: [...wire, flag, '/nosuch'], code: 2 })
  }
  await nothingMade('absent')
})

const HEADER = 'hostname,mac,ip_address,netmask,gateway,nameservers,labels,disk'
const RACK1 = 'rack1,52:54:00:00:00:01,10.66.0.11,255.255.255.0,10.66.0.1,1.1.1.1,type=cp,/dev/sda'

test('every mistake of a hardware list, each with file, line, column and value', { skip }, async () => {
  const wrong = RACK1.replace('rack1', 'Rack 2').replace('10.66.0.11', '10.66.0.999')
  const list = await site.write('wrong.csv', `${HEADER}\n${RACK1}\n${wrong}\nrack3,zz,,,,,,\n`)
  const { code, stderr } = await site.up(site.flags('csv', ['--interface', WIRE.name, '--hardware-csv', list])).ended
  assert.equal(code, 2)
  assert.deepEqual(
    stderr
      .trimEnd()
      .split('\n')
      .map(line => line.replace(/^bellhop: /, '').slice(0, 56)),
    [
      'wrong.csv:3: hostname "Rack 2": not a host name: lower-ca',
      'wrong.csv:3: ip_address "10.66.0.999": not an IPv4 address',
      'wrong.csv:3: mac "52:54:00:00:00:01": the row of line 2 h',
      'wrong.csv:4: ip_address: a value is missing',
      'wrong.csv:4: netmask: a value is missing',
      'wrong.csv:4: gateway: a value is missing',
      'wrong.csv:4: nameservers: a value is missing',
      'wrong.csv:4: mac "zz": not a MAC address such as 52:54:00',
      'wrong.csv:4: disk: a value is missing',
    ].map(line => line.slice(0, 56)),
  )
  const column = await site.write('column.csv', `${HEADER},colour\n${RACK1},red\n`)
  await refused('csv', /column\.csv:1: colour: no such column; there are hostname/, {
    flags: ['--interface', WIRE.name, '--hardware-csv', column],
    code: 2,
  })
  await nothingMade('csv')
})

test('a list that clashes with what is known adds none of its machines', { skip }, async () => {
  const known = await site.write('known.csv', `${HEADER}\n${RACK1}\n`)
  const wire = ['--interface', WIRE.name]
  const first = site.up(site.flags('clash', [...wire, '--hardware-csv', known]))
  await first.said(/"msg":"ready"/)
  await first.stop()
  const rack2 = RACK1.replace('rack1', 'rack2').replace('00:01', '00:02').replace('0.11', '0.12')
  const list = await site.write('clash.csv', `${HEADER}\n${rack2}\n${RACK1.replace('rack1', 'rack9')}\n`)
  const flags = [...wire, '--hardware-csv', list]
  const outcome = await site.up(site.flags('clash', flags)).ended
  assert.equal(outcome.code, 1)
  assert.match(outcome.stderr, /rack9: 52:54:00:00:00:01 belongs to the Hardware rack1 already/)
  const again = site.up(site.flags('clash'))
  await again.said(/"msg":"ready"/)
  using client = clientOf(site, 'clash')
  assert.deepEqual(
    (await client.list(Hardware)).items.map(item => item.metadata.name),
    ['rack1'],
  )
  await again.stop()
})
