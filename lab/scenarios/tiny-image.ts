import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { command } from '../command.ts'

/** A disk that is one small file system, in which a shell runs and can sleep: installed in a second. */
export interface TinyImage {
  readonly folder: string
  readonly file: string
  readonly sha256: string
}

const PROGRAMS = ['/bin/sh', '/bin/sleep']

/** Made of the host's own shell and what it is linked to. */
export async function makeTinyImage(folder: string): Promise<TinyImage> {
  const root = join(folder, 'root')
  await rm(folder, { recursive: true, force: true })
  for (const path of ['dev', 'proc', 'sys']) await mkdir(join(root, path), { recursive: true })
  for (const path of [...PROGRAMS, ...(await librariesOf(PROGRAMS))]) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await cp(path, join(root, path), { dereference: true })
  }
  const raw = join(folder, 'tiny.raw')
  await command(['mke2fs', '-q', '-t', 'ext4', '-d', root, raw, '16M'])
  await command(['gzip', '-1', raw])
  await rm(root, { recursive: true })
  const bytes = await readFile(`${raw}.gz`)
  return { folder, file: 'tiny.raw.gz', sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function librariesOf(programs: readonly string[]): Promise<readonly string[]> {
  const told = await command(['ldd', ...programs])
  const paths = [...told.matchAll(/(\/[^\s:]+) \(0x/g)].map(([, path]) => path ?? '')
  const there = await Promise.all([...new Set(paths)].map(async path => [path, await stat(path)] as const))
  return there.map(([path]) => path)
}
