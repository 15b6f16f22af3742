import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '../../machinery/api/client.ts'
import { Pod } from '../../machinery/api/core.ts'
import { remoteClient } from '../../machinery/api/remote/client.ts'
import { loadKubeconfig } from '../../machinery/api/remote/kubeconfig.ts'
import { systemClock } from '../../machinery/host/clock.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { enterPrivateNetwork, type Client as Neighbour, wireTo } from '../../machinery/host/simulated/namespace.ts'

const PROGRAM = join(import.meta.dirname, '../../bin/bellhop')
export const WIRE = { name: 'bh0', address: '10.66.0.1', mac: '02:00:00:00:66:02' } as const
const PATIENCE = 30_000

/** What an operator has: a machine with one wire, on which there is one neighbour, and a folder for files. */
export interface Site extends AsyncDisposable {
  readonly neighbour: Neighbour
  /** A path below the site's folder. */
  path(...names: readonly string[]): string
  write(name: string, text: string): Promise<string>
  /** The flags that every start needs, with a data directory of this name. */
  flags(dataDir: string, more?: readonly string[]): readonly string[]
  /** Starts `bellhop up` with these flags; `around` is a command that it is started by. */
  up(flags: readonly string[], around?: readonly string[]): Running
  /** Starts another command of bellhop, as a client of the server with this data directory. */
  ask(dataDir: string, words: readonly string[]): Running
}

/** Moves this process into a network of its own and builds the site there. */
export async function openSite(): Promise<Site> {
  await enterPrivateNetwork()
  const scope = new Scope()
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-up-'))
  scope.onClose(() => rm(folder, { recursive: true }))
  await chmod(folder, 0o755) // a test starts bellhop as somebody else
  const neighbour = scope.hold(await wireTo({ name: WIRE.name, address: `${WIRE.address}/24`, mac: WIRE.mac }))
  const path = (...names: readonly string[]) => join(folder, ...names)
  await mkdir(path('hookos'))
  for (const file of ['vmlinuz-x86_64', 'initramfs-x86_64'])
    await writeFile(path('hookos', file), `stands for ${file}\n`)
  await mkdir(path('ipxe'))
  for (const file of ['undionly.kpxe', 'ipxe.efi']) await writeFile(path('ipxe', file), `stands for ${file}\n`)
  const common = ['--hookos-dir', path('hookos'), '--ipxe-dir', path('ipxe')]
  const start = (command: readonly string[]) => {
    const running = new Running(command)
    scope.onClose(() => running.stop().then(() => undefined))
    return running
  }
  return {
    neighbour,
    path,
    write: async (name, text) => {
      await writeFile(path(name), text)
      return path(name)
    },
    flags: (dataDir, more = ['--interface', WIRE.name]) => ['--data-dir', path(dataDir), ...common, ...more],
    up: (flags, around = []) => start([...around, PROGRAM, 'up', ...flags]),
    ask: (dataDir, words) => start([PROGRAM, ...words, '--kubeconfig', path(dataDir, 'kubeconfig')]),
    [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose](),
  }
}

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The program as an operator runs it: a child of its own. */
export class Running {
  readonly #child: ChildProcess
  readonly ended: Promise<Outcome>
  #stdout = ''
  #stderr = ''
  #hear: () => void = () => undefined

  constructor([command = '', ...args]: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text
      this.#hear()
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
      this.#hear()
    })
    this.ended = once(this.#child, 'close').then(([code, signal]) => {
      this.#hear()
      const stderr = signal ? `${this.#stderr}ended by ${signal}` : this.#stderr
      return { code: Number(code ?? -1), stdout: this.#stdout, stderr }
    })
  }

  get log(): string {
    return this.#stderr
  }

  /** Waits until it has said something that matches, and hands the lines back that do. */
  async said(pattern: RegExp): Promise<readonly string[]> {
    const found = () => `${this.#stdout}\n${this.#stderr}`.split('\n').filter(line => pattern.test(line))
    const late = AbortSignal.timeout(PATIENCE)
    while (found().length === 0) {
      if (late.aborted || this.#child.exitCode !== null) throw new Error(`it never said ${pattern}:\n${this.#stderr}`)
      await new Promise<void>(resolve => {
        this.#hear = resolve
        late.addEventListener('abort', () => resolve(), { once: true })
      })
    }
    return found()
  }

  /** SIGTERM; resolves when it has ended, which takes at most half a minute. */
  async stop(): Promise<Outcome> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM')
    const late = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE)
    return this.ended.finally(() => clearTimeout(late))
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }
}

/** A client of the API of a data directory, as its kubeconfig leads there. */
export function clientOf(site: Site, dataDir: string): Client & Disposable {
  return remoteClient(loadKubeconfig(site.path(dataDir, 'kubeconfig')))
}

/** The pod of a service as `kubectl get pods` counts it. */
export async function podOf(client: Client, service: string) {
  const { items } = await client.list(Pod, { namespace: 'eksa-system', labelSelector: `app=${service}` })
  const [container] = items[0]?.status?.containerStatuses ?? []
  return {
    name: items[0]?.metadata.name ?? '',
    ready: container?.ready ?? false,
    restarts: container?.restartCount ?? -1,
    why: items[0]?.status?.message ?? '',
  }
}

/** Asks until the answer is yes: of a world outside, which has no event to wait for. */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  for (const deadline = systemClock.now() + PATIENCE; systemClock.now() < deadline; await systemClock.wait(50)) {
    const answer = await ask()
    if (answer) return answer
  }
  throw new Error(`waited ${PATIENCE / 1000} s in vain until ${what}`)
}
