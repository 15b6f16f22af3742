import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributesOf, type Sys, sizeOf } from './attributes.ts'

function sysOf(files: Readonly<Record<string, string>>): Sys {
  return {
    read: async path => files[path] ?? '',
    list: async path => {
      const below = Object.keys(files).filter(name => name.startsWith(`${path}/`))
      return [...new Set(below.map(name => name.slice(path.length + 1).split('/')[0] ?? ''))]
    },
  }
}

test('disks, links and the product are told; what the kernel made up is not', async () => {
  const sys = sysOf({
    'block/loop0/size': '100',
    'block/nvme0n1/size': '2000409264',
    'block/nvme0n1/queue/rotational': '0',
    'block/nvme0n1/device/model': 'FAST 1000',
    'block/nvme0n1/device/serial': 'S1',
    'block/nvme0n1/wwid': 'eui.1',
    'class/net/lo/type': '772',
    'class/net/eno1/type': '1',
    'class/net/eno1/address': '52:54:00:00:00:01',
    'class/net/eno1/speed': '10000',
    'class/dmi/id/product_name': 'R640',
  })
  const { block, network, product } = await attributesOf(sys)
  assert.equal(block?.length, 1)
  assert.deepEqual(
    { ...block?.[0] },
    {
      name: 'nvme0n1',
      driveType: 'SSD',
      size: '954GB',
      physicalBlockSize: '',
      vendor: '',
      model: 'FAST 1000',
      serialNumber: 'S1',
      wwn: 'eui.1',
    },
  )
  assert.deepEqual(network, [{ name: 'eno1', mac: '52:54:00:00:00:01', speed: '10000Mb/s' }])
  assert.equal(product?.name, 'R640')
})

test('a machine of which nothing can be read has nothing to tell', async () => {
  const { block, network } = await attributesOf(sysOf({}))
  assert.deepEqual([block, network], [[], []])
})

test('sizes are rounded up to whole units', () => {
  assert.deepEqual([0, 512, 4096, 34_359_738_369].map(sizeOf), ['0B', '512B', '4KB', '33GB'])
})
