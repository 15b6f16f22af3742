import type { Handover } from './handover.ts'

/** How far an action is. `total` is 0 when nobody knows. */
export interface Progress {
  readonly done: number
  readonly total: number
}

/**
 * What an action says to the worker that runs it: one JSON object a line on file descriptor 3. Its exit code alone decides
 * between success and failure; `message` is the sentence people read beside it.
 */
export type ActionEvent =
  | { readonly progress: Progress }
  | { readonly message: string }
  | { readonly handover: Handover }

/** The descriptor, beyond standard input, output and error. */
export const EVENT_FD = 3
/** The variable that tells an action its number: an action that is run by hand has none, and says nothing there. */
export const EVENT_FD_VARIABLE = 'BELLHOP_EVENT_FD'

export function encodeEvent(event: ActionEvent): string {
  return `${JSON.stringify(event)}\n`
}

/** Reads one line; undefined for anything that is not an event: an action may be anybody's program. */
export function decodeEvent(line: string): ActionEvent | undefined {
  const fields = parsed(line)
  if (!fields) return undefined
  if (typeof fields.message === 'string') return { message: fields.message }
  if (fields.handover === 'reboot' || fields.handover === 'kexec') return { handover: fields.handover }
  const { progress } = fields
  if (!isRecord(progress)) return undefined
  const { done, total } = progress
  return isBytes(done) && isBytes(total) ? { progress: { done, total } } : undefined
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isBytes = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
