import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootSector, grubConfig, placedCore } from './grub.ts'

test('the boot sector keeps clear of the partition table and points at the core', () => {
  const code = bootSector(new Uint8Array(512).fill(0xee), 34)
  assert.equal(code.length, 440)
  const view = new DataView(code.buffer)
  assert.equal(view.getBigUint64(0x5c, true), 34n)
  assert.equal(code[0x5b], 0xee)
  assert.deepEqual([...code.subarray(0x64, 0x69)], [0xee, 0xee, 0x90, 0x90, 0xee])
})

test('the core points at the sector after its first and is otherwise unchanged', () => {
  const image = new Uint8Array(1024).fill(0xee)
  const core = placedCore(image, 34)
  assert.equal(new DataView(core.buffer).getBigUint64(500, true), 35n)
  assert.deepEqual(core.subarray(508), image.subarray(508))
  assert.equal(image[500], 0xee, 'the argument was changed')
})

test('the menu has one entry with a kernel, a root and an initrd', () => {
  const lines = grubConfig('6.1.0-9-amd64').split('\n')
  assert.equal(lines.filter(line => line.startsWith('menuentry')).length, 1)
  assert.ok(lines.some(line => /^ {2}linux \/boot\/vmlinuz-6\.1\.0-9-amd64 root=UUID=\S+ /.test(line)))
  assert.ok(lines.includes('  initrd /boot/initrd.img-6.1.0-9-amd64'))
})
