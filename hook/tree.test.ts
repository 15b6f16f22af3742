import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseReadelf, Tree } from './tree.ts'

test('libraries and the interpreter are read from readelf', () => {
  const output = `
  INTERP         0x000318 0x0000000000000318 0x0000000000000318 0x00001c 0x00001c R   0x1
      [Requesting program interpreter: /lib64/ld-linux-x86-64.so.2]
 0x0000000000000001 (NEEDED)             Shared library: [libxenctrl.so.4.17]
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
`
  assert.deepEqual(parseReadelf(output), ['libxenctrl.so.4.17', 'libc.so.6', 'ld-linux-x86-64.so.2'])
  assert.deepEqual(parseReadelf('There is no dynamic section in this file.'), [])
})

test('links are read as if the tree were the root, and circles end', async () => {
  const root = await mkdtemp(join(tmpdir(), 'hook-tree-'))
  try {
    await mkdir(join(root, 'sbin'), { recursive: true })
    await writeFile(join(root, 'sbin', 'mke2fs'), '')
    await symlink('/sbin/mke2fs', join(root, 'sbin', 'absolute'))
    await symlink('mke2fs', join(root, 'sbin', 'relative'))
    await symlink('circle', join(root, 'sbin', 'circle'))
    const tree = new Tree(root)
    assert.equal(await tree.program('absolute'), join(root, 'sbin', 'mke2fs'))
    assert.equal(await tree.program('relative'), join(root, 'sbin', 'mke2fs'))
    await assert.rejects(tree.program('circle'), { code: 'hook/recipe' })
    await assert.rejects(tree.program('gone'), { code: 'hook/recipe' })
  } finally {
    await rm(root, { recursive: true })
  }
})
