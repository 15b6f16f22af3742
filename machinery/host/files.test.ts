import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { utf8 } from '../../wire/bytes.ts'
import { type FileSource, systemFiles } from './files.ts'
import { memoryFiles } from './simulated/files.ts'

// One suite, both sources: `a.txt` holds "hello", `sub/b` holds "below".
async function contract(files: FileSource): Promise<void> {
  const found = (await files.find('/a.txt')) ?? assert.fail()
  assert.equal(found.size, 5)
  await using open = await found.open()
  assert.equal(utf8.decode(await open.read(1, 3)), 'ell')
  assert.equal(utf8.decode(await open.read(4, 100)), 'o')
  assert.equal(Buffer.concat(await found.stream(1, 3).toArray()).toString(), 'ell')
  assert.equal((await files.find('sub//b'))?.size, 5)
  const nowhere = [
    '',
    '/',
    '.',
    'sub',
    'none',
    'a.txt/x',
    '../a.txt',
    'sub/../a.txt',
    'a.txt\0',
    'sub\\b',
    'x'.repeat(300),
  ]
  for (const path of nowhere) assert.equal(await files.find(path), undefined, path)
}

test('files made of memory', () =>
  contract(memoryFiles({ 'a.txt': utf8.encode('hello'), 'sub/b': utf8.encode('below') })))

test('files on disk, links of the operator followed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-files-'))
  try {
    await mkdir(join(folder, 'sub'))
    await writeFile(join(folder, 'hello'), 'hello')
    await symlink(join(folder, 'hello'), join(folder, 'a.txt'))
    await writeFile(join(folder, 'sub', 'b'), 'below')
    await contract(systemFiles(folder))
  } finally {
    await rm(folder, { recursive: true })
  }
})
