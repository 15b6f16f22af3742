import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import { systemClock } from '../../host/clock.ts'
import { copyStopped } from '../store/copy.ts'
import { sqliteDisk, storePath } from '../store/sqlite.ts'
import { opened, put, shown } from '../store/store.contract.ts'
import { restoreBackup } from './restore.ts'
import { takeBackup } from './take.ts'
import { unpackBackup } from './unpack.ts'

const root = mkdtempSync(join(tmpdir(), 'bellhop-backup-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'd-'))

type Copy = (path: string) => Promise<void>

async function written(directory: string, copy: Copy): Promise<string> {
  const file = join(fresh(), 'backup.tar')
  using backup = await takeBackup({ directory, copy, clock: systemClock })
  const chunks: Uint8Array[] = []
  for await (const chunk of backup.bytes()) chunks.push(chunk)
  writeFileSync(file, Buffer.concat(chunks))
  return file
}

/** A data directory that was in use, and a backup of it. */
async function used() {
  const directory = fresh()
  {
    await using store = opened(sqliteDisk(directory))
    await put(store, 'a', 1)
    await put(store, 'b', 2)
    await store.write({ collection: 'secrets', key: 'n/s' }, () => ({
      put: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'n' }, word: 'sesame' },
    }))
  }
  mkdirSync(join(directory, 'pki'))
  writeFileSync(join(directory, 'pki', 'ca.key'), 'a key')
  return { directory, file: await written(directory, path => copyStopped(storePath(directory), path)) }
}

const restored = (file: string, directory: string, force = false) =>
  restoreBackup({ file, directory, force, clock: systemClock })

test('what was backed up is there again elsewhere, secrets and certificates too, above every revision known', async () => {
  const { file } = await used()
  const directory = join(fresh(), 'new')
  const { manifest, revision } = restored(file, directory)
  assert.deepEqual([manifest.revision, manifest.objects, manifest.encrypted], [4, 3, true])
  assert.equal(readFileSync(join(directory, 'pki', 'ca.key'), 'utf8'), 'a key')
  assert.equal(statSync(join(directory, 'pki', 'ca.key')).mode & 0o777, 0o600)
  await using store = opened(sqliteDisk(directory))
  assert.equal(shown(store), 'a=1 b=2')
  assert.equal(store.get({ collection: 'secrets', key: 'n/s' })?.word, 'sesame')
  assert.equal(store.revision, revision)
  for (const known of [2, 4, 5000]) {
    assert.throws(
      () => store.since(known),
      fault => isApiFault(fault, 'Expired'),
    )
  }
  const next = await put(store, 'c')
  assert.equal(next?.metadata.resourceVersion, String(revision + 1))
})

test('a running store is copied as it is at one moment, while it is written to', async () => {
  const directory = fresh()
  const disk = sqliteDisk(directory)
  await using store = opened(disk)
  await Promise.all(Array.from({ length: 2000 }, (_, n) => put(store, `first-${n}`)))
  let writing = true
  const writer = (async () => {
    for (let n = 0; writing; n++) await Promise.all([put(store, `x-${n}`), put(store, `y-${n}`)])
  })()
  const file = await written(directory, path => disk.copy(path))
  writing = false
  await writer
  assert.deepEqual(
    readdirSync(directory).filter(name => name.startsWith('.backup')),
    [],
  )
  const again = fresh()
  const { manifest } = restored(file, again)
  await using copy = opened(sqliteDisk(again))
  assert.equal(copy.count('configmaps'), manifest.objects)
  assert.ok(manifest.objects >= 2000)
  assert.equal(
    copy.count('configmaps', 'n/x-'),
    copy.count('configmaps', 'n/y-'),
    'a group is in it whole or not at all',
  )
})

test('a directory in use, or not empty, is left alone; with force what is there goes aside', async () => {
  const { file, directory } = await used()
  const before = readdirSync(directory)
  assert.throws(() => restored(file, directory), { code: 'store/occupied', message: /is not empty .*say --force/ })
  {
    await using _ = opened(sqliteDisk(directory))
    assert.throws(() => restored(file, directory, true), { code: 'store/in-use' })
    await assert.rejects(copyStopped(storePath(directory), join(fresh(), 'copy')), { code: 'store/in-use' })
  }
  assert.deepEqual(readdirSync(directory), before)
  const { aside = '' } = restored(file, directory, true)
  assert.deepEqual(readdirSync(aside).sort(), ['encryption.key', 'pki', 'store.sqlite'])
  await using store = opened(sqliteDisk(directory))
  assert.equal(shown(store), 'a=1 b=2')
})

test('a backup that was cut or changed anywhere is refused, and nothing is touched', async () => {
  const { file } = await used()
  const whole = readFileSync(file)
  const target = join(fresh(), 'target')
  const broken = join(fresh(), 'broken.tar')
  const cuts = Array.from({ length: 40 }, (_, n) => whole.subarray(0, Math.floor((whole.length * n) / 40)))
  const flips = Array.from({ length: 40 }, (_, n) => {
    const bytes = Buffer.from(whole)
    const at = Math.floor((whole.length * (n + 0.5)) / 40)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return bytes
  })
  const contents = (path: string) => {
    const folder = fresh()
    const { files } = unpackBackup(path, folder)
    return files.map(({ name }) => readFileSync(join(folder, name)).toString('base64'))
  }
  const right = contents(file)
  for (const bytes of [...cuts, ...flips, Buffer.from('something else entirely\n'.repeat(100))]) {
    writeFileSync(broken, bytes)
    try {
      // What lies between the files belongs to none of them.
      assert.deepEqual(contents(broken), right)
    } catch (fault) {
      assert.match(String((fault as Error).message), /broken\.tar cannot be used: .*(damaged|manifest)/)
      assert.throws(() => restored(broken, target), { code: 'store/backup' })
    }
  }
  assert.deepEqual(readdirSync(target), [])
  assert.throws(() => restored(join(fresh(), 'none'), target), {
    message: /none cannot be used: there is no such file/,
  })
})
