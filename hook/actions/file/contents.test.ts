import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { systemClock } from '../../../machinery/host/clock.ts'
import { toHex } from '../../../wire/bytes.ts'
import { runProgram } from '../program.ts'
import { file, status, WebServer } from '../simulated/server.ts'
import { act, machineOf } from '../simulated/world.ts'
import { Variables } from '../variables.ts'
import { bootconfig } from './bootconfig.ts'
import { contentsOf } from './contents.ts'
import { netplan } from './netplan.ts'
import { gateways, runningNetwork } from './network.ts'

const interfaces = () => ({
  lo: [
    {
      address: '127.0.0.1',
      netmask: '255.0.0.0',
      family: 'IPv4' as const,
      mac: '00:00:00:00:00:00',
      internal: true,
      cidr: null,
    },
  ],
  eth0: [
    {
      address: '10.9.0.5',
      netmask: '255.255.0.0',
      family: 'IPv4' as const,
      mac: '52:54:00:00:00:02',
      internal: false,
      cidr: null,
    },
  ],
  eth1: [
    {
      address: '10.0.0.7',
      netmask: '255.255.255.0',
      family: 'IPv4' as const,
      mac: '52:54:00:00:00:01',
      internal: false,
      cidr: null,
    },
  ],
})

const machine = machineOf(
  {
    '/proc/cmdline': 'console=ttyS0 hw_addr=52:54:00:00:00:01 worker_id=x\n',
    '/proc/net/route':
      'Iface\tDestination\tGateway \tFlags\neth1\t00000000\t0100000A\t0003\neth1\t0000000A\t00000000\t0001\n',
    '/etc/resolv.conf': '# made by udhcpc\nsearch lab.example\nnameserver 10.0.0.1\nnameserver 10.0.0.2\n',
  },
  interfaces,
)

const from = (env: Record<string, string>) =>
  contentsOf({
    variables: new Variables(env),
    env,
    signal: new AbortController().signal,
    clock: systemClock,
    log: () => undefined,
    progress: () => undefined,
    run: runProgram,
    machine,
  })

test('the running network of the boot interface becomes a static netplan', async () => {
  const text = netplan(await runningNetwork(machine))
  assert.deepEqual(parse(text), {
    network: {
      version: 2,
      renderer: 'networkd',
      ethernets: {
        boot: {
          match: { macaddress: '52:54:00:00:00:01' },
          dhcp4: false,
          addresses: ['10.0.0.7/24'],
          routes: [{ to: 'default', via: '10.0.0.1' }],
          nameservers: { addresses: ['10.0.0.1', '10.0.0.2'], search: ['lab.example'] },
        },
      },
    },
  })
  assert.equal(Buffer.from(await from({ STATIC_NETPLAN: 'true' })).toString(), text)
})

test('without a boot address on the command line the interface with the default route counts', async () => {
  const route = 'Iface\tDestination\tGateway\neth0\t00000000\t01000A0A\n'
  const network = await runningNetwork(machineOf({ '/proc/net/route': route }, interfaces))
  assert.equal(network.interface, 'eth0')
  assert.equal(network.prefix, 16)
})

test('a machine without an address cannot be described', async () => {
  await assert.rejects(
    runningNetwork(machineOf({ '/proc/cmdline': 'hw_addr=52:54:00:00:00:09' })),
    /no interface 52:54/,
  )
})

test('gateways are read from hexadecimal, and noise is passed over', () => {
  assert.deepEqual([...gateways('head\neth0 00000000 FE01A8C0\nx\neth1 00000000 zz\n\0')], [['eth0', '192.168.1.254']])
})

// Composed by hand after the kernel's admin-guide/bootconfig: text, zeros to a multiple of four, size, sum, mark.
test('a boot configuration is laid out as the kernel reads it', () => {
  const bytes = bootconfig('kernel {}')
  assert.equal(
    toHex(bytes),
    `${toHex(Buffer.from('kernel {}'))}000000${'0c000000'}${'99030000'}${toHex(Buffer.from('#BOOTCONFIG\n'))}`,
  )
})

test('user data comes from the first metadata server that has it', async () => {
  await using silent = await WebServer.start(status(404))
  await using hegel = await WebServer.start(file(Buffer.from('[settings]\n')))
  const contents = await from({ HEGEL_URLS: `${silent.url},${hegel.url}/` })
  assert.equal(Buffer.from(contents).toString(), '[settings]\n')
  assert.equal(hegel.asked[0]?.url, '/2009-04-04/user-data')
  await assert.rejects(from({ HEGEL_URLS: silent.url }), /no metadata server has user data: http.*answered 404/)
})

const SIMPLE = [
  [{ CONTENTS: 'a\nb' }, 'a\nb'],
  [{ CONTENTS: '' }, ''],
  [{ CONTENTS_BASE64: 'aGkh\nCg==' }, 'hi!\n'],
] as const

for (const [env, expected] of SIMPLE) {
  test(`${JSON.stringify(env)} is ${JSON.stringify(expected)}`, async () => {
    assert.equal(Buffer.from(await from(env)).toString(), expected)
  })
}

test('nothing to write, or two things, or no base64, are refused before a disk is touched', async () => {
  const disk = { DEST_DISK: '/dev/null', DEST_PATH: '/x' }
  const message = async (env: Record<string, string>) => (await act('writefile', { ...disk, ...env })).message
  assert.match(await message({}), /^none of CONTENTS, .* is set$/)
  assert.match(
    await message({ CONTENTS: 'a', HEGEL_URLS: 'b' }),
    /^CONTENTS and HEGEL_URLS are set: one of them is wanted$/,
  )
  assert.match(await message({ CONTENTS_BASE64: '?' }), /^CONTENTS_BASE64 is not base64$/)
  assert.match(await message({ CONTENTS: 'a', MODE: '0999' }), /^MODE is "0999": octal/)
  assert.match(await message({ CONTENTS: 'a', UID: 'root' }), /^UID is "root": a number is wanted$/)
  assert.match(await message({ CONTENTS: 'a' }), /^\/dev\/null is not a block device$/)
})
