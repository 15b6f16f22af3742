import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ended } from './command.ts'
import { HookFault } from './fault.ts'

const BUILDING = '.building-'

/** The folder `<folder>/<name>`: as it is if it is there, else built aside and renamed, so that it is whole or absent. */
export async function cached(folder: string, name: string, build: (into: string) => Promise<void>): Promise<string> {
  const path = join(folder, name)
  if (await exists(path)) return path
  const into = await mkdtemp(join(folder, BUILDING))
  try {
    await chmod(into, 0o755) // a server that runs as another user reads it too
    await build(into)
    await rename(into, path)
  } finally {
    await rm(into, { recursive: true, force: true })
  }
  return path
}

/**
 * Runs one at a time per folder, on this machine. A child holds the lock and ends with our end of its pipe, so that
 * not even `kill -9` leaves it locked.
 */
export async function alone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true })
  const lock = spawn('flock', [join(folder, 'lock'), 'sh', '-c', 'echo locked; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const end = ended(lock, 'flock')
  const locked = new Promise<true>(resolve => lock.stdout.once('data', () => resolve(true)))
  if ((await Promise.race([locked, end])) !== true) {
    throw new HookFault('hook/program-failed', `the lock ${join(folder, 'lock')} could not be taken`)
  }
  try {
    await sweep(folder)
    return await work()
  } finally {
    lock.stdin.end()
    await end
  }
}

/** What a builder left that did not live to remove it; the lock is ours, so none of it is being written. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(BUILDING)) await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** A short name for contents: the same inputs, in any order of files, make the same name. */
export async function nameFor(files: readonly string[], others: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const text of others) hash.update(`${text.length}:${text}`)
  for (const file of [...files].sort()) {
    const content = await readFile(file)
    hash.update(`${content.length}:`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
