import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Client } from '../../api/client.ts'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { systemClock } from '../../host/clock.ts'
import { silentLog } from '../../host/log.ts'
import { LogBook } from '../../host/logbook.ts'
import { Scope } from '../../host/scope.ts'
import { openApiServer } from '../server.ts'

// The real kubectl against the real server, as tests use it.

/** Options of a test that needs kubectl: it is left out, by name, where there is none. */
export const withKubectl = {
  skip: spawnSync('kubectl', ['version', '--client']).status === 0 ? false : 'there is no kubectl on this machine',
  timeout: 60_000,
} as const

export interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface How {
  /** Words that may hold spaces. */
  readonly extra?: readonly string[]
  /** An object, written to its standard input as JSON, or text as it is. */
  readonly input?: object | string
  readonly environment?: Readonly<Record<string, string>>
}

/** A server of its own, and kubectl as its administrator. */
export interface Kubectl extends AsyncDisposable {
  readonly client: Client
  /** Logs of pods, to which a test may write. */
  readonly logs: LogBook
  readonly directory: string
  readonly kubeconfig: string
  /** Runs kubectl with words. */
  run(words: string, how?: How): Promise<Said>
  /** The same, which must end well; resolves to what it printed. */
  ok(words: string, how?: How): Promise<string>
  /** Starts a kubectl that goes on, acts until it prints the line, and resolves to all it printed. */
  follows(words: string, following: { readonly act: () => unknown; readonly until: RegExp }): Promise<string>
}

export async function openKubectl(): Promise<Kubectl> {
  const scope = new Scope()
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-kubectl-'))
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const logs = new LogBook()
  const server = scope.hold(await openApiServer({ dataDir: directory, host, kinds: CUSTOM_KINDS, podLogs: logs }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  const environment = { ...process.env, KUBECONFIG: door.kubeconfigPath, HOME: directory }
  const run = (words: string, how: How = {}) => runKubectl(words.split(' '), environment, how)
  return {
    client: server.client({ user: 'test', groups: ['system:masters'] }),
    logs,
    directory,
    kubeconfig: door.kubeconfigPath,
    run,
    async ok(words, how) {
      const { code, out, err } = await run(words, how)
      assert.equal(code, 0, `kubectl ${words}: ${err}`)
      return out
    },
    follows: (words, following) => follow(words.split(' '), environment, following),
    async [Symbol.asyncDispose]() {
      await scope[Symbol.asyncDispose]()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function runKubectl(words: readonly string[], environment: NodeJS.ProcessEnv, how: How): Promise<Said> {
  const { extra = [], input = '', environment: more } = how
  return new Promise(resolve => {
    const child = execFile('kubectl', [...words, ...extra], { env: { ...environment, ...more } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
    child.stdin?.end(typeof input === 'string' ? input : JSON.stringify(input))
  })
}

type Following = { readonly act: () => unknown; readonly until: RegExp }

async function follow(words: readonly string[], env: NodeJS.ProcessEnv, { act, until }: Following): Promise<string> {
  const child = spawn('kubectl', words, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const acting = setInterval(() => void act(), 300) // again, since nothing says when kubectl is ready
  const lines: string[] = []
  try {
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      if (until.test(line)) return lines.join('\n')
    }
    return assert.fail(`kubectl ${words.join(' ')} ended without ${until}: ${lines.join('\n')}`)
  } finally {
    clearInterval(acting)
    child.kill()
  }
}

/** What kubectl printed as a table, cell by cell. */
export function rows(out: string): string[][] {
  return out
    .trim()
    .split('\n')
    .map(line => line.split(/\s{2,}/).map(cell => cell.trim()))
}
