import type { DatabaseSync } from 'node:sqlite'
import { StoreFault } from './fault.ts'
import type { Of, Sealer } from './sealer.ts'

const VERSION = 2

// One row a write. It goes when neither the present nor the known past shows it: what is there now is the newest row of
// each key, so that each body is written once, at the end.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS log (
    revision INTEGER PRIMARY KEY, time INTEGER, collection TEXT, key TEXT, type TEXT, body
  );
  CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`

// Format 1 kept each object in `objects`, and the newest writes once more in `changes`: of those the past is let go.
const FROM_1 = `
  ${SCHEMA}
  INSERT INTO log SELECT CAST(body ->> '$.metadata.resourceVersion' AS INTEGER), 0, collection, key, 'ADDED', body
    FROM objects;
  INSERT INTO meta SELECT 'compacted', coalesce(max(revision), 0) FROM changes;
  DROP TABLE objects;
  DROP TABLE changes;
`

/** Brings the database into the newest format; nobody else may write it from here on. */
export function upgrade(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
  if (version > VERSION) {
    const sentence = `${path} was written by a newer version (format ${version}, known ${VERSION}); start that one`
    throw new StoreFault('store/newer', sentence)
  }
  // An immediate transaction takes the lock at once, not at the first write.
  database.exec(`BEGIN IMMEDIATE; ${version === 1 ? FROM_1 : SCHEMA} PRAGMA user_version = ${VERSION}; COMMIT`)
}

export function metaOf(database: DatabaseSync, name: string): string | undefined {
  const value = database.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.value
  return value === undefined || value === null ? undefined : String(value)
}

export const SET_META = 'INSERT OR REPLACE INTO meta VALUES (?, ?)'

export function setMeta(database: DatabaseSync, name: string, value: string | number): void {
  database.prepare(SET_META).run(name, value)
}

/** Whether there are bodies that only a key opens. */
export function isSealed(database: DatabaseSync): boolean {
  return (metaOf(database, 'sealing') ?? '') !== ''
}

/**
 * Writes anew what is not sealed as it should be: after a key was put first, or other collections are to be encrypted.
 * What was there before is wiped from the file, and only then is it noted that all is well.
 */
export function reseal(database: DatabaseSync, sealer: Sealer): void {
  if ((metaOf(database, 'sealing') ?? '') === sealer.rule) return
  database.exec('BEGIN IMMEDIATE')
  const write = database.prepare('UPDATE log SET body = ? WHERE revision = ?')
  for (const row of database.prepare('SELECT revision, collection, key, body FROM log').all()) {
    const of: Of = { revision: Number(row.revision), collection: String(row.collection), key: String(row.key) }
    const kept = row.body instanceof Uint8Array ? row.body : String(row.body)
    if (!sealer.fits(of, kept)) write.run(sealer.seal(of, sealer.open(of, kept)), of.revision)
  }
  database.exec('COMMIT; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
  setMeta(database, 'sealing', sealer.rule)
}
