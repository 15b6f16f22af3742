import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Clock, timestamp } from '../../host/clock.ts'
import { hostFault } from '../../host/fault.ts'
import { describeCopy, leap, requireStopped } from '../store/copy.ts'
import { StoreFault } from '../store/fault.ts'
import { KEYS, type Manifest, PKI, STORE } from './manifest.ts'
import { unpackBackup } from './unpack.ts'

export interface RestoreRequest {
  readonly file: string
  readonly directory: string
  /** What is there goes aside. */
  readonly force: boolean
  readonly clock: Clock
}

export interface Restored {
  readonly manifest: Manifest
  /** Where the store goes on: above all that clients may know. */
  readonly revision: number
  /** Where what was there before lies now. */
  readonly aside?: string
}

// What a restored server makes anew, or must not find: it goes aside with the rest.
const OURS: readonly string[] = [STORE, `${STORE}-wal`, `${STORE}-shm`, PKI, KEYS, 'kubeconfig']

/**
 * Makes a data directory of a backup. Everything is checked before anything is touched; the store is put in its place
 * last, so that a restore that was broken off is seen to be one.
 */
export function restoreBackup({ file, directory, force, clock }: RestoreRequest): Restored {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    if (existsSync(join(directory, STORE))) requireStopped(join(directory, STORE))
    const found = readdirSync(directory).filter(name => name !== 'lost+found')
    if (found.length > 0 && !force) throw occupied(directory, found)
    const half = mkdtempSync(join(directory, '.restore-'))
    try {
      const manifest = unpackBackup(file, half)
      describeCopy(join(half, STORE))
      const revision = leap(join(half, STORE))
      const aside = setAside(directory, `replaced-${timestamp(clock).replaceAll(':', '')}`)
      for (const { name } of manifest.files.toReversed()) moveInto(directory, half, name)
      return { manifest, revision, ...(aside !== undefined && { aside }) }
    } finally {
      rmSync(half, { recursive: true, force: true })
    }
  } catch (error) {
    throw hostFault(error, `restoring into ${directory}`)
  }
}

function occupied(directory: string, found: readonly string[]): StoreFault {
  const some = found.slice(0, 3).join(', ')
  const sentence = `${directory} is not empty (${some}); choose another data directory, or say --force: what is there goes aside`
  return new StoreFault('store/occupied', sentence, { directory })
}

function setAside(directory: string, name: string): string | undefined {
  const there = OURS.filter(one => existsSync(join(directory, one)))
  if (there.length === 0) return undefined
  const aside = join(directory, name)
  mkdirSync(aside, { mode: 0o700 })
  for (const one of there) renameSync(join(directory, one), join(aside, one))
  return aside
}

function moveInto(directory: string, half: string, name: string): void {
  const path = join(directory, name)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  sync(join(half, name))
  renameSync(join(half, name), path)
  sync(dirname(path))
}

function sync(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
