import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Interface } from '../../machinery/api/hardware.ts'
import { parseIpv4 } from '../../wire/ipv4.ts'
import { machinesOf } from './hardware.ts'
import { MAC, machine } from './rack.ts'
import { type ScriptSettings, scriptFor } from './script.ts'

const settings: ScriptSettings = {
  hookUrl: 'http://10.0.0.1:7171/hookos',
  syslogHost: parseIpv4('10.0.0.1') ?? assert.fail(),
  grpcAuthority: '10.0.0.1:42113',
  tinkerbellTls: false,
  extraKernelArgs: '',
  retries: 2,
  retryDelay: 3,
}

function script(over: Partial<Interface> = {}, more: Partial<ScriptSettings> = {}) {
  const [found = assert.fail()] = machinesOf([machine('rack1', over)]).byMac(MAC)
  return scriptFor(found, { ...settings, ...more })
}

function textOf(...args: Parameters<typeof script>): string {
  const found = script(...args)
  return found.is === 'script' ? found.text : assert.fail(found.says)
}

const lineWith = (text: string, start: string) =>
  text.split('\n').find(line => line.startsWith(start)) ?? assert.fail(text)

test('the whole script of a plain machine', () => {
  const text = textOf()
  assert.match(text, /^#!ipxe\nset syslog 10\.0\.0\.1 /)
  assert.equal(lineWith(text, 'set download-url'), 'set download-url http://10.0.0.1:7171/hookos')
  assert.equal(lineWith(text, 'set kernel'), 'set kernel vmlinuz-x86_64')
  assert.equal(lineWith(text, 'initrd '), `initrd \${download-url}/\${initrd} && goto initrd_done ||`)
  const order = ['kernel ', ':kernel_done', 'initrd ', ':initrd_done', 'boot '].map(part => text.indexOf(`\n${part}`))
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  )
  assert.ok(order.every(at => at > 0))
})

test('the kernel’s parameters, complete and in upstream’s order', () => {
  const facility = { facility_code: 'onprem' }
  const hardware = machine('rack1', {
    dhcp: { vlan_id: '400' },
    netboot: { allowPXE: true, osie: { kernelParams: ['console=ttyS4', 'two words'] } },
  })
  const agent = { ...hardware, spec: { ...hardware.spec, agentID: 'agent1', metadata: { facility } } }
  const [found = assert.fail()] = machinesOf([agent]).byMac(MAC)
  const made = scriptFor(found, { ...settings, extraKernelArgs: 'tink_worker_image=x  insecure_registries=y' })
  assert.equal(
    lineWith(made.is === 'script' ? made.text : '', 'kernel '),
    `kernel \${download-url}/\${kernel} vlan_id=400 facility=onprem syslog_host=10.0.0.1 grpc_authority=10.0.0.1:42113 ` +
      'tinkerbell_tls=false tinkerbell_insecure_tls=false worker_id=agent1 hw_addr=01:02:03:04:05:06 ' +
      'modules=loop,squashfs,sd-mod,usb-storage intel_iommu=on iommu=pt initrd=initramfs-x86_64 ' +
      'console=tty0 tink_worker_image=x insecure_registries=y console=ttyS4 two words && goto kernel_done ||',
  )
})

// Seen on Debian's 6.1: with ttyS1 named before ttyS0 nothing is said on ttyS0, even where there is no ttyS1.
for (const [global, own, consoles] of [
  ['', [], ['console=tty0', 'console=ttyS0,115200']],
  ['console=ttyS1,57600', [], ['console=tty0', 'console=ttyS1,57600']],
  ['console=ttyS1', ['console=tty1', 'console=ttyS2'], ['console=tty0', 'console=tty1', 'console=ttyS2']],
  ['console=ttyS1', ['console=ttyS1'], ['console=tty0', 'console=ttyS1']],
] as const) {
  test(`one serial console, the last that is named: ${global} ${own}`, () => {
    const netboot = { allowPXE: true, osie: { kernelParams: own } }
    const words = lineWith(textOf({ netboot }, { extraKernelArgs: global }), 'kernel ').split(' ')
    assert.deepEqual(
      words.filter(word => word.startsWith('console=')),
      consoles,
    )
  })
}

test('arm64 has its own files and no Intel parameters (W28)', () => {
  const text = textOf({ dhcp: { arch: 'aarch64' } })
  assert.equal(lineWith(text, 'set kernel'), 'set kernel vmlinuz-aarch64')
  assert.doesNotMatch(text, /intel_iommu/)
})

test('where HookOS comes from is the Hardware’s to say', () => {
  const osie = { baseURL: 'http://files.example/hook/', kernel: 'k', initrd: 'i' }
  const text = textOf({ netboot: { allowPXE: true, osie } })
  for (const line of ['set download-url http://files.example/hook', 'set kernel k', 'set initrd i'])
    lineWith(text, line)
  assert.match(text, / initrd=i /)
})

test('each step is tried again, says so on the screen, and in the end gives the firmware its turn', () => {
  const text = textOf()
  for (const label of ['kernel', 'initrd', 'boot']) {
    assert.match(text, new RegExp(`iseq \\$\\{${label}_retry\\} \\$\\{retries\\} && goto ${label}_failed`))
    assert.match(text, new RegExp(`:${label}_failed\\necho .*next boot device\\nimgfree\\nexit\\n`))
  }
  // Every label that is jumped to is there, once.
  for (const [, label = ''] of text.matchAll(/goto (\w+)/g)) assert.equal(text.split(`\n:${label}\n`).length, 2, label)
})

test('a line end in a field is no new command', () => {
  const text = textOf({ netboot: { allowPXE: true, osie: { kernelParams: ['a\nshell'] } } })
  assert.doesNotMatch(text, /^shell/m)
})

test('custom scripts: a URL before contents', () => {
  const url = 'https://boot.example/x.ipxe'
  const both = textOf({ netboot: { allowPXE: true, ipxe: { url, contents: 'shell' } } })
  assert.match(both, /^#!ipxe\necho .*\nchain --autofree https:\/\/boot\.example\/x\.ipxe\n$/)
  assert.match(textOf({ netboot: { allowPXE: true, ipxe: { contents: 'shell' } } }), /^#!ipxe\necho .*\nshell\n$/)
})

for (const [reason, over] of [
  ['not-allowed', { netboot: { allowPXE: false } }],
  ['not-allowed', { netboot: undefined }],
  ['bad-url', { netboot: { allowPXE: true, ipxe: { url: 'ftp://boot.example' } } }],
] as const) {
  test(`no script: ${reason}`, () => {
    const none = script(over)
    assert.equal(none.is === 'none' && none.reason, reason)
  })
}
