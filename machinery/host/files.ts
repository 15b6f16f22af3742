import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** A file that is served, as it was when it was found. */
export interface FoundFile {
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** Opens it for reads at any place. */
  open(): Promise<OpenFile>
  /** Its bytes from `start` to `end`, both included. */
  stream(start: number, end: number): Readable
}

export interface OpenFile extends AsyncDisposable {
  /** At most `length` bytes from `at`; fewer only at the end. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** A folder whose files are served by a path below it. */
export interface FileSource {
  /** Undefined for what is not there, is no plain file, or is a path that leaves the folder. */
  find(path: string): Promise<FoundFile | undefined>
}

/** Pieces of a path below a folder; undefined when one of them could lead elsewhere. */
export function safePath(path: string): readonly string[] | undefined {
  const pieces = path.split('/').filter(piece => piece !== '')
  const wrong = (piece: string) => piece === '.' || piece === '..' || /[\0\\]/.test(piece)
  return pieces.length === 0 || pieces.some(wrong) ? undefined : pieces
}

const CHUNK = 1024 * 1024 // four times as fast as Node's 64 KiB

/** A folder on disk. Links in it are the operator's own and are followed: distributions link boot files to elsewhere. */
export function systemFiles(folder: string): FileSource {
  return {
    find: async path => {
      const pieces = safePath(path)
      if (!pieces) return undefined
      const file = join(folder, ...pieces)
      const found = await stat(file).catch(absent)
      if (!found?.isFile()) return undefined
      return {
        size: found.size,
        modified: found.mtimeMs,
        open: () => openFile(file),
        stream: (start, end) => createReadStream(file, { start, end, highWaterMark: CHUNK }),
      }
    },
  }
}

async function openFile(file: string): Promise<OpenFile> {
  const handle = await open(file, 'r')
  return {
    read: async (at, length) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, at)
      return buffer.subarray(0, bytesRead)
    },
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

const ABSENT = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']

function absent(error: NodeJS.ErrnoException): undefined {
  if (!ABSENT.includes(error.code ?? '')) throw error
}
