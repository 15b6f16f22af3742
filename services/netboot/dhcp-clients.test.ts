import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MemoryJournal } from '../../machinery/api/journal.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { enterPrivateNetwork, noNamespaces, wireTo } from '../../machinery/host/simulated/namespace.ts'
import { systemUdp } from '../../machinery/host/udp/system.ts'
import { parseMac } from '../../wire/mac.ts'
import { openDhcp } from './dhcp.ts'
import { machinesOf } from './hardware.ts'
import { machine } from './rack.ts'

// Real clients, each on a wire of its own, both wires served at once.

const MACS = ['02:00:00:00:01:01', '02:00:00:00:01:02']

function rack() {
  return MACS.map((mac, at) => {
    const ip = { address: `10.77.${at}.20`, netmask: '255.255.255.0', gateway: `10.77.${at}.1` }
    return machine(`rack${at}`, { dhcp: { mac: parseMac(mac), ip, hostname: `rack${at}`, lease_time: 600 } })
  })
}

test('dhclient and udhcpc get addresses on two wires, and a wrong one is refused', { skip: noNamespaces }, async () => {
  await enterPrivateNetwork()
  await using folder = await temporary()
  await using one = await wireTo({ name: 'd0', address: '10.77.0.1/24', mac: MACS[0] ?? '' })
  await using two = await wireTo({ name: 'd1', address: '10.77.1.1/24', mac: MACS[1] ?? '' })
  const journal = new MemoryJournal()
  const host = { clock: systemClock, random: Math.random, log: silentLog }
  const parts = { udp: systemUdp, host, journal, machines: machinesOf(rack()) }
  await using _d0 = await openDhcp({ interface: 'd0', httpPort: 7171 }, parts)
  await using _d1 = await openDhcp({ interface: 'd1', httpPort: 7171 }, parts)

  const leases = join(folder.path, 'leases')
  const files = ['-lf', leases, '-pf', join(folder.path, 'pid'), '-sf', '/bin/true']
  const bound = await dhclientOnce(one, files)
  assert.match(bound, /DHCPOFFER of 10\.77\.0\.20 from 10\.77\.0\.1/)
  assert.match(bound, /DHCPACK of 10\.77\.0\.20 from 10\.77\.0\.1/)

  const lease = (address: string) =>
    `lease { interface "eth0"; fixed-address ${address}; option dhcp-server-identifier 10.77.0.1; option subnet-mask 255.255.255.0; renew 2 2040/01/01 00:00:00; rebind 2 2040/01/01 00:00:00; expire 2 2040/01/01 00:00:00; }\n`
  await writeFile(leases, lease('10.77.0.99'))
  const refused = await dhclientOnce(one, files)
  assert.match(refused, /DHCPNAK from 10\.77\.0\.1/)
  assert.match(refused, /bound to 10\.77\.0\.20/)

  const script = join(folder.path, 'script')
  await writeFile(script, '#!/bin/sh\n[ "$1" = bound ] && env\nexit 0\n', { mode: 0o755 })
  const { stdout } = await two.run('busybox', 'udhcpc', '-i', 'eth0', '-n', '-q', '-f', '-s', script)
  assert.match(stdout, /^ip=10\.77\.1\.20$/m)
  assert.match(stdout, /^router=10\.77\.1\.1$/m)
  assert.match(stdout, /^hostname=rack1$/m)
  assert.match(stdout, /^lease=600$/m)
  const acks = journal.observations.filter(({ what }) => what === 'dhcp-ack').map(({ evidence }) => evidence?.interface)
  assert.deepEqual([...new Set(acks)], ['d0', 'd1'])
})

/** Runs dhclient until it is bound; its words are the evidence. */
async function dhclientOnce(
  client: { run: (...args: [string, ...string[]]) => Promise<{ stderr: string }> },
  files: readonly string[],
) {
  const { stderr } = await client.run('timeout', '20', 'dhclient', '-v', '-1', '-cf', '/dev/null', ...files, 'eth0')
  await client.run('sh', '-c', `kill "$(cat ${files[3]})"`)
  return stderr
}

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), 'bellhop-dhcp-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}
