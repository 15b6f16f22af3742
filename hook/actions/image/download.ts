import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../../machinery/host/clock.ts'
import { Fault } from '../../../wire/fault.ts'
import { ActionFault } from '../fault.ts'
import { get, type RequestSettings } from './request.ts'

export interface DownloadSettings extends RequestSettings {
  readonly clock: Clock
  readonly log: (line: string) => void
  /** Milliseconds without progress after which it is given up; 0: the first fault is the last. */
  readonly patience: number
}

/** Which version of the file it was, so that a later half is never put to another first half. */
interface Version {
  readonly total: number | undefined
  readonly tag: string | undefined
}

/** A download that goes on at the byte where it was cut, for as long as patience lasts. */
export class Download {
  readonly #settings: DownloadSettings
  readonly #version: Version
  #response: IncomingMessage
  #at = 0

  private constructor(settings: DownloadSettings, response: IncomingMessage) {
    this.#settings = settings
    this.#response = response
    this.#version = versionOf(response)
  }

  /** Resolves when the server has agreed to send the file from its beginning. */
  static async open(settings: DownloadSettings): Promise<Download> {
    return new Download(settings, await persist(settings, settings.clock.now(), () => ask(settings, {}, [200])))
  }

  /** Bytes of the whole file; undefined when the server does not say. */
  get total(): number | undefined {
    return this.#version.total
  }

  /** Bytes received. */
  get done(): number {
    return this.#at
  }

  /** Whether an end that came too early would be noticed. */
  get endIsKnown(): boolean {
    return this.total !== undefined || this.#response.headers['transfer-encoding'] === 'chunked'
  }

  /** The file's bytes, each once and in order, up to its true end. */
  async *bytes(): AsyncGenerator<Buffer> {
    let skip = 0
    let progressed = this.#settings.clock.now()
    for (;;) {
      const began = this.#at
      try {
        for await (const chunk of this.#response as AsyncIterable<Buffer>) {
          const fresh = chunk.subarray(Math.min(skip, chunk.length))
          skip -= chunk.length - fresh.length
          if (fresh.length === 0) continue
          this.#at += fresh.length
          yield fresh
        }
        if (this.total === undefined || this.#at === this.total) return
        throw new Error('the connection was closed')
      } catch (error) {
        if (error instanceof Fault || this.#settings.signal.aborted) throw error
        if (this.#at > began) progressed = this.#settings.clock.now()
        skip = await this.#resume(error, progressed)
      }
    }
  }

  /** Asks for the rest. Returns how many bytes of the answer are old: a server without ranges sends all again. */
  async #resume(cause: unknown, since: number): Promise<number> {
    const { source, log, patience } = this.#settings
    const where = `${source.shown}: cut after ${this.#at} of ${this.total ?? 'an unknown number of'} bytes`
    if (patience === 0 || this.#version.tag === undefined) {
      throw new ActionFault('action/truncated', `${where}: ${sentenceOf(cause)}`, {}, cause)
    }
    log(`${where}: ${sentenceOf(cause)}; going on from there`)
    const headers = { range: `bytes=${this.#at}-`, 'if-range': this.#version.tag }
    this.#response = await persist(this.#settings, since, () => ask(this.#settings, headers, [200, 206]))
    return this.#overlap()
  }

  #overlap(): number {
    const { statusCode, headers } = this.#response
    const { shown } = this.#settings.source
    if (statusCode === 206) {
      const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '')
      const sameTotal = this.total === undefined || Number(range?.[3]) === this.total
      if (Number(range?.[1]) === this.#at && sameTotal) return 0
      throw new ActionFault('action/download', `${shown}: another part than the one asked for was sent`)
    }
    const version = versionOf(this.#response)
    if (version.tag === this.#version.tag && version.total === this.total) return this.#at
    throw new ActionFault('action/download', `${shown}: the file changed on the server while it was downloaded`)
  }
}

/** Sends the request; a status that will not mend itself is a fault, anything else an error that is worth another try. */
async function ask(settings: DownloadSettings, headers: Record<string, string>, wanted: readonly number[]) {
  const response = await get(settings, headers)
  const { statusCode = 0, statusMessage = '' } = response
  if (wanted.includes(statusCode)) return response
  response.destroy()
  const sentence = `${settings.source.shown}: the server answered ${statusCode} ${statusMessage}`.trim()
  if (statusCode >= 500 || statusCode === 408 || statusCode === 429) throw new Error(sentence)
  throw new ActionFault('action/download', sentence, { status: statusCode })
}

/** Tries until it works, a fault says that it never will, or patience ends. */
async function persist<T>(settings: DownloadSettings, since: number, attempt: () => Promise<T>): Promise<T> {
  const { clock, signal, log, patience, source } = settings
  for (let pause = 500; ; pause = Math.min(pause * 2, 10_000)) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Fault || signal.aborted) throw error
      const sentence = withPlace(source.shown, sentenceOf(error))
      if (clock.now() + pause > since + patience) throw new ActionFault('action/download', sentence, {}, error)
      log(`${sentence}; trying again in ${pause / 1000} s`)
      await clock.wait(pause, signal)
    }
  }
}

function versionOf(response: IncomingMessage): Version {
  const { etag, 'last-modified': modified, 'content-length': length } = response.headers
  // RFC 9110 §13.1.5: a weak tag promises no equal bytes, so it cannot join two halves.
  const strong = etag && !etag.startsWith('W/') ? etag : undefined
  return { total: length === undefined ? undefined : Number(length), tag: strong ?? modified }
}

function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return sentenceOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  return error.message === 'aborted' ? 'the connection was cut' : error.message // Node's whole sentence for it
}

function withPlace(place: string, sentence: string): string {
  return sentence.startsWith(place) ? sentence : `${place}: ${sentence}`
}
