import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { hostFault } from '../../host/fault.ts'
import { type Body, type Change, isBody } from './change.ts'
import type { Disk } from './disk.ts'
import { StoreFault } from './fault.ts'

export interface SqliteOptions {
  /** Pages of 4 KiB at most: lets a test fill the disk. */
  readonly maxPages?: number
}

const VERSION = 1

// `changes` is the log, one row a revision; `objects` is what is there now, so that a start reads each object once.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS objects (collection TEXT, key TEXT, body TEXT, PRIMARY KEY (collection, key)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS changes (revision INTEGER PRIMARY KEY, collection TEXT, key TEXT, type TEXT, body TEXT);
`

// SQLite's primary result codes (https://www.sqlite.org/rescode.html).
const BUSY = 5
const FULL = 13

/**
 * Opens `store.sqlite` in the directory, made if need be, readable by its owner alone. The lock on the file is held until
 * the process ends, however it ends: a second process is refused with `store/in-use`.
 */
export function sqliteDisk(directory: string, options: SqliteOptions = {}): Disk {
  const path = join(directory, 'store.sqlite')
  const database = openDatabase(directory, path)
  try {
    prepare(database, path, options)
    return new SqliteDisk(database, path)
  } catch (error) {
    database.close()
    throw storeFault(error, path)
  }
}

function openDatabase(directory: string, path: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return new DatabaseSync(path)
  } catch (error) {
    throw storeFault(hostFault(error, `opening the store ${path}`), path)
  }
}

function prepare(database: DatabaseSync, path: string, { maxPages }: SqliteOptions): void {
  chmodSync(path, 0o600)
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('PRAGMA wal_autocheckpoint = 4000')
  if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`)
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version > VERSION) {
    const sentence = `${path} was written by a newer version (format ${version}, known ${VERSION}); start that one`
    throw new StoreFault('store/newer', sentence)
  }
  // An immediate transaction takes the lock at once, not at the first write.
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`)
}

class SqliteDisk implements Disk {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #statements: Record<'put' | 'remove' | 'log' | 'forget', StatementSync>
  #broken: StoreFault | undefined

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
    this.#statements = {
      put: database.prepare('INSERT OR REPLACE INTO objects VALUES (?, ?, ?)'),
      remove: database.prepare('DELETE FROM objects WHERE collection = ? AND key = ?'),
      log: database.prepare('INSERT INTO changes VALUES (?, ?, ?, ?, ?)'),
      forget: database.prepare('DELETE FROM changes WHERE revision <= ?'),
    }
  }

  load(): ReturnType<Disk['load']> {
    const newest = this.#database.prepare('SELECT max(revision) AS revision FROM changes').get()
    return { objects: this.#objects(), changes: this.#changes(), revision: Number(newest?.revision ?? 0) }
  }

  *#objects(): Generator<{ collection: string; key: string; object: Body }> {
    for (const row of this.#database.prepare('SELECT collection, key, body FROM objects').iterate()) {
      yield { collection: String(row.collection), key: String(row.key), object: parsed(String(row.body)) }
    }
  }

  *#changes(): Generator<Change> {
    const before = new Map<string, Body>()
    for (const row of this.#database.prepare('SELECT * FROM changes ORDER BY revision').iterate()) {
      const place = { collection: String(row.collection), key: String(row.key) }
      const json = String(row.body)
      const object = parsed(json)
      const at = `${place.collection} ${place.key}`
      const type = row.type === 'ADDED' || row.type === 'DELETED' ? row.type : 'MODIFIED'
      yield { ...place, revision: Number(row.revision), type, object, before: before.get(at), json }
      before.set(at, object)
    }
  }

  commit(changes: readonly Change[], oldest: number): void {
    if (this.#broken) throw this.#broken
    try {
      this.#database.exec('BEGIN IMMEDIATE')
      for (const change of changes) this.#write(change)
      this.#statements.forget.run(oldest)
      this.#database.exec('COMMIT')
    } catch (error) {
      throw this.#failed(error)
    }
  }

  /** The next turn of the event loop: requests that came in with this one join its group. */
  gather(run: () => void): void {
    setImmediate(run)
  }

  [Symbol.dispose](): void {
    this.#database.close()
  }

  #write({ revision, collection, key, type, json }: Change): void {
    if (type === 'DELETED') this.#statements.remove.run(collection, key)
    else this.#statements.put.run(collection, key, json)
    this.#statements.log.run(revision, collection, key, type, json)
  }

  #failed(error: unknown): unknown {
    const fault = storeFault(error, this.#path)
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
    // After a failed sync nobody knows what the disk holds: write no more, and let a restart read what is there.
    if (fault instanceof StoreFault && fault.code === 'store/broken') this.#broken = fault
    return fault
  }
}

function parsed(json: string): Body {
  const object: unknown = JSON.parse(json)
  if (isBody(object)) return object
  throw new StoreFault('store/broken', 'the store holds something that is not an object')
}

function storeFault(error: unknown, path: string): unknown {
  const code = (error as { errcode?: number }).errcode
  if (code === undefined) return error
  const primary = code & 0xff
  if (primary === BUSY) {
    const sentence = `${path} is used by another process; stop it, or choose another data directory`
    return new StoreFault('store/in-use', sentence, { path }, error)
  }
  if (primary === FULL) {
    const sentence = `the disk under ${path} is full; free some space: reading goes on, nothing acknowledged is lost`
    return new StoreFault('store/full', sentence, { path }, error)
  }
  const cure = 'look at the disk, then start again'
  const sentence = `${path}: ${error instanceof Error ? error.message : error}; ${cure}`
  return new StoreFault('store/broken', sentence, { path }, error)
}
