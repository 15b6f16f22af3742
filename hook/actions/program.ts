import { spawn } from 'node:child_process'
import { ActionFault } from './fault.ts'
import type { Environment } from './variables.ts'

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly env?: Environment
  /** Lines of its output as they come; without it they are only kept. */
  readonly log?: (line: string) => void
}

/** Runs a program to its end and hands back what it printed; rejects when it fails or is not there. */
export type Run = (program: string, args: readonly string[], options?: RunOptions) => Promise<string>

const KEPT = 64 * 1024

export const runProgram: Run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env ?? process.env,
      signal: options.signal,
    })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      const line = options.log && splitLines(options.log)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] = (output[name] + text).slice(-KEPT)
        line?.(text)
      })
      child[name].on('end', () => line?.('\n'))
    }
    child.on('error', error => reject(faultOf(program, error)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output.stdout)
      const why = (output.stderr.trim() || output.stdout.trim() || 'it said nothing').slice(-1000)
      const end = code === null ? `was ended by ${signal}` : `ended with code ${code}`
      reject(new ActionFault('action/program', `${program} ${end}: ${why}`, { program, code: code ?? -1 }))
    })
  })

/** Feeds whole lines to `each`; a text of `\n` at the end flushes what is left. Endless lines are cut. */
export function splitLines(each: (line: string) => void): (text: string) => void {
  let rest = ''
  return text => {
    const lines = (rest + text).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '').slice(0, KEPT)
    for (const line of lines) if (line !== '') each(line)
  }
}

export function faultOf(program: string, error: unknown): unknown {
  if (!isMissing(error)) return error
  return new ActionFault('action/program', `${program} is not in this installer OS`, { program }, error)
}

/** Whether a file or program is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
