import { chmodSync } from 'node:fs'
import { backup, DatabaseSync } from 'node:sqlite'
import { StoreFault } from './fault.ts'
import { isSealed, metaOf, setMeta, upgrade } from './format.ts'
import { storeFault } from './sqlite-fault.ts'

const PAGES = 500 // copied at a time: between, the server goes on

/** Copies a database as it is at one moment, while it is written to; the copy is one file. */
export async function copyDatabase(database: DatabaseSync, path: string): Promise<void> {
  await backup(database, path, { rate: PAGES })
  chmodSync(path, 0o600)
  opened(path, copy => copy.exec('PRAGMA journal_mode = DELETE'))
}

/** Copies the store of a server that is not running; `store/in-use` when it is. */
export async function copyStopped(store: string, path: string): Promise<void> {
  requireStopped(store)
  const database = new DatabaseSync(store)
  try {
    await copyDatabase(database, path)
  } finally {
    database.close()
  }
}

/** Refuses with `store/in-use` while a server holds the store. */
export function requireStopped(store: string): void {
  opened(store, database => database.exec('BEGIN IMMEDIATE; COMMIT'))
}

export interface CopyDescription {
  readonly revision: number
  readonly objects: number
  readonly encrypted: boolean
}

/** What a copy holds, after a look at every page of it. Refuses what is no store, or is damaged. */
export function describeCopy(path: string): CopyDescription {
  return opened(path, database => {
    upgrade(database, path)
    const [check] = Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})
    if (check !== 'ok') throw new StoreFault('store/backup', `the store in it is damaged: ${check}`)
    return { revision: newestOf(database), objects: countOf(database), encrypted: isSealed(database) }
  })
}

/** Clients may know later revisions than a restored store: it goes on above them all, and what was before is forgotten. */
const LEAP = 1_000_000_000 // as etcd's documentation advises for `etcdutl snapshot restore --bump-revision`

export function leap(path: string): number {
  return opened(path, database => {
    const revision = newestOf(database) + LEAP
    setMeta(database, 'compacted', revision)
    return revision
  })
}

function newestOf(database: DatabaseSync): number {
  const newest = Number(database.prepare('SELECT max(revision) AS revision FROM log').get()?.revision ?? 0)
  return Math.max(newest, Number(metaOf(database, 'compacted') ?? 0))
}

function countOf(database: DatabaseSync): number {
  const newest = 'SELECT max(revision) FROM log GROUP BY collection, key'
  const sql = `SELECT count(*) AS objects FROM log WHERE type <> 'DELETED' AND revision IN (${newest})`
  return Number(database.prepare(sql).get()?.objects)
}

function opened<T>(path: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path)
  try {
    return use(database)
  } catch (error) {
    throw storeFault(error, path)
  } finally {
    database.close()
  }
}
