import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Outcome } from './assignment.ts'
import type { ProcessId } from './runner.ts'

/** What the worker remembers for as long as the machine is up, in case that it is started again. */
export interface Notes {
  /** What was running when the notes were written last. */
  readonly running?: { readonly id: string; readonly process: ProcessId }
  /** Outcomes by action id, the newest last. */
  readonly outcomes: Readonly<Record<string, Outcome>>
}

export interface Notebook {
  load(): Promise<Notes>
  save(notes: Notes): Promise<void>
}

export const NO_NOTES: Notes = { outcomes: {} }
const KEPT = 64

/** The notes with one outcome more; the oldest are forgotten. */
export function withOutcome(notes: Notes, id: string, outcome: Outcome): Notes {
  const kept = Object.entries(notes.outcomes).filter(([other]) => other !== id)
  return { outcomes: Object.fromEntries([...kept, [id, outcome] as const].slice(-KEPT)) }
}

/** Notes in a file of memory (tmpfs): they must not outlive the boot. */
export function notebookIn(path: string): Notebook {
  return {
    async load() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as Notes
      } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return NO_NOTES
        throw error
      }
    },
    async save(notes) {
      await mkdir(dirname(path), { recursive: true })
      await using file = await open(`${path}.new`, 'w', 0o600)
      await file.writeFile(JSON.stringify(notes))
      await rename(`${path}.new`, path)
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
