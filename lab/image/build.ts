import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Log } from '../../machinery/host/log.ts'
import { command } from '../command.ts'
import { lockFile } from '../lock.ts'
import { makeDisk } from './disk.ts'
import { EARLY_FILES, LATE_FILES, RECIPE } from './recipe.ts'
import { makeTree } from './tree.ts'

export interface OsImage {
  /** The compressed disk: `debian.raw.gz`. */
  readonly path: string
  readonly size: number
  readonly sha256: string
  /** The same of what comes out of it. */
  readonly rawSize: number
  readonly rawSha256: string
}

export interface OsImageOptions {
  readonly cacheDir: string
  readonly log: Log
  readonly signal?: AbortSignal
}

/** The lab's operating system as a compressed raw disk, from the cache or built now; one builder at a time. */
export async function buildOsImage(options: OsImageOptions): Promise<OsImage> {
  const { cacheDir, log, signal } = options
  const folder = `${cacheDir}/os/${recipeHash()}`
  await mkdir(`${cacheDir}/os`, { recursive: true })
  await using _lock = await lockFile(`${cacheDir}/os/lock`, signal)
  const cached = await readManifest(folder)
  if (cached) return cached
  const work = `${folder}.part`
  await rm(work, { recursive: true, force: true })
  await mkdir(`${work}/out`, { recursive: true })
  try {
    log.info('the OS image is being built; later runs find it in the cache', { folder })
    const root = await makeTree({ work, log, signal })
    log.info('the OS image is being laid onto a disk')
    const disk = await makeDisk({ root, work, signal })
    await writeFile(`${work}/out/manifest.json`, JSON.stringify(await pack(disk, `${work}/out`, signal)))
    await rename(`${work}/out`, folder)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const built = await readManifest(folder)
  if (!built) throw new Error(`the OS image in ${folder} is not there right after it was built`)
  log.info('the OS image is built', { path: built.path, size: built.size, rawSize: built.rawSize })
  return built
}

function recipeHash(): string {
  const recipe = JSON.stringify([RECIPE, EARLY_FILES, LATE_FILES])
  return createHash('sha256').update(recipe).digest('hex').slice(0, 16)
}

type Manifest = Omit<OsImage, 'path'>

async function pack(disk: string, out: string, signal?: AbortSignal): Promise<Manifest> {
  const rawSha256 = await sha256(disk)
  const rawSize = (await stat(disk)).size
  await command(['pigz', '--no-name', '-6', disk], { signal })
  const path = `${out}/debian.raw.gz`
  await rename(`${disk}.gz`, path)
  const digest = await sha256(path)
  await writeFile(`${path}.sha256`, `${digest}  debian.raw.gz\n`)
  return { size: (await stat(path)).size, sha256: digest, rawSize, rawSha256 }
}

async function readManifest(folder: string): Promise<OsImage | undefined> {
  const path = `${folder}/debian.raw.gz`
  const [text, found] = await Promise.all([ifThere(readFile(`${folder}/manifest.json`, 'utf8')), ifThere(stat(path))])
  if (text === undefined || found === undefined) return undefined
  const manifest: Manifest = JSON.parse(text)
  return found.size === manifest.size ? { path, ...manifest } : undefined
}

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined
    throw fault
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
