import { lstat, readlink } from 'node:fs/promises'
import { ActionFault } from '../fault.ts'
import { isMissing } from '../program.ts'

/** Where a path of a mounted file system lies when that file system is the root, as it will be once it is booted. */
export interface Place {
  /** The deepest part that exists, as a path of the running system. */
  readonly existing: string
  /** Names below it that are still to be made; the last is the file's. Empty: the file exists. */
  readonly missing: readonly string[]
}

const LINKS = 40 // as the kernel's own limit

/** Follows symbolic links as they will be followed there: absolute ones start at the mount, and none leaves it. */
export async function confine(root: string, path: string): Promise<Place> {
  const names = path.split('/').filter(Boolean)
  if (names.length === 0) throw new ActionFault('action/path', `"${path}" names no file`)
  if (names.includes('..'))
    throw new ActionFault('action/path', `"${path}" goes up with "..": say where it leads instead`)
  let links = 0
  let at: string[] = []
  while (names.length > 0) {
    const name = names.shift()
    if (name === undefined || name === '.') continue
    if (name === '..') {
      at = at.slice(0, -1) // out of a link; above the root is the root
      continue
    }
    const here = [root, ...at, name].join('/')
    const kind = await kindOf(here)
    if (kind === 'missing') return { existing: [root, ...at].join('/'), missing: checked([name, ...names], path) }
    if (kind !== 'link') {
      at = [...at, name]
      continue
    }
    if (++links > LINKS) throw new ActionFault('action/path', `"${path}" leads through too many symbolic links`)
    const target = await readlink(here)
    if (target.startsWith('/')) at = []
    names.unshift(...target.split('/').filter(Boolean))
  }
  return { existing: [root, ...at].join('/'), missing: [] }
}

function checked(names: string[], path: string): string[] {
  const plain = names.filter(name => name !== '.')
  if (plain.includes('..')) throw new ActionFault('action/path', `"${path}" leads through a link to something missing`)
  return plain
}

async function kindOf(path: string): Promise<'missing' | 'link' | 'other'> {
  try {
    return (await lstat(path)).isSymbolicLink() ? 'link' : 'other'
  } catch (error) {
    if (isMissing(error)) return 'missing'
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') {
      throw new ActionFault('action/path', `a part of the path is a file, not a folder: ${path}`, {}, error)
    }
    throw error
  }
}
