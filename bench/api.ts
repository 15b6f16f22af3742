import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Scope } from '../machinery/host/scope.ts'
import { Child } from './api/child.ts'
import { startEtcd } from './api/etcd.ts'
import type { Outcome, Task } from './api/target.ts'
import { alone, type Figure } from './figure.ts'

const CLIENTS = 32
const OBJECTS = 10_000
const WARM = 20_000
const ROUNDS = 3 // one by us, one by etcd, in turn; the middle one counts
const WATCHERS = 200
const CHANGES = 1000
const SIZES = [1_000, 10_000, 100_000]

interface Usage {
  /** Bytes. */
  readonly rss: number
  /** Seconds of processor time. */
  readonly cpu: number
}

/** Our API over HTTPS against etcd over gRPC, both driven from a process of their own, 2 KiB an object. */
export async function* api(): AsyncIterable<Figure> {
  yield* single()
  yield* many()
  yield* growing()
}

/** One object at a time. */
async function* single(): AsyncIterable<Figure> {
  await using scope = new Scope()
  const { ours, theirs } = await besideEtcd(scope)
  const both = { clients: CLIENTS, calls: 5000 }
  // Both have run for a while when they are measured: the first ten thousands of calls are read by an interpreter.
  for (const child of [ours, theirs]) await child?.ask<Outcome>({ verb: 'create', ...both, calls: WARM, first: 0 })
  const creates = await rounds({ verb: 'create', ...both, first: WARM }, ours, theirs)
  yield compared('creates of 2 KiB, 32 clients, 1/s', creates)
  for (const child of [ours, theirs]) await child?.ask<Outcome>({ verb: 'get', ...both, calls: WARM, first: 0 })
  const reads = await rounds({ verb: 'get', ...both, first: 0 }, ours, theirs)
  yield compared('reads of one object, 32 clients, 1/s', reads)
}

/** All objects at once, and what happens to them as it is told to many. */
async function* many(): AsyncIterable<Figure> {
  await using scope = new Scope()
  const { server, ours, theirs } = await besideEtcd(scope)
  const fill: Task = { verb: 'create', clients: CLIENTS, calls: OBJECTS, first: 0 }
  const list: Task = { verb: 'list', clients: 1, calls: 5, first: 0 }
  for (const child of [ours, theirs]) await child?.ask<Outcome>(fill)
  for (const child of [ours, theirs]) await child?.ask<Outcome>(list)
  yield compared('lists of 10,000 in one page, objects/s', await rounds(list, ours, theirs))
  yield* watched(server, ours)
  yield* restarted(scope, server)
}

interface Beside {
  readonly server: Server
  readonly ours: Child
  readonly theirs: Child | undefined
}

async function besideEtcd(scope: Scope): Promise<Beside> {
  const server = await startServer(scope)
  const etcd = await startEtcd()
  if (etcd) scope.hold(etcd)
  else process.stderr.write('There is no etcd to compare with: install etcd-server.\n')
  const ours = scope.hold(new Child('load.ts', 'ours', server.kubeconfig))
  const theirs = etcd && scope.hold(new Child('load.ts', 'etcd', etcd.address))
  return { server, ours, theirs }
}

async function* watched({ child, kubeconfig }: Server, load: Child): AsyncIterable<Figure> {
  await using watchers = new Child('watchers.ts', kubeconfig, String(WATCHERS))
  await watchers.said()
  const seen = watchers.ask<{ p50: number; p99: number }>({ changes: CHANGES })
  await load.ask({ verb: 'touch', clients: 4, calls: CHANGES, first: 0 })
  const { p50, p99 } = await seen
  yield alone('1,000 changes until 200 watchers saw them, median, ms', p50)
  yield alone('1,000 changes until 200 watchers saw them, p99, ms', p99)
  const { rss } = await child.ask<Usage>('usage')
  yield alone('resident at 10,000 objects and 200 watchers, MB', rss / 1e6)
}

async function* restarted(scope: Scope, { child, directory }: Server): AsyncIterable<Figure> {
  await child[Symbol.asyncDispose]()
  const start = performance.now()
  await startServer(scope, directory)
  yield alone('start to ready with 10,000 objects, s', (performance.now() - start) / 1000)
}

/** What one change costs among few and among many. */
async function* growing(): AsyncIterable<Figure> {
  await using scope = new Scope()
  const { child, kubeconfig } = await startServer(scope)
  const load = scope.hold(new Child('load.ts', 'ours', kubeconfig))
  let objects = 0
  for (const size of SIZES) {
    await load.ask({ verb: 'create', clients: CLIENTS, calls: size - objects, first: objects })
    objects = size
    const task: Task = { verb: 'touch', clients: CLIENTS, calls: 5000, first: 0, among: 1000 }
    await load.ask(task)
    const before = await child.ask<Usage>('usage')
    await load.ask(task)
    const { cpu, rss } = await child.ask<Usage>('usage')
    const among = size.toLocaleString('en')
    yield alone(`one change among ${among} objects, processor time, us`, ((cpu - before.cpu) * 1e6) / task.calls)
    yield alone(`resident at ${among} objects, MB`, rss / 1e6)
  }
}

interface Server {
  readonly child: Child
  readonly kubeconfig: string
  readonly directory: string
}

async function startServer(scope: Scope, given?: string): Promise<Server> {
  const directory = given ?? mkdtempSync(join(tmpdir(), 'bellhop-bench-'))
  if (given === undefined) scope.onClose(() => rmSync(directory, { recursive: true, force: true }))
  const child = scope.hold(new Child('server.ts', directory))
  const { kubeconfig } = await child.said<{ kubeconfig: string }>()
  return { child, kubeconfig, directory }
}

interface Pair {
  readonly ours: number
  readonly theirs: number | null
}

/** The same by both in turn, so that whatever else the machine does hits both. */
async function rounds(task: Task, ours: Child, theirs: Child | undefined): Promise<Pair> {
  const [our, their]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const part = task.verb === 'create' ? { ...task, first: task.first + round * task.calls } : task
    our.push((await ours.ask<Outcome>(part)).perSecond)
    if (theirs) their.push((await theirs.ask<Outcome>(part)).perSecond)
  }
  return { ours: middle(our), theirs: theirs ? middle(their) : null }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

function compared(figure: string, { ours, theirs }: Pair): Figure {
  return { figure, ours, peer: theirs === null ? null : 'etcd', theirs, ratio: theirs === null ? null : ours / theirs }
}
