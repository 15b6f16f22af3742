import { isObject } from '../registry/served.ts'
import { StoreFault } from '../store/fault.ts'

export const MANIFEST = 'manifest.json'
export const STORE = 'store.sqlite'
export const KEYS = 'encryption.key'
export const PKI = 'pki'

export interface BackupFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** The first file of a backup: what the others are. */
export interface Manifest {
  readonly format: 1
  /** RFC 3339. */
  readonly created: string
  /** The newest revision that is in it. */
  readonly revision: number
  readonly objects: number
  /** Some objects can be read with a key alone; it is in the backup when `encryption.key` is. */
  readonly encrypted: boolean
  readonly files: readonly BackupFile[]
}

// What a data directory keeps: its store, the keys of what is encrypted, certificates and the keys that sign tokens.
const NAME = /^(store\.sqlite|encryption\.key|pki\/[a-z][a-z0-9.-]{0,60})$/

/** Reads a manifest; refuses what no backup holds. */
export function readManifest(text: string): Manifest {
  const manifest: unknown = parsed(text)
  if (!isManifest(manifest)) throw new StoreFault('store/backup', 'its manifest does not say what is in it')
  if (manifest.format !== 1)
    throw new StoreFault('store/newer', 'it was made by a newer version; restore it with that one')
  const odd = manifest.files.find(({ name }) => !NAME.test(name))
  if (odd) throw new StoreFault('store/backup', `it holds a file that no backup has: ${JSON.stringify(odd.name)}`)
  return manifest
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new StoreFault('store/backup', 'its manifest is not JSON', {}, error)
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isObject(value) || !Array.isArray(value.files)) return false
  const numbers = [value.format, value.revision, value.objects].every(Number.isSafeInteger)
  return (
    numbers && typeof value.created === 'string' && typeof value.encrypted === 'boolean' && value.files.every(isFile)
  )
}

function isFile(value: unknown): value is BackupFile {
  if (!isObject(value)) return false
  return typeof value.name === 'string' && Number.isSafeInteger(value.bytes) && typeof value.sha256 === 'string'
}
