import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityOf, parseCmdline } from './identity.ts'

// As Boots' iPXE script for HookOS writes it.
const BOOTED =
  'ip=dhcp vlan_id= facility=onprem syslog_host=10.0.0.1 grpc_authority=10.0.0.1:42113 tinkerbell_tls=false ' +
  'worker_id=52:54:00:00:00:01 hw_addr=52:54:00:00:00:01 modules=loop,squashfs initrd=initramfs-x86_64 console=tty0\n'

test('the identity of a machine that Boots started', () => {
  assert.deepEqual(identityOf(BOOTED), {
    worker: '52:54:00:00:00:01',
    authority: '10.0.0.1:42113',
    tls: false,
    insecureTls: false,
  })
})

const CASES = [
  ['worker_id=AA-BB-CC-00-00-01 grpc_authority=h', { worker: 'aa:bb:cc:00:00:01', authority: 'h:42113' }],
  ['hw_addr=AA:BB:CC:00:00:01 grpc_authority=h:1', { worker: 'aa:bb:cc:00:00:01', authority: 'h:1' }],
  ['BOOTIF=01-aa-bb-cc-00-00-01 grpc_authority=h:1', { worker: 'aa:bb:cc:00:00:01' }],
  ['worker_id=rack-7 grpc_authority=a:1 grpc_authority=b:2', { worker: 'rack-7', authority: 'b:2' }],
  ['worker_id=w grpc_authority=[2001:db8::1]', { authority: '[2001:db8::1]:42113' }],
  ['worker_id=w grpc_authority=h tinkerbell_tls tinkerbell_insecure_tls=true', { tls: true, insecureTls: true }],
] as const

for (const [cmdline, expected] of CASES) {
  test(cmdline, () => {
    const identity = identityOf(cmdline)
    assert.deepEqual({ ...identity, ...expected }, identity)
  })
}

test('what is missing or wrong is said by name', () => {
  assert.throws(() => identityOf('grpc_authority=h'), /worker_id is not on the kernel command line/)
  assert.throws(() => identityOf('worker_id=w'), /grpc_authority is not on the kernel command line/)
  assert.throws(
    () => identityOf(`${BOOTED} tinkerbell_tls=maybe`),
    /tinkerbell_tls .* is "maybe": true or false is wanted/,
  )
})

test('quoted values hold spaces', () => {
  assert.equal(parseCmdline('a="b c" "d=e f" g').get('a'), 'b c')
  assert.equal(parseCmdline('a="b c" "d=e f" g').get('d'), 'e f')
  assert.equal(parseCmdline('a="unclosed x').get('a'), 'unclosed x')
})
