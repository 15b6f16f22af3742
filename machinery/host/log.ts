import type { Facts } from '../../wire/fault.ts'
import type { Clock } from './clock.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'

/** A constant sentence and fields, `mac` or name first; never an interpolated message, never a secret. */
export interface Log {
  debug(sentence: string, facts?: Facts): void
  info(sentence: string, facts?: Facts): void
  warn(sentence: string, facts?: Facts): void
  error(sentence: string, facts?: Facts): void
  /** The same log, every line carrying these facts too. */
  with(facts: Facts): Log
}

export interface LogLine {
  readonly time: number
  readonly level: Level
  readonly sentence: string
  readonly facts: Facts
}

/** Where lines go: a pod's log, a file, a terminal, a test's array. */
export type LogSink = (line: LogLine) => void

export function createLog(clock: Clock, sink: LogSink, always: Facts = {}): Log {
  const at =
    (level: Level) =>
    (sentence: string, facts: Facts = {}) =>
      sink({ time: clock.now(), level, sentence, facts: { ...always, ...facts } })
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: facts => createLog(clock, sink, { ...always, ...facts }),
  }
}

/** One JSON object a line, in the field names that Tinkerbell's services use (`ts`, `level`, `msg`). */
export function formatLine(line: LogLine): string {
  const { time, level, sentence, facts } = line
  return JSON.stringify({ level, ts: new Date(time).toISOString(), msg: sentence, ...facts })
}

/** Drops everything; for callers that have nowhere to write. */
export const silentLog: Log = createLog({ now: () => 0, wait: () => Promise.resolve() }, () => undefined)
