import type { Client } from '../../machinery/api/client.ts'
import type { Out } from './out.ts'

/** A flag of a command: what it says in the help, and what it is unless given. */
export interface Flag<T extends string = string> {
  readonly says: string
  readonly default: T
  readonly choices?: readonly T[]
}

export function text(standard: string, says: string): Flag {
  return { says, default: standard }
}

export function choice<const T extends string>(choices: readonly [T, ...T[]], says: string): Flag<T> {
  return { says, default: choices[0], choices }
}

type Flags = Readonly<Record<string, Flag>>
type Values<F extends Flags> = { readonly [N in keyof F]: F[N]['default'] }

/** What a command is handed: it reads nothing else. */
export interface Call<F extends Flags> {
  readonly flags: Values<F>
  readonly args: readonly string[]
  readonly client: Client
  /** Milliseconds since 1970. */
  readonly now: number
  readonly out: Out
  readonly signal: AbortSignal
}

/** One command: a plain client of the API. `run` resolves to the exit code. */
export interface Command<F extends Flags = Flags> {
  readonly name: string
  readonly summary: string
  /** As in a usage line: `<machine>`, `[machine]`. */
  readonly args: readonly { readonly name: string; readonly says: string }[]
  readonly flags: F
  readonly run: (call: Call<F>) => Promise<number>
}

export function command<const F extends Flags>(definition: Command<F>): Command {
  return definition as unknown as Command
}

/** `3d`, `5h`, `12m`, `40s`: how long ago, as kubectl's AGE column says it. */
export function age(time: string | undefined, now: number): string {
  if (!time) return '<unknown>'
  const seconds = Math.max(0, Math.floor((now - Date.parse(time)) / 1000))
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['m', 60],
  ] as const
  for (const [unit, size] of units) if (seconds >= size * 2) return `${Math.floor(seconds / size)}${unit}`
  return `${seconds}s`
}
