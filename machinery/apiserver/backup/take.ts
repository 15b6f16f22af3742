import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, timestamp } from '../../host/clock.ts'
import { describeCopy } from '../store/copy.ts'
import { type BackupFile, KEYS, MANIFEST, type Manifest, PKI, STORE } from './manifest.ts'
import { TAR_END, tarHeader, tarPadding } from './tar.ts'

export interface BackupSource {
  readonly directory: string
  /** Writes a copy of the store, as it is at one moment, to a new file. */
  readonly copy: (path: string) => Promise<void>
  readonly clock: Clock
}

/** A backup that is ready to be written somewhere; its copy of the store is removed when it is disposed of. */
export interface Backup extends Disposable {
  readonly manifest: Manifest
  bytes(): AsyncIterable<Uint8Array>
}

const HALF = '.backup-' // where a copy lies while it is sent

/**
 * All that a server needs to start elsewhere, as a tar archive: the store, certificates, keys that sign tokens, and the
 * encryption keys where they lie beside the store. Whoever has it has everything: it is as secret as the data directory.
 */
export async function takeBackup({ directory, copy, clock }: BackupSource): Promise<Backup> {
  const half = mkdtempSync(join(directory, HALF))
  const dispose = () => rmSync(half, { recursive: true, force: true })
  try {
    await copy(join(half, STORE))
    const described = describeCopy(join(half, STORE))
    const paths = new Map([[STORE, join(half, STORE)], ...secretsOf(directory)])
    const created = timestamp(clock)
    const files = await Promise.all([...paths].map(([name, path]) => fileOf(name, path)))
    const manifest: Manifest = { format: 1, created, ...described, files }
    return { manifest, bytes: () => archive(manifest, paths, clock.now() / 1000), [Symbol.dispose]: dispose }
  } catch (error) {
    dispose()
    throw error
  }
}

/** Takes away what a process left behind that was ended in the middle of a backup. */
export function clearHalfBackups(directory: string): void {
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory)) {
    if (name.startsWith(HALF)) rmSync(join(directory, name), { recursive: true, force: true })
  }
}

function secretsOf(directory: string): (readonly [name: string, path: string])[] {
  const pki = existsSync(join(directory, PKI)) ? readdirSync(join(directory, PKI)).map(name => `${PKI}/${name}`) : []
  const names = [KEYS, ...pki.sort()].filter(name => !name.endsWith('.new') && existsSync(join(directory, name)))
  return names.map(name => [name, join(directory, name)])
}

async function fileOf(name: string, path: string): Promise<BackupFile> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return { name, bytes: statSync(path).size, sha256: hash.digest('hex') }
}

async function* archive(
  manifest: Manifest,
  paths: ReadonlyMap<string, string>,
  time: number,
): AsyncIterable<Uint8Array> {
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  yield* [tarHeader({ name: MANIFEST, bytes: text.length, time }), text, tarPadding(text.length)]
  for (const { name, bytes } of manifest.files) {
    yield tarHeader({ name, bytes, time })
    yield* createReadStream(paths.get(name) ?? name)
    yield tarPadding(bytes)
  }
  yield TAR_END
}
