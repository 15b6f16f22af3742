import { StoreFault } from './fault.ts'

// SQLite's primary result codes (https://www.sqlite.org/rescode.html).
const BUSY = 5
const FULL = 13

export const LOOK = 'look at the disk, then start again'

/** What SQLite says, as what an operator can mend; everything else is passed through. */
export function storeFault(error: unknown, path: string): unknown {
  const code = (error as { errcode?: number }).errcode
  if (code === undefined) return error
  const primary = code & 0xff
  if (primary === BUSY) {
    const sentence = `${path} is used by another process; stop it, or choose another data directory`
    return new StoreFault('store/in-use', sentence, { path }, error)
  }
  if (primary === FULL) {
    const sentence = `the disk under ${path} is full; free some space: reading goes on, nothing acknowledged is lost`
    return new StoreFault('store/full', sentence, { path }, error)
  }
  const sentence = `${path}: ${error instanceof Error ? error.message : error}; ${LOOK}`
  return new StoreFault('store/broken', sentence, { path }, error)
}
