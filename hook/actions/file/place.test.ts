import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { placeFile } from './place.ts'

const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }

/** A root with some folders and links, and something outside of it that must stay as it is. */
async function tree() {
  const outside = await mkdtemp(join(tmpdir(), 'bellhop-tree-'))
  const root = join(outside, 'root')
  await mkdir(join(root, 'etc'), { recursive: true })
  await writeFile(join(outside, 'secret'), 'untouched')
  await writeFile(join(root, 'etc/plain'), 'old')
  await symlink(outside, join(root, 'absolute'))
  await symlink('../../../../../../..', join(root, 'etc/up'))
  await symlink('loop', join(root, 'loop'))
  await symlink('/etc/missing/../../secret', join(root, 'dangling'))
  const write = (path: string, mode = 0o644) =>
    placeFile(root, { path, contents: Buffer.from('new'), mode, directoryMode: 0o750, ...self })
  return {
    root,
    outside,
    write,
    [Symbol.asyncDispose]: () => rm(outside, { recursive: true }),
  }
}

test('a file replaces another, with exactly the mode given', async () => {
  await using here = await tree()
  await here.write('/etc/plain', 0o4767)
  assert.equal(await readFile(join(here.root, 'etc/plain'), 'utf8'), 'new')
  assert.equal((await stat(join(here.root, 'etc/plain'))).mode & 0o7777, 0o4767)
})

test('missing folders are made with their own mode', async () => {
  await using here = await tree()
  await here.write('/a/b/c')
  assert.equal((await stat(join(here.root, 'a/b'))).mode & 0o7777, 0o750)
})

const INSIDE = [
  ['/etc/up/secret', 'secret'], // above the root is the root
  ['/absolute/deep', undefined], // an absolute link starts at the root: its folders are made there
] as const

for (const [path, lands] of INSIDE) {
  test(`${path} stays inside`, async () => {
    await using here = await tree()
    await here.write(path)
    assert.equal(await readFile(join(here.outside, 'secret'), 'utf8'), 'untouched')
    const place = lands ?? join(here.outside.slice(1), 'deep')
    assert.equal(await readFile(join(here.root, place), 'utf8'), 'new')
  })
}

const REFUSED = [
  ['/../secret', /goes up with "\.\."/],
  ['/etc/../../secret', /goes up with "\.\."/],
  ['/loop', /too many symbolic links/],
  ['/dangling', /leads through a link to something missing/],
  ['/etc', /exists and is not a file/],
  ['/etc/plain/below', /a part of the path is a file/],
  ['/', /names no file/],
] as const

for (const [path, expected] of REFUSED) {
  test(`${path} is refused`, async () => {
    await using here = await tree()
    await assert.rejects(here.write(path), { code: 'action/path', message: expected })
    assert.equal(await readFile(join(here.outside, 'secret'), 'utf8'), 'untouched')
  })
}
