import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { LabFault } from '../fault.ts'
import { DIES_WITH_US } from '../machine/guest.ts'
import type { LabNetwork } from '../network.ts'

export interface BellhopOptions {
  readonly network: LabNetwork
  /** The settings of `bellhop up`, without their dashes. */
  readonly settings: Readonly<Record<string, string>>
  /** Where what it says goes. */
  readonly logFile: string
}

/** bellhop as a user runs it: a process of its own, here inside the lab's namespace. */
export class Bellhop implements AsyncDisposable {
  readonly #options: BellhopOptions
  #child: ChildProcess | undefined

  constructor(options: BellhopOptions) {
    this.#options = options
  }

  /** Starts it, again if need be. */
  start(): void {
    const { network, settings, logFile } = this.#options
    const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
    const [program, ...rest] = [...network.enter, ...DIES_WITH_US, process.execPath, 'apps/main.ts', 'up', ...flags]
    const log = openSync(logFile, 'a')
    this.#child = spawn(program ?? '', rest, { stdio: ['ignore', log, log] })
    closeSync(log)
  }

  /** As a power cut would: no time to write anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** A sentence when it has ended by itself; undefined while it runs. */
  async trouble(): Promise<string | undefined> {
    const child = this.#child
    if (!child || (child.exitCode === null && child.signalCode === null)) return undefined
    const last = (await readFile(this.#options.logFile, 'utf8')).trimEnd().split('\n').slice(-3).join('\n')
    return `bellhop ended with ${child.exitCode ?? child.signalCode}: ${last}`
  }

  async mustRun(): Promise<void> {
    const trouble = await this.trouble()
    if (trouble !== undefined) throw new LabFault('lab/machine', trouble)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MOST)
    await ended
    clearTimeout(late)
  }
}

const STOP_MOST = 10_000 // milliseconds; then it is stuck, and the lab has to be taken down all the same
