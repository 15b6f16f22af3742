import { Readable } from 'node:stream'
import { type FileSource, safePath } from '../files.ts'

/** A folder made of memory. */
export function memoryFiles(files: Readonly<Record<string, Uint8Array>>, modified = Date.UTC(2026, 0, 1)): FileSource {
  return {
    find: async path => {
      const name = safePath(path)?.join('/')
      const bytes = name === undefined ? undefined : files[name]
      if (!bytes) return undefined
      return {
        size: bytes.length,
        modified,
        open: async () => ({
          read: async (at, length) => bytes.subarray(at, at + length),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        }),
        stream: (start, end) => Readable.from([bytes.subarray(start, end + 1)], { objectMode: false }),
      }
    },
  }
}
