import { spawn } from 'node:child_process'
import { LabFault } from './fault.ts'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Given to the program on its standard input, which is otherwise empty. */
  readonly input?: string
  readonly signal?: AbortSignal
  /** Hears every line that the program prints, on either stream. */
  readonly onLine?: (line: string) => void
}

const SHOWN_COMMAND = 160
const TAIL_LINES = 12
const OUTPUT_LIMIT = 16 * 1024 * 1024

/** Runs a program to its end and returns what it printed on standard output; a fault quotes its last lines. */
export function command(argv: readonly [string, ...string[]], options: CommandOptions = {}): Promise<string> {
  const [program, ...rest] = argv
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const child = spawn(program, rest, {
    cwd: options.cwd,
    env: { ...process.env, LC_ALL: 'C', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    signal: options.signal,
  })
  let output = ''
  const tail: string[] = []
  const hear = lineSplitter(line => {
    tail.push(line)
    if (tail.length > TAIL_LINES) tail.shift()
    options.onLine?.(line)
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output.length < OUTPUT_LIMIT) output += text
    hear(text)
  })
  child.stderr.setEncoding('utf8').on('data', hear)
  // A program may end without reading its input; its exit code tells the rest.
  child.stdin.on('error', () => undefined).end(options.input ?? '')
  child.once('error', cause => reject(cannotRun(program, cause, options.signal)))
  child.once('close', (code, killedBy) => {
    if (code === 0) return resolve(output)
    const how = killedBy ? `was ended by ${killedBy}` : `exited ${code}`
    const facts = { program, code: code ?? undefined }
    const shown = argv.join(' ').slice(0, SHOWN_COMMAND)
    reject(new LabFault('lab/command', `${shown} ${how}: ${tail.join('\n') || 'it said nothing'}`, facts))
  })
  return promise
}

function cannotRun(program: string, cause: Error, signal: AbortSignal | undefined): LabFault {
  if (signal?.aborted) return new LabFault('lab/cancelled', `${program} was called off`, { program }, cause)
  return new LabFault('lab/command', `${program} cannot be run: ${cause.message}`, { program }, cause)
}

/** Cuts a stream of text into lines; the last, unfinished one is held back until its end comes. */
export function lineSplitter(onLine: (line: string) => void): (text: string) => void {
  let held = ''
  return text => {
    const lines = (held + text).split(/\r?\n/)
    held = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
}
