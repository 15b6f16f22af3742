import type { Client } from '../../machinery/api/client.ts'
import type { ObjectKey } from '../../machinery/api/object.ts'
import type { PodLogOptions } from '../../machinery/api/remote/pod-log.ts'
import type { Out } from './out.ts'

/** A flag of a command: what it says in the help, and what it is unless given. */
export interface Flag<T = unknown> {
  readonly says: string
  readonly default: T
  /** One letter, for whoever types it often. */
  readonly short?: string
  /** Stands for the value in the help; a flag without one is given or not. */
  readonly value?: string
  readonly choices?: readonly string[]
  /** Reads what was typed; undefined, when it is none of what it should be. */
  readonly read?: (text: string) => T | undefined
}

export function text(standard: string, says: string, more: Pick<Flag, 'short' | 'value'> = {}): Flag<string> {
  return { says, default: standard, value: 'text', ...more }
}

export function choice<const T extends string>(choices: readonly [T, ...T[]], says: string, short?: string): Flag<T> {
  return { says, default: choices[0], choices, value: 'form', ...(short && { short }) }
}

/** Given or not. */
export function toggle(says: string, short?: string): Flag<boolean> {
  return { says, default: false, ...(short && { short }) }
}

/** A whole number that may be left out. */
export function count(says: string): Flag<number | undefined> {
  const read = (text: string) => (/^[0-9]{1,9}$/.test(text) ? Number(text) : undefined)
  return { says, default: undefined, value: 'number', read }
}

export const NAMESPACE_FLAG = text('eksa-system', 'the namespace to look in', { short: 'n', value: 'name' })
export const OUTPUT_FLAG = choice(['table', 'json'], 'how to print', 'o')

type Flags = Readonly<Record<string, Flag>>
type Values<F extends Flags> = { readonly [N in keyof F]: F[N]['default'] }

/** What a command is handed: it reads nothing else. */
export interface Call<F extends Flags> {
  readonly flags: Values<F>
  readonly args: readonly string[]
  readonly client: Client
  /** The lines of a Pod's log. */
  readonly podLog: (pod: ObjectKey, options: PodLogOptions) => AsyncIterable<string>
  /** The text of a file that was named on the command line. */
  readonly readText: (file: string) => Promise<string>
  /** Milliseconds since 1970. */
  readonly now: number
  readonly out: Out
  readonly signal: AbortSignal
}

/** One command: a plain client of the API. `run` resolves to the exit code. */
export interface Command<F extends Flags = Flags> {
  readonly name: string
  readonly summary: string
  /** What else the help says, in sentences. */
  readonly more?: string
  /** As in a usage line: `<machine>`, `[machine]`. */
  readonly args: readonly { readonly name: string; readonly says: string }[]
  readonly flags: F
  /** Lines to type, each with what it does. */
  readonly examples: Readonly<Record<string, string>>
  /** It needs no API. */
  readonly local?: boolean
  readonly run: (call: Call<F>) => Promise<number>
}

export function command<const F extends Flags>(definition: Command<F>): Command {
  return definition as unknown as Command
}
