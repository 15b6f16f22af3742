import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { formatLine, type LogSink } from './log.ts'

export interface LogBookOptions {
  /** Where the logs are kept over a restart; in memory alone when absent. */
  readonly directory?: string
  /** Lines of each pod that are kept. */
  readonly lines?: number
  /** Bytes of each of a pod's two files: the one being written, and the one before. */
  readonly bytes?: number
}

export interface ReadOptions {
  readonly tailLines?: number
  /** Milliseconds since 1970. */
  readonly sinceTime?: number
  /** Goes on with what is said later, until the signal is aborted. */
  readonly follow?: boolean
  /** Each line begins with its time (RFC 3339). */
  readonly timestamps?: boolean
  readonly signal?: AbortSignal
}

interface Entry {
  readonly time: number
  readonly text: string
}

const LINES = 5000
const BYTES = 4 * 1024 * 1024

/** The newest log lines of each service, by `namespace/name` of its Pod: what `kubectl logs` shows. Bounded. */
export class LogBook {
  readonly #options: LogBookOptions
  readonly #pages = new Map<string, Page>()

  constructor(options: LogBookOptions = {}) {
    this.#options = options
    if (options.directory) mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  }

  /** Where this pod's lines go. */
  sink(pod: string): LogSink {
    const page = this.#page(pod)
    return line => page.add({ time: line.time, text: formatLine(line) })
  }

  /** The pod's lines, oldest first. */
  read(pod: string, options: ReadOptions = {}): AsyncIterable<string> {
    return this.#page(pod).read(options)
  }

  #page(pod: string): Page {
    const known = this.#pages.get(pod)
    if (known) return known
    const page = new Page(pod, this.#options)
    this.#pages.set(pod, page)
    return page
  }
}

class Page {
  readonly #most: number
  readonly #file: LogFile | undefined
  readonly #followers = new Set<(entry: Entry) => void>()
  #entries: Entry[]

  constructor(pod: string, { directory, lines = LINES, bytes = BYTES }: LogBookOptions) {
    this.#most = lines
    this.#file =
      directory === undefined ? undefined : new LogFile(join(directory, `${encodeURIComponent(pod)}.log`), bytes)
    this.#entries = this.#file?.read().slice(-lines) ?? []
  }

  add(entry: Entry): void {
    this.#entries.push(entry)
    // Cut by a tenth, so that cutting costs little a line.
    if (this.#entries.length > this.#most * 1.1) this.#entries = this.#entries.slice(-this.#most)
    this.#file?.append(entry)
    for (const follower of this.#followers) follower(entry)
  }

  async *read(options: ReadOptions): AsyncGenerator<string, void> {
    const { tailLines, sinceTime = 0, follow = false, timestamps = false, signal } = options
    const shown = ({ time, text }: Entry) => (timestamps ? `${new Date(time).toISOString()} ${text}` : text)
    const since = this.#entries.filter(entry => entry.time >= sinceTime)
    const waiting: Entry[] = tailLines === undefined ? since : tailLines === 0 ? [] : since.slice(-tailLines)
    if (!follow) {
      for (const entry of waiting) yield shown(entry)
      return
    }
    let wake: () => void = () => undefined
    const stop = () => wake()
    // A reader that is slower than the log loses the oldest lines, not the newest.
    const follower = (entry: Entry) => {
      waiting.push(entry)
      if (waiting.length > this.#most * 2) waiting.splice(0, this.#most)
      wake()
    }
    this.#followers.add(follower)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      while (!signal?.aborted) {
        for (const entry of waiting.splice(0)) yield shown(entry)
        if (waiting.length > 0 || signal?.aborted) continue
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    } finally {
      this.#followers.delete(follower)
      signal?.removeEventListener('abort', stop)
    }
  }
}

/** Two files, the older of which goes when the newer is full. */
class LogFile {
  readonly #path: string
  readonly #most: number
  #bytes: number
  #failing = false

  constructor(path: string, most: number) {
    this.#path = path
    this.#most = most
    this.#bytes = existsSync(path) ? statSync(path).size : 0
    // A crash may have cut the last line short: what comes next begins a line of its own.
    if (this.#bytes > 0) this.#write('\n')
  }

  read(): Entry[] {
    const texts = [`${this.#path}.1`, this.#path].map(path => (existsSync(path) ? readFileSync(path, 'utf8') : ''))
    return texts.join('').split('\n').flatMap(entryFrom)
  }

  append({ time, text }: Entry): void {
    this.#write(`${time} ${text}\n`)
  }

  #write(line: string): void {
    try {
      if (this.#bytes + line.length > this.#most && this.#bytes > 0) {
        renameSync(this.#path, `${this.#path}.1`)
        this.#bytes = 0
      }
      appendFileSync(this.#path, line, { mode: 0o600 })
      this.#bytes += line.length
      this.#failing = false
    } catch (error) {
      // A log that cannot be kept must not stop the service that writes it: the lines are still in memory.
      if (!this.#failing) process.emitWarning(`the log ${this.#path} is not kept: ${String(error)}`)
      this.#failing = true
    }
  }
}

/** A line that a crash cut short is no entry. */
function entryFrom(line: string): Entry[] {
  const space = line.indexOf(' ')
  const time = Number(line.slice(0, space))
  return space > 0 && Number.isFinite(time) ? [{ time, text: line.slice(space + 1) }] : []
}
