import { lstat, readlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { run } from './command.ts'
import { HookFault } from './fault.ts'

const PROGRAM_FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib', '/lib', '/lib64']

/** Looks things up in the unpacked packages, whose links must be read as if the tree were the root. */
export class Tree {
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  program(name: string): Promise<string> {
    return this.#find(name, PROGRAM_FOLDERS)
  }

  library(name: string): Promise<string> {
    return this.#find(name, LIBRARY_FOLDERS)
  }

  async #find(name: string, folders: readonly string[]): Promise<string> {
    for (const folder of folders) {
      const path = await this.follow(join(folder, name))
      if (path) return path
    }
    throw new HookFault('hook/recipe', `none of the packages holds ${name} (looked in ${folders.join(', ')})`)
  }

  /** The file on this machine that a path in the tree stands for, or undefined. */
  async follow(path: string): Promise<string | undefined> {
    let at = path
    for (let hops = 0; hops < 10; hops++) {
      const here = join(this.root, at)
      const kind = await lstat(here).catch(() => undefined)
      if (!kind) return undefined
      if (!kind.isSymbolicLink()) return here
      at = resolve(dirname(at), await readlink(here))
    }
    return undefined
  }
}

/** The libraries that the programs are linked to, and those libraries' own, by name. */
export async function librariesOf(tree: Tree, files: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    for (const name of await needed(file)) {
      if (found.has(name)) continue
      const path = await tree.library(name)
      found.set(name, path)
      waiting.push(path)
    }
  }
  return found
}

/** What `readelf` says a file is linked to: DT_NEEDED, and the program interpreter (ELF-64, gABI chapter 5). */
export function parseReadelf(output: string): string[] {
  const libraries = [...output.matchAll(/\(NEEDED\)\s+Shared library: \[([^\]]+)\]/g)]
  const interpreter = [...output.matchAll(/\[Requesting program interpreter: ([^\]]+)\]/g)]
  return [...libraries.flatMap(match => match[1] ?? []), ...interpreter.flatMap(match => basename(match[1] ?? ''))]
}

async function needed(file: string): Promise<string[]> {
  return parseReadelf(await run('readelf', ['--dynamic', '--program-headers', '--wide', file]))
}
