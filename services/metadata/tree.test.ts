import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hardware } from '../../machinery/api/hardware.ts'
import { make } from '../../machinery/api/kind.ts'
import { lookUp, metadataTree } from './tree.ts'

const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOperator operator@admin'

const hardware = make(Hardware, {
  metadata: { name: 'rack1', namespace: 'eksa-system' },
  spec: {
    userData: '#cloud-config\n{}',
    metadata: {
      facility: { facility_code: 'onprem', plan_slug: 'c2.medium.x86' },
      instance: {
        id: '52:54:00:00:00:01',
        hostname: 'rack1',
        tags: ['a', 'b'],
        ssh_keys: [KEY, 'ssh-rsa AAAA'],
        ips: [
          { address: '10.0.0.7', family: 4, public: false },
          { address: '203.0.113.7', family: 4, public: true },
          { address: '2001:db8::7', family: 6 },
        ],
        operating_system: { distro: 'debian' },
      },
    },
  },
})

const tree = metadataTree(hardware)
const at = (path: string) => lookUp(tree, path.split('/').filter(Boolean))

test('each path has the value that its field of the Hardware has', () => {
  const expected: Record<string, string> = {
    '': 'meta-data/\nuser-data',
    'user-data': '#cloud-config\n{}',
    'meta-data/instance-id': '52:54:00:00:00:01',
    'meta-data/hostname': 'rack1',
    'meta-data/local-hostname': 'rack1',
    'meta-data/plan': 'c2.medium.x86',
    'meta-data/facility': 'onprem',
    'meta-data/tags': 'a\nb',
    'meta-data/local-ipv4': '10.0.0.7',
    'meta-data/public-ipv4': '203.0.113.7',
    'meta-data/public-ipv6': '2001:db8::7',
    'meta-data/operating-system/distro': 'debian',
    'meta-data/operating-system/license_activation': 'state',
    'meta-data/iqn': '',
  }
  for (const [path, value] of Object.entries(expected)) assert.equal(at(path), value, path)
})

test('the listing is the one that upstream documents', () => {
  const names =
    'facility hostname instance-id iqn local-hostname local-ipv4 operating-system/ plan public-ipv4 public-ipv6 public-keys/ tags'
  assert.equal(at('meta-data'), names.replaceAll(' ', '\n'))
})

test('keys have the shape that cloud-init crawls', () => {
  assert.equal(at('meta-data/public-keys'), '0=operator@admin\n1=key-1')
  assert.equal(at('meta-data/public-keys/0'), 'openssh-key')
  assert.equal(at('meta-data/public-keys/0/openssh-key'), KEY)
})

test('what is not there is undefined, and names of JavaScript are not there', () => {
  for (const path of [
    'nothing',
    'meta-data/hostname/more',
    'meta-data/constructor',
    '__proto__',
    'meta-data/public-keys/7',
  ]) {
    assert.equal(at(path), undefined, path)
  }
})

test('a Hardware without metadata gives empty values, never an error', () => {
  const bare = metadataTree(make(Hardware, { metadata: { name: 'bare' }, spec: {} }))
  assert.equal(lookUp(bare, ['meta-data', 'hostname']), '')
  assert.equal(lookUp(bare, ['user-data']), '')
  assert.equal(lookUp(bare, ['meta-data', 'public-keys']), '')
})
