import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import { memoryDisk } from './disk.ts'
import { sqliteDisk } from './sqlite.ts'
import { object, opened, place, put, storeContract } from './store.contract.ts'

const root = mkdtempSync(join(tmpdir(), 'bellhop-store-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'd-'))

storeContract('memory', () => {
  const disk = memoryDisk()
  return () => disk
})
storeContract('sqlite', () => {
  const directory = fresh()
  return () => sqliteDisk(directory)
})

test('a directory has one owner at a time, and its file one reader', async () => {
  const directory = fresh()
  await using store = opened(sqliteDisk(directory))
  await put(store, 'a')
  assert.throws(() => sqliteDisk(directory), { code: 'store/in-use' })
  assert.equal(statSync(join(directory, 'store.sqlite')).mode & 0o777, 0o600)
})

test('a full disk refuses writes with a sentence, and goes on reading; with room it writes again', async () => {
  await using store = opened(sqliteDisk(fresh(), { maxPages: 40 }))
  await put(store, 'a', 1)
  const big = { ...object('b'), text: 'x'.repeat(1_000_000) }
  const full = store.write(place('b'), () => ({ put: big }))
  await assert.rejects(
    full,
    fault => isApiFault(fault, 'ServiceUnavailable') && /the disk .* is full/.test(fault.message),
  )
  assert.equal(store.get(place('a'))?.value, 1)
  assert.equal(store.get(place('b')), undefined)
  await put(store, 'c', 3)
  assert.equal(store.get(place('c'))?.value, 3)
})

test('after a failed sync nothing more is written, reading goes on, and a restart knows what was acknowledged', async () => {
  const directory = fresh()
  let works = true
  const sync = async () => {
    if (!works) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
  }
  {
    await using store = opened(sqliteDisk(directory, { sync }))
    await put(store, 'a', 1)
    works = false
    const refused = (fault: unknown) =>
      isApiFault(fault, 'ServiceUnavailable') && /EIO.*look at the disk/.test(fault.message)
    await assert.rejects(put(store, 'a', 2), refused)
    works = true
    await assert.rejects(put(store, 'a', 3), refused)
    assert.equal(store.get(place('a'))?.value, 1)
  }
  await using again = opened(sqliteDisk(directory))
  assert.match(String(again.get(place('a'))?.value), /^[12]$/)
})

test('what cannot be opened is said in a sentence that names it', () => {
  const directory = fresh()
  writeFileSync(join(directory, 'store.sqlite'), 'this is no database, however one looks at it\n'.repeat(100))
  assert.throws(() => sqliteDisk(directory), { code: 'store/broken', message: /store.sqlite: file is not a database/ })
  const occupied = fresh()
  mkdirSync(join(occupied, 'store.sqlite'))
  assert.throws(() => sqliteDisk(occupied), { code: 'store/broken', message: /store.sqlite: unable to open/ })
})

const WRITER = `
  const { Store } = await import(process.argv[1] + '/store.ts')
  const { sqliteDisk } = await import(process.argv[1] + '/sqlite.ts')
  const store = new Store(sqliteDisk(process.argv[2]), { clock: Date })
  const writer = async name => {
    for (let value = 1; ; value++) {
      await store.write({ collection: 'c', key: name }, now => ({ put: { apiVersion: 'v1', kind: 'X', metadata: { name }, value: Number(now?.value ?? 0) + 1 } }))
      process.stdout.write(name + ' ' + store.get({ collection: 'c', key: name }).value + '\\n')
    }
  }
  for (let n = 0; n < 8; n++) void writer('w' + n)
`

test('kill -9 in the middle of writing loses nothing that was acknowledged', { timeout: 120_000 }, async () => {
  const directory = fresh()
  const acknowledged = new Map<string, number>()
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER, '--', import.meta.dirname, directory])
    const enough = 50 + Math.floor(Math.random() * 400)
    let lines = 0
    for await (const line of createInterface(child.stdout)) {
      const [name = '', value = ''] = line.split(' ')
      acknowledged.set(name, Number(value))
      if (++lines === enough) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    assert.equal(child.signalCode, 'SIGKILL')
    await using store = opened(sqliteDisk(directory))
    for (const [name, value] of acknowledged) {
      const kept = Number(store.get({ collection: 'c', key: name })?.value)
      assert.ok(kept >= value, `${name}: ${value} was acknowledged, ${kept} was kept`)
    }
  }
  assert.equal(acknowledged.size, 8)
})

const TMPFS = spawnSync('unshare', ['-m', 'true']).status === 0
const FULL_DISK = `
  const { Store } = await import(process.argv[1] + '/store.ts')
  const { sqliteDisk } = await import(process.argv[1] + '/sqlite.ts')
  const { rmSync } = await import('node:fs')
  const directory = process.argv[2]
  const store = new Store(sqliteDisk(directory + '/data'), { clock: Date })
  let kept = 0
  const put = n => store.write({ collection: 'c', key: 'k' + n }, () => ({ put: { metadata: { name: 'k' + n }, text: 'x'.repeat(20000) } }))
  let refused
  for (; !refused; kept++) await put(kept).catch(fault => { refused = fault })
  const readable = store.count('c') === --kept && store.get({ collection: 'c', key: 'k0' }).text.length === 20000
  rmSync(directory + '/ballast')
  await put(kept)
  console.log(JSON.stringify({ refused: refused.message, readable, resumed: store.count('c') === kept + 1 }))
`

test('a disk that others filled: writes are refused, reading goes on, and with room again writes are taken', {
  skip: !TMPFS && 'needs to mount a file system',
}, () => {
  const directory = fresh()
  const mounted = 'mount -t tmpfs -o size=8m none "$1" && head -c 4m /dev/zero > "$1/ballast" && shift && exec "$@"'
  const { stdout, stderr } = spawnSync(
    'unshare',
    [
      '-m',
      'sh',
      '-c',
      mounted,
      'sh',
      directory,
      process.execPath,
      '--input-type=module',
      '-e',
      FULL_DISK,
      '--',
      import.meta.dirname,
      directory,
    ],
    { encoding: 'utf8' },
  )
  assert.equal(stderr, '')
  const { refused, readable, resumed } = JSON.parse(stdout)
  assert.match(refused, /the disk under .*store\.sqlite is full; free some space/)
  assert.deepEqual([readable, resumed], [true, true])
})
