import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { type Kubeconfig, loadKubeconfig } from '../api/remote/kubeconfig.ts'
import { isObject } from './registry/served.ts'

// CRASH_ROUNDS=2000 for a long night.
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 200)
const WRITERS = 8
const NAMES = 4 // objects of each writer
const STORM = 90 // milliseconds that a server lives among writers at most
const START = 300 // milliseconds in which it is killed while it starts, in one round of eight

const SERVER = `
  const { openApiServer } = await import(process.argv[1] + '/server.ts')
  const { systemClock } = await import(process.argv[1] + '/../host/clock.ts')
  const { silentLog } = await import(process.argv[1] + '/../host/log.ts')
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const server = await openApiServer({ dataDir: process.argv[2], host, kinds: [] })
  const door = await server.listen({ address: '127.0.0.1', port: 0 })
  process.stdout.write(door.kubeconfigPath + '\\n')
  if (process.argv[3]) process.exit()
`

/** What an object is known to be: its counter and its version; absent when it is known to be away. */
type State = { readonly value: number; readonly version: string } | undefined

/** What a write makes of an object; nobody knows whether it did, until it is acknowledged. */
interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly value?: number
}

interface Entry {
  readonly name: string
  state: State
  under?: Write | undefined
}

const PATH = '/api/v1/namespaces/default/configmaps'

test(`kill -9 in a storm of writes, ${ROUNDS} times: nothing acknowledged is lost, nothing is there twice, it starts each time`, {
  timeout: 600_000,
}, async () => {
  const root = mkdtempSync(join(tmpdir(), 'bellhop-crash-'))
  try {
    await once(startServer(root, 'for the cache of what was read'), 'exit')
    const world = new World()
    for (let round = 0; round < ROUNDS; round++) {
      const child = startServer(root)
      if (round % 8 === 7) await killAfter(child, Math.random() * START)
      else await storm(child, world)
    }
    const last = startServer(root)
    await world.look(await reached(last))
    await killAfter(last, 0)
    assert.ok(world.acknowledged > ROUNDS, `${world.acknowledged} writes`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})

function startServer(root: string, ...more: readonly string[]): ChildProcess {
  const args = ['--input-type=module', '-e', SERVER, '--', import.meta.dirname, join(root, 'data'), ...more]
  // Most of a start is reading the program: what was read is kept, by a process that ends in an orderly way.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(root, 'cache') }
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
}

async function storm(child: ChildProcess, world: World): Promise<void> {
  const connection = await reached(child)
  await world.look(connection)
  const writing = world.write(connection)
  await killAfter(child, Math.random() * STORM)
  await writing
  connection.close()
}

async function killAfter(child: ChildProcess, milliseconds: number): Promise<void> {
  await setTimeout(milliseconds)
  assert.equal(child.exitCode, null, 'the server ended by itself')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Waits until the server serves. */
async function reached(child: ChildProcess): Promise<Connection> {
  assert.ok(child.stdout)
  for await (const line of createInterface(child.stdout)) return new Connection(loadKubeconfig(line))
  throw new assert.AssertionError({ message: 'the server did not start' })
}

/** Each writer has its own objects, so that it alone knows what they must be. */
class World {
  acknowledged = 0
  readonly #versions = new Set<string>()
  readonly #writers = Array.from({ length: WRITERS }, (_, writer) =>
    Array.from({ length: NAMES }, (_, n): Entry => ({ name: `w${writer}-${n}`, state: undefined })),
  )

  /** Everything that was acknowledged is there as it was, in that version; what was under way is there once or not at all. */
  async look(connection: Connection): Promise<void> {
    const found = await connection.list()
    for (const entry of this.#writers.flat()) {
      const { state, under } = entry
      const now = found.get(entry.name)
      if (now?.version !== state?.version) {
        assert.ok(under, `${entry.name} was ${shown(state)}, is ${shown(now)}, and nobody wrote it`)
        assert.equal(now?.value, under.value, `${entry.name} was ${shown(state)}`)
        if (now) this.#note(now.version)
      } else assert.equal(now?.value, state?.value)
      entry.state = now
      entry.under = undefined
    }
  }

  /** Writes without a pause until the server is gone. */
  async write(connection: Connection): Promise<void> {
    await Promise.all(
      this.#writers.map(async entries => {
        for (let n = 0; await this.#writeOne(connection, entries[n % NAMES]); n++);
      }),
    )
  }

  async #writeOne(connection: Connection, entry: Entry | undefined): Promise<boolean> {
    if (!entry) return false
    const write = nextWrite(entry.state)
    entry.under = write
    const answer = await connection.send(write, entry)
    if (!answer) return false
    entry.under = undefined
    entry.state = write.method === 'DELETE' ? undefined : stateOf(answer)
    assert.equal(entry.state?.value, write.value)
    if (entry.state) this.#note(entry.state.version)
    this.acknowledged++
    return true
  }

  #note(version: string): void {
    assert.ok(!this.#versions.has(version), `version ${version} was given twice`)
    this.#versions.add(version)
  }
}

function nextWrite(state: State): Write {
  if (!state) return { method: 'POST', value: 1 }
  const chance = Math.random()
  if (chance < 0.2) return { method: 'DELETE' }
  return { method: chance < 0.6 ? 'PUT' : 'PATCH', value: state.value + 1 }
}

class Connection {
  readonly #config: Kubeconfig
  readonly #agent: Agent

  constructor(config: Kubeconfig) {
    this.#config = config
    const { authority: ca, certificate: cert, key } = config
    this.#agent = new Agent({ keepAlive: true, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) })
  }

  close(): void {
    this.#agent.destroy()
  }

  async list(): Promise<ReadonlyMap<string, State>> {
    const list = await this.#call('GET', PATH)
    assert.ok(list && Array.isArray(list.items))
    return new Map(list.items.map(item => [item.metadata.name, stateOf(item)]))
  }

  /** Undefined when the server went away. */
  send({ method, value }: Write, { name, state }: Entry): Promise<Readonly<Record<string, unknown>> | undefined> {
    const data = { counter: String(value) }
    const version = state && { resourceVersion: state.version }
    const whole = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...version }, data }
    if (method === 'POST') return this.#call(method, PATH, whole)
    if (method === 'DELETE') return this.#call(method, `${PATH}/${name}`)
    return this.#call(method, `${PATH}/${name}`, method === 'PUT' ? whole : { data })
  }

  #call(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>> | undefined> {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const headers = { 'content-type': type }
    return new Promise((resolve, reject) => {
      const sent = request(this.#config.server + path, { agent: this.#agent, method, headers }, response => {
        answerOf(response, method).then(resolve, reject)
      })
      sent.once('error', () => resolve(undefined))
      sent.end(body && JSON.stringify(body))
    })
  }
}

async function answerOf(
  response: IncomingMessage,
  method: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of response) chunks.push(chunk)
  } catch {
    return undefined // cut off by the kill
  }
  const text = Buffer.concat(chunks).toString()
  assert.ok((response.statusCode ?? 500) < 300, `${method}: ${text}`)
  const answer: unknown = JSON.parse(text)
  assert.ok(isObject(answer))
  return answer
}

function stateOf(object: Readonly<Record<string, unknown>>): State {
  const { data, metadata } = object
  assert.ok(isObject(metadata))
  const value = isObject(data) ? Number(data.counter) : 0
  return { value, version: String(metadata.resourceVersion) }
}

function shown(state: State): string {
  return state ? `${state.value} in version ${state.version}` : 'away'
}
