import type { Handover } from '../../../machinery/api/tink/handover.ts'

/** One action that this worker has to run. */
export interface Assignment {
  /** `<namespace>/<name>` of the Workflow. */
  readonly workflow: string
  readonly task: string
  /** Names this action of this attempt, and no other ever. */
  readonly id: string
  readonly name: string
  readonly image: string
  /** Seconds; 0: no limit of its own. */
  readonly timeout: number
  readonly environment: Readonly<Record<string, string>>
}

export type Ending = 'SUCCESS' | 'FAILED' | 'TIMEOUT'

/** What came of an action. */
export interface Outcome {
  readonly ending: Ending
  readonly message: string
  readonly startedAt: number
  readonly endedAt: number
  /** What the worker does with the machine once the server knows. */
  readonly handover?: Handover
}

/**
 * The built-in action that an image stands for: the last part of its path, without tag and digest. Registries, mirrors
 * and embedded ones differ in everything before it.
 */
export function actionName(image: string): string {
  const path = image.replace(/@.*$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last.replace(/:.*$/, '')
}

/** `KEY=value` entries as a record; an entry without `=` is a name with an empty value. */
export function environmentOf(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    entries.map(entry => {
      const at = entry.indexOf('=')
      return at < 0 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

/** A duration in two units, as `1m2s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (hours > 0) return `${hours}h${minutes}m`
  return minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`
}
