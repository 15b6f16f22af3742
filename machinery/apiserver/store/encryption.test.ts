import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { standardKeyFile } from './keyring.ts'
import { type SqliteOptions, sqliteDisk, storePath } from './sqlite.ts'
import { opened } from './store.contract.ts'
import type { Store } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'bellhop-encryption-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const fresh = () => mkdtempSync(join(root, 'd-'))

const newKey = () => `${randomBytes(32).toString('base64')}\n`
const place = (collection: string, name: string) => ({ collection, key: `n/${name}` })
const keep = (store: Store, collection: string, password: string) =>
  store.write(place(collection, 'a'), () => ({
    put: { apiVersion: 'v1', kind: 'X', metadata: { name: 'a', namespace: 'n' }, password },
  }))

/** Opens the directory, does something, closes it. */
async function once<T>(directory: string, use: (store: Store) => T | Promise<T>, options: SqliteOptions = {}) {
  await using store = opened(sqliteDisk(directory, options))
  return await use(store)
}
const passwordIn = (directory: string, options: SqliteOptions = {}) =>
  once(directory, store => store.get(place('secrets', 'a'))?.password, options)

/** Whether any byte of the store's files says this. */
const says = (directory: string, words: string) =>
  readdirSync(directory).some(name => readFileSync(join(directory, name)).includes(words))

test('secrets lie encrypted on the disk, their past too; the rest can be read', async () => {
  const directory = fresh()
  await once(directory, async store => {
    await keep(store, 'secrets', 'first-password')
    await keep(store, 'secrets', 'second-password')
    await keep(store, 'configmaps', 'no-password')
  })
  assert.equal(statSync(standardKeyFile(directory)).mode & 0o777, 0o600)
  assert.deepEqual(
    ['first-password', 'second-password', 'no-password'].map(words => says(directory, words)),
    [false, false, true],
  )
  await once(directory, store => {
    assert.equal(store.get(place('secrets', 'a'))?.password, 'second-password')
    assert.equal(store.at(2).get(place('secrets', 'a'))?.password, 'first-password')
  })
})

test('which collections are encrypted can be told, and told anew: what is there is written anew', async () => {
  const directory = fresh()
  const keepBoth = async (store: Store) => {
    await keep(store, 'secrets', 'in-a-secret')
    await keep(store, 'configmaps', 'in-a-map')
  }
  const found = () => ['in-a-secret', 'in-a-map'].map(words => says(directory, words))
  await once(directory, keepBoth, { secret: [] })
  assert.deepEqual(found(), [true, true])
  await once(directory, () => undefined, { secret: ['configmaps'] })
  assert.deepEqual(found(), [true, false])
  await once(directory, () => undefined, { secret: ['secrets', 'configmaps'] })
  assert.deepEqual(found(), [false, false])
  assert.equal(await passwordIn(directory), 'in-a-secret')
  assert.deepEqual(found(), [false, true])
})

test('a new key is put first, and after the next start the old one is needed no more', async () => {
  const directory = fresh()
  const keyFile = join(fresh(), 'keys')
  const [older, newer] = [newKey(), newKey()]
  writeFileSync(keyFile, older)
  await once(directory, store => keep(store, 'secrets', 'one'), { keyFile })
  writeFileSync(keyFile, `# rotated\n${newer}${older}`)
  assert.equal(await passwordIn(directory, { keyFile }), 'one')
  writeFileSync(keyFile, newer)
  assert.equal(await passwordIn(directory, { keyFile }), 'one')
  writeFileSync(keyFile, older)
  assert.throws(() => sqliteDisk(directory, { keyFile }), {
    code: 'store/key',
    message: /encrypted with the key [0-9a-f]{16}, and .*keys does not hold it; put it back/,
  })
})

test('without its key, or with a wrong one, a store does not start, and no new key is made', async () => {
  const directory = fresh()
  await once(directory, store => keep(store, 'secrets', 'one'))
  const right = readFileSync(standardKeyFile(directory))
  rmSync(standardKeyFile(directory))
  assert.throws(() => sqliteDisk(directory), {
    code: 'store/key',
    message: /encryption\.key is not there; put it back/,
  })
  for (const [wrong, message] of [
    [newKey(), /does not hold it/],
    ['', /holds no key; a key is a line of 32 random bytes/],
    ['c2hvcnQ=\n', /a line that is no key/],
  ] as const) {
    writeFileSync(standardKeyFile(directory), wrong)
    assert.throws(() => sqliteDisk(directory), { code: 'store/key', message })
  }
  writeFileSync(standardKeyFile(directory), right)
  assert.equal(await passwordIn(directory), 'one')
})

test('a sealed object that was damaged, or moved to another name, is not taken for one', async () => {
  const directory = fresh()
  await once(directory, store => keep(store, 'secrets', 'one'))
  const spoil = (sql: string) => {
    const database = new DatabaseSync(storePath(directory))
    database.exec(sql)
    database.close()
  }
  for (const [there, back] of [
    [`UPDATE log SET key = 'n/b'`, `UPDATE log SET key = 'n/a'`],
    [`UPDATE log SET body = CAST(body || x'00' AS BLOB)`, `UPDATE log SET body = substr(body, 1, length(body) - 1)`],
  ] as const) {
    spoil(there)
    assert.throws(() => opened(sqliteDisk(directory)), { code: 'store/broken', message: /secrets n\/. .* was damaged/ })
    spoil(back)
  }
  assert.equal(await passwordIn(directory), 'one')
})

test('a store of the first format is taken over, and its secrets are encrypted', async () => {
  const directory = fresh()
  const database = new DatabaseSync(storePath(directory))
  const secret = (revision: number) =>
    JSON.stringify({ metadata: { name: 'a', resourceVersion: `${revision}` }, password: 'of-old' })
  database.exec(`
    CREATE TABLE objects (collection TEXT, key TEXT, body TEXT, PRIMARY KEY (collection, key)) WITHOUT ROWID;
    CREATE TABLE changes (revision INTEGER PRIMARY KEY, collection TEXT, key TEXT, type TEXT, body TEXT);
    INSERT INTO objects VALUES ('secrets', 'n/a', '${secret(7)}');
    INSERT INTO changes VALUES (7, 'secrets', 'n/a', 'MODIFIED', '${secret(7)}');
    INSERT INTO changes VALUES (8, 'secrets', 'n/b', 'DELETED', '${secret(8)}');
    PRAGMA user_version = 1;
  `)
  database.close()
  await once(directory, async store => {
    assert.equal(store.get(place('secrets', 'a'))?.password, 'of-old')
    assert.deepEqual([store.revision, store.oldest, store.count('secrets')], [8, 8, 1])
    await keep(store, 'secrets', 'of-now')
  })
  assert.equal(await passwordIn(directory), 'of-now')
  assert.equal(says(directory, 'of-old'), false)
})
