import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { LabFault } from '../fault.ts'

export interface WaitOptions {
  readonly milliseconds: number
  /** Where in the log to begin to look. */
  readonly from?: number
  readonly signal?: AbortSignal
}

/** A machine's serial port: all it ever said is in `logPath`; `socketPath` is for typing while it is on. */
export interface Console {
  readonly logPath: string
  readonly socketPath: string
  /** Everything said so far. */
  read(): Promise<string>
  type(text: string): Promise<void>
  /** Waits until the pattern is in the log, and returns the match; its `index` counts from the log's beginning. */
  waitFor(pattern: RegExp, options: WaitOptions): Promise<RegExpExecArray>
}

const POLL = 200

export function consoleIn(dir: string): Console {
  const logPath = `${dir}/serial.log`
  const socketPath = `${dir}/console.sock`
  // Latin-1 keeps one character a byte, so that a place in the text is a place in the file.
  const read = () => readFile(logPath, 'latin1').catch(missing)
  return {
    logPath,
    socketPath,
    read,
    async type(text) {
      const socket = connect(socketPath)
      await once(socket, 'connect')
      socket.resume().end(text)
      await once(socket, 'close')
    },
    async waitFor(pattern, { milliseconds, from = 0, signal }) {
      const search = new RegExp(pattern, [...new Set(`${pattern.flags}g`)].join(''))
      for (const deadline = Date.now() + milliseconds; ; await wait(POLL, undefined, { signal })) {
        search.lastIndex = from
        const text = await read()
        const match = search.exec(text)
        if (match) return match
        if (Date.now() < deadline) continue
        const last = JSON.stringify(text.slice(-400))
        throw new LabFault('lab/timeout', `${pattern} was not said within ${milliseconds} ms; last was ${last}`)
      }
    },
  }
}

function missing(fault: unknown): string {
  if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return '' // never switched on
  throw fault
}
