import { createHash } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hostFault } from '../../host/fault.ts'
import { StoreFault } from '../store/fault.ts'
import { type BackupFile, MANIFEST, type Manifest, readManifest } from './manifest.ts'
import { BLOCK, readTarHeader, tarPadding } from './tar.ts'

const CHUNK = 1024 * 1024
const LONGEST_MANIFEST = 1024 * 1024

/** Checks every byte of a backup, and writes its files to a folder when one is given. Refuses it as a whole or not at all. */
export function unpackBackup(path: string, folder?: string): Manifest {
  const archive = openArchive(path)
  try {
    const head = archive.header(MANIFEST)
    if (head > LONGEST_MANIFEST) throw damaged('its manifest is too long')
    const manifest = readManifest(Buffer.concat([...archive.content(head)]).toString())
    for (const file of manifest.files) takeFile(archive, file, folder)
    if (readTarHeader(archive.read(BLOCK)) !== undefined) throw damaged('it holds more than its manifest says')
    return manifest
  } catch (fault) {
    if (!(fault instanceof StoreFault)) throw hostFault(fault, `reading the backup ${path}`)
    throw new StoreFault(fault.code, `${path} cannot be used: ${fault.message}`, { path }, fault)
  } finally {
    archive.close()
  }
}

function takeFile(archive: Archive, { name, bytes, sha256 }: BackupFile, folder: string | undefined): void {
  if (archive.header(name) !== bytes) throw damaged(`${name} is not as long as its manifest says`)
  const hash = createHash('sha256')
  const file = folder === undefined ? undefined : created(join(folder, name))
  try {
    for (const chunk of archive.content(bytes)) {
      hash.update(chunk)
      if (file !== undefined) writeSync(file, chunk)
    }
  } finally {
    if (file !== undefined) closeSync(file)
  }
  if (hash.digest('hex') !== sha256) throw damaged(`${name} is not what was backed up`)
}

function created(path: string): number {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  return openSync(path, 'wx', 0o600)
}

interface Archive {
  read(bytes: number): Uint8Array
  /** How many bytes the next entry has, which must have this name. */
  header(name: string): number
  /** The bytes of an entry, a part at a time. */
  content(bytes: number): Iterable<Uint8Array>
  close(): void
}

function openArchive(path: string): Archive {
  const file = openFile(path)
  const read = (bytes: number) => {
    const chunk = Buffer.alloc(bytes)
    if (readSync(file, chunk) < bytes) throw damaged('it ends too early')
    return chunk
  }
  return {
    read,
    header: name => {
      const entry = readTarHeader(read(BLOCK))
      if (entry?.name !== name) throw damaged(`${name} is missing`)
      return entry.bytes
    },
    *content(bytes) {
      for (let left = bytes; left > 0; left -= CHUNK) yield read(Math.min(left, CHUNK))
      read(tarPadding(bytes).length)
    },
    close: () => closeSync(file),
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message
    throw new StoreFault('store/backup', `${path} cannot be used: ${why}`, { path }, error)
  }
}

function damaged(why: string): StoreFault {
  return new StoreFault('store/backup', `${why}; it is not a backup, or it was damaged`)
}
