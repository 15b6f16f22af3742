import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { hostFault } from '../../host/fault.ts'
import type { Host } from '../../host/host.ts'

export interface AuditLogOptions {
  readonly path: string
  readonly host: Host
  /** Bytes after which another file is begun. */
  readonly most?: number
  /** Older files that are kept. */
  readonly backups?: number
}

const MOST = 100 * 1024 * 1024
const BACKUPS = 10
/** Lines that wait for the disk before requests have to wait too; beyond twice as many they are lost, and counted. */
const WAITING = 5000

/** Finds out at once whether it can be written; throws a HostFault when the system says no. */
function sizeOf(path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    return statSync(path).size
  } catch (error) {
    throw hostFault(error, `opening the audit log ${path}`)
  }
}

/** Lines in a file, which only its owner may read; a full one is put aside under the time of its end. */
export class AuditLog implements AsyncDisposable {
  readonly #path: string
  readonly #host: Host
  readonly #most: number
  readonly #backups: number
  #bytes: number
  #waiting: string[] = []
  #writing: Promise<void> | undefined
  #lost = 0

  constructor({ path, host, most = MOST, backups = BACKUPS }: AuditLogOptions) {
    this.#path = path
    this.#host = host
    this.#most = most
    this.#backups = backups
    this.#bytes = sizeOf(path)
  }

  write(line: string): void {
    if (this.#waiting.length >= 2 * WAITING) {
      this.#lost++
      return
    }
    this.#waiting.push(`${line}\n`)
    this.#writing ??= this.#flush()
  }

  /** Resolves when there is room again: whoever makes lines waits for it. */
  async ready(): Promise<void> {
    while (this.#waiting.length >= WAITING) await this.#writing
  }

  /** Resolves when every line so far is in the file. */
  async flushed(): Promise<void> {
    await this.#writing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flushed()
  }

  async #flush(): Promise<void> {
    await Promise.resolve() // lines of the same turn go together
    while (this.#waiting.length > 0) await this.#append(this.#waiting.splice(0))
    this.#writing = undefined
  }

  async #append(lines: readonly string[]): Promise<void> {
    const text = lines.join('')
    try {
      const bytes = Buffer.byteLength(text)
      if (this.#bytes > 0 && this.#bytes + bytes > this.#most) this.#rotate()
      await appendFile(this.#path, text, { mode: 0o600 })
      this.#bytes += bytes
      if (this.#lost > 0) this.#host.log.warn('audit events were lost', { path: this.#path, count: this.#lost })
      this.#lost = 0
    } catch (error) {
      if (this.#lost === 0)
        this.#host.log.error('the audit log is not kept', { path: this.#path, reason: String(error) })
      this.#lost += lines.length
    }
  }

  /** `audit-2026-11-24T22-15-14.000.log` beside `audit.log`, as upstream's log rotation names them. */
  #rotate(): void {
    const ending = extname(this.#path)
    const stem = basename(this.#path, ending)
    const time = new Date(this.#host.clock.now()).toISOString().slice(0, 23).replaceAll(':', '-')
    const folder = dirname(this.#path)
    renameSync(this.#path, join(folder, `${stem}-${time}${ending}`))
    this.#bytes = 0
    const old = readdirSync(folder)
      .filter(name => name.startsWith(`${stem}-`) && name.endsWith(ending))
      .sort()
    for (const name of old.slice(0, -this.#backups)) rmSync(join(folder, name))
  }
}
