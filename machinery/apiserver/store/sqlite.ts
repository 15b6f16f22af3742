import { chmodSync, closeSync, fdatasync as fdatasyncOf, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { hostFault } from '../../host/fault.ts'
import type { Row } from './change.ts'
import { copyDatabase } from './copy.ts'
import type { Disk, Forgotten, Loaded } from './disk.ts'
import { StoreFault } from './fault.ts'
import { isSealed, metaOf, reseal, SET_META, upgrade } from './format.ts'
import { type Keyring, makeKeyring, readKeyring, standardKeyFile } from './keyring.ts'
import { Sealer } from './sealer.ts'
import { LOOK, storeFault } from './sqlite-fault.ts'

export interface SqliteOptions {
  /** Where the keys are; in the directory, made if need be, unless told. */
  readonly keyFile?: string
  /** Collections whose objects are encrypted; Secrets unless told. */
  readonly secret?: readonly string[]
  /** Pages of 8 KiB at most: lets a test fill the disk. */
  readonly maxPages?: number
  /** Makes what was written to an open file durable: lets a test break the disk. */
  readonly sync?: (file: number) => Promise<void>
}

const fdatasync = promisify(fdatasyncOf)

/**
 * Opens `store.sqlite` in the directory, made if need be, readable by its owner alone. The lock on the file is held until
 * the process ends, however it ends: a second process is refused with `store/in-use`.
 */
export function sqliteDisk(directory: string, options: SqliteOptions = {}): SqliteDisk {
  const path = storePath(directory)
  const database = openDatabase(directory, path)
  try {
    prepare(database, path, options)
    const sealer = new Sealer(keyringOf(database, directory, options), options.secret)
    reseal(database, sealer)
    return new SqliteDisk(database, path, { sealer, sync: options.sync ?? fdatasync })
  } catch (error) {
    database.close()
    throw storeFault(error, path)
  }
}

export function storePath(directory: string): string {
  return join(directory, 'store.sqlite')
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
  // Several objects a page: half the calls that pages of 4 KiB take. A database that is there keeps its own.
  database.exec('PRAGMA page_size = 8192')
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('PRAGMA journal_mode = WAL')
  // SQLite syncs around checkpoints alone; each commit's sync is ours (SqliteDisk), so that it blocks nobody.
  database.exec('PRAGMA synchronous = NORMAL')
  database.exec('PRAGMA wal_autocheckpoint = 500')
  if (maxPages !== undefined) database.exec(`PRAGMA max_page_count = ${maxPages}`)
  upgrade(database, path)
}

/** A key is made for a store that never had one: one that lost it must not get another. */
function keyringOf(database: DatabaseSync, directory: string, { keyFile }: SqliteOptions): Keyring {
  if (keyFile !== undefined) return readKeyring(keyFile)
  const standard = standardKeyFile(directory)
  return isSealed(database) ? readKeyring(standard) : makeKeyring(standard)
}

type Means = { readonly sealer: Sealer; readonly sync: (file: number) => Promise<void> }

export class SqliteDisk implements Disk {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #sealer: Sealer
  readonly #syncFile: (file: number) => Promise<void>
  readonly #insert: StatementSync
  readonly #remove: StatementSync
  readonly #note: StatementSync
  /** SQLite's write-ahead log, to be synced by ourselves. */
  readonly #log: number
  #compacted = -1
  #broken: StoreFault | undefined

  constructor(database: DatabaseSync, path: string, { sealer, sync }: Means) {
    this.#database = database
    this.#path = path
    this.#sealer = sealer
    this.#syncFile = sync
    this.#log = openSync(`${path}-wal`, 'r+')
    this.#insert = database.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)')
    this.#remove = database.prepare('DELETE FROM log WHERE revision = ?')
    this.#note = database.prepare(SET_META)
  }

  load(): Loaded {
    return { rows: this.#rows(), compacted: Number(metaOf(this.#database, 'compacted') ?? 0) }
  }

  *#rows(): Generator<Row> {
    for (const row of this.#database.prepare('SELECT * FROM log ORDER BY revision').iterate()) {
      const of = { revision: Number(row.revision), collection: String(row.collection), key: String(row.key) }
      const type = row.type === 'ADDED' || row.type === 'DELETED' ? row.type : 'MODIFIED'
      const kept = row.body instanceof Uint8Array ? row.body : String(row.body)
      yield { ...of, time: Number(row.time), type, json: this.#sealer.open(of, kept) }
    }
  }

  /** The next turn of the event loop: requests that came in with this one join its group. */
  gather(): Promise<void> {
    return setImmediate()
  }

  async commit(rows: readonly Row[], forgotten: Forgotten): Promise<void> {
    if (this.#broken) throw this.#broken
    try {
      this.#database.exec('BEGIN IMMEDIATE')
      for (const row of rows) this.#write(row)
      this.#forget(forgotten)
      this.#database.exec('COMMIT')
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw this.#failed(error)
    }
    await this.#sync()
    this.#compacted = forgotten.compacted
  }

  /** Writes a copy of the store as it is at one moment to a new file; meanwhile writes go on. */
  async copy(path: string): Promise<void> {
    try {
      await copyDatabase(this.#database, path)
    } catch (error) {
      throw storeFault(error, path)
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#log)
    this.#database.close()
  }

  /** The process goes on with other things while the disk writes: that is most of what a commit takes. */
  async #sync(): Promise<void> {
    try {
      await this.#syncFile(this.#log)
    } catch (error) {
      const sentence = `${this.#path}-wal: ${(error as Error).message}; ${LOOK}`
      throw this.#failed(new StoreFault('store/broken', sentence, { path: this.#path }, error))
    }
  }

  #write(row: Row): void {
    const { revision, time, collection, key, type, json } = row
    this.#insert.run(revision, time, collection, key, type, this.#sealer.seal(row, json))
  }

  #forget({ compacted, revisions }: Forgotten): void {
    for (const revision of revisions) this.#remove.run(revision)
    if (compacted !== this.#compacted) this.#note.run('compacted', compacted)
  }

  #failed(error: unknown): unknown {
    const fault = storeFault(error, this.#path)
    // After a failed sync nobody knows what the disk holds: write no more, and let a restart read what is there.
    if (fault instanceof StoreFault && fault.code === 'store/broken') this.#broken = fault
    return fault
  }
}
