import assert from 'node:assert/strict'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { RpcFault } from '../../../machinery/api/tink/fault.ts'
import { HANDOVER } from '../../../machinery/api/tink/handover.ts'
import { systemClock } from '../../../machinery/host/clock.ts'
import { createLog, type LogLine } from '../../../machinery/host/log.ts'
import { childRunner } from './children.ts'
import { WorkerFault } from './fault.ts'
import { GrpcTinkServer } from './grpc.ts'
import { notebookIn } from './notes.ts'
import { type SimulatedAction, SimulatedTink } from './simulated/tink.ts'
import { runWorker } from './worker.ts'

const ACTIONS = ['ok', 'silent', 'fail', 'count', 'progress', 'stubborn', 'reboot', 'kexec']

/** A machine with a worker that can be killed and started again; its notes stay. */
class Machine implements AsyncDisposable {
  readonly folder: string
  readonly tink: SimulatedTink
  readonly did: string[] = []
  readonly output: string[] = []
  readonly log: LogLine[] = []
  kexecWorks = true
  #stop = new AbortController()
  #worker: Promise<string> = Promise.resolve('')

  private constructor(folder: string, tink: SimulatedTink) {
    this.folder = folder
    this.tink = tink
  }

  static async with(actions: SimulatedAction[], knowsProgress = true): Promise<Machine> {
    const tink = await new SimulatedTink(actions, knowsProgress).up()
    const machine = new Machine(await mkdtemp(join(tmpdir(), 'bellhop-worker-')), tink)
    machine.start()
    return machine
  }

  start(): void {
    this.#stop = new AbortController()
    const identity = {
      worker: '52:54:00:00:00:01',
      authority: `127.0.0.1:${this.tink.port}`,
      tls: false,
      insecureTls: false,
    }
    const server = new GrpcTinkServer(identity, {})
    const log = createLog(systemClock, line => this.log.push(line))
    const parts = {
      host: { clock: systemClock, log, random: () => 0 },
      server,
      runner: childRunner({
        clock: systemClock,
        actions: ACTIONS,
        command: ['sh', join(import.meta.dirname, 'simulated/actions.sh')],
        environment: { PATH: process.env.PATH ?? '', WHO: 'world' },
        grace: 200,
      }),
      notebook: notebookIn(join(this.folder, 'notes', 'worker.json')),
      system: {
        reboot: async () => void this.did.push('reboot'),
        kexec: async () => {
          if (!this.kexecWorks) throw new WorkerFault('worker/handover', 'kexec -e: no kernel is loaded')
          this.did.push('kexec')
        },
      },
      output: (action: string, line: string) => this.output.push(`${action}: ${line}`),
    }
    this.#worker = runWorker(parts, this.#stop.signal).catch(error => String(error?.message ?? error))
    void this.#worker.finally(() => server[Symbol.dispose]())
  }

  /** How the worker ended; when it is told to, that is what it says. */
  ended(): Promise<string> {
    return this.#worker
  }

  async stop(): Promise<void> {
    this.#stop.abort(new Error('stopped'))
    await this.#worker
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    await this.tink[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true })
  }
}

const action = (actionId: string, image: string, more: Partial<SimulatedAction> = {}): SimulatedAction => ({
  actionId,
  image: `127.0.0.1/embedded/${image}:v1`,
  timeout: 60n,
  ...more,
})

const messages = (machine: Machine) => machine.tink.reports.map(report => report.message?.message)

test('actions are run one after another and reported', async () => {
  await using machine = await Machine.with([action('a', 'ok'), action('b', 'silent')])
  await machine.tink.until(() => machine.tink.reports.length === 4)
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a SUCCESS', 'b RUNNING', 'b SUCCESS'])
  assert.deepEqual(messages(machine), ['running action', 'did it', 'running action', 'it ended well'])
  assert.deepEqual(machine.output, ['a: hello world'])
  assert.equal(machine.tink.reports[1]?.agentId, '52:54:00:00:00:01')
  assert.match(machine.tink.reports[1]?.executionDuration ?? '', /^\d+s$/)
})

test('an action that fails says how and with which last words', async () => {
  await using machine = await Machine.with([action('a', 'fail')])
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a FAILED'])
  const message = machine.tink.reports[1]?.message?.message ?? ''
  assert.match(message, /^fail ended with code 7; its last lines:\n/)
  assert.match(message, /cannot find the disk/)
})

test('an image that names no built-in action fails and says what there is', async () => {
  await using machine = await Machine.with([action('a', 'grub2disk')])
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.equal(machine.tink.told[1], 'a FAILED')
  assert.match(messages(machine)[1] ?? '', /names the action "grub2disk", which is not built in; there is ok, silent/)
})

test('a timeout ends the whole process group, however stubborn', async () => {
  await using machine = await Machine.with([])
  const child = machine.path('child')
  machine.tink.actions.push(action('a', 'stubborn', { timeout: 1n, environment: [`CHILD=${child}`] }))
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.equal(machine.tink.told[1], 'a TIMEOUT')
  assert.match(messages(machine)[1] ?? '', /^it did not end within 1 s and was stopped; its last lines:\nchild \d+$/)
  const pid = (await readFile(child, 'utf8')).trim()
  await assert.rejects(access(`/proc/${pid}/cwd`), 'its child is gone')
})

test('progress goes out at most once a second, and the last of it before the end', async () => {
  await using machine = await Machine.with([action('a', 'progress')])
  await machine.tink.until(() => machine.tink.reports.length === 2)
  const done = machine.tink.progress.map(each => each.doneBytes)
  assert.equal(done.at(-1), 10n)
  assert.ok(done.length <= 2, `sent ${done}`)
})

test('a server that does not know our progress is served all the same', async () => {
  await using machine = await Machine.with([action('a', 'progress')], false)
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.equal(machine.tink.told[1], 'a SUCCESS')
})

test('the server dies in the middle of an action: it goes on, and is reported when the server is back', async () => {
  await using machine = await Machine.with([])
  const [count, go] = [machine.path('count'), machine.path('go')]
  machine.tink.actions.push(action('a', 'count', { environment: [`COUNT=${count}`, `GO=${go}`] }))
  await eventually(async () => (await readFile(count, 'utf8').catch(() => '')) === 'run\n')
  machine.tink.down()
  await writeFile(go, '')
  await eventually(() => machine.log.some(line => line.sentence === 'waiting to report to the server'))
  await machine.tink.up()
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a SUCCESS'])
  assert.equal(await readFile(count, 'utf8'), 'run\n')
})

test('an action that is served again after its end is reported again, not run again', async () => {
  await using machine = await Machine.with([])
  const [count, go] = [machine.path('count'), machine.path('go')]
  await writeFile(go, '')
  machine.tink.actions.push(action('a', 'count', { environment: [`COUNT=${count}`, `GO=${go}`] }))
  await machine.tink.until(() => machine.tink.reports.length === 2)
  machine.tink.reports.length = 0 // the server lost its data, or this answer was on its way twice
  await machine.tink.until(() => machine.tink.reports.length === 1)
  assert.deepEqual(machine.tink.told, ['a SUCCESS'])
  assert.equal(await readFile(count, 'utf8'), 'run\n')
})

test('the worker is ended in the middle of an action: it is run from its start by the next, never twice at once', async () => {
  await using machine = await Machine.with([])
  const [count, go] = [machine.path('count'), machine.path('go')]
  machine.tink.actions.push(action('a', 'count', { environment: [`COUNT=${count}`, `GO=${go}`] }))
  await eventually(async () => (await readFile(count, 'utf8').catch(() => '')) === 'run\n')
  await machine.stop()
  machine.start()
  await eventually(async () => (await readFile(count, 'utf8')) === 'run\nrun\n')
  await writeFile(go, '')
  await machine.tink.until(() => machine.tink.told.includes('a SUCCESS'))
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a RUNNING', 'a SUCCESS'])
})

test('a report that the server refuses for good drops the action, and the worker goes on asking', async () => {
  await using machine = await Machine.with([])
  machine.tink.refusals.push(new RpcFault('rpc/failed-precondition', 'the workflow has timed out'))
  machine.tink.actions.push(action('a', 'ok'))
  await machine.tink.until(() => machine.tink.reports.length === 2)
  assert.ok(machine.log.some(line => line.sentence === 'the server refused a report'))
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a SUCCESS'])
})

test('a reboot happens after the server knows of its success', async () => {
  await using machine = await Machine.with([])
  machine.tink.refusals.push(new RpcFault('rpc/unavailable', 'not now'))
  machine.tink.actions.push(action('a', 'reboot'))
  assert.equal(await machine.ended(), 'reboot')
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a SUCCESS'])
  assert.equal(messages(machine)[1], HANDOVER.reboot)
  assert.deepEqual(machine.did, ['reboot'])
})

test('a kexec stays running for the server, which knows of it first', async () => {
  await using machine = await Machine.with([action('a', 'kexec')])
  assert.equal(await machine.ended(), 'kexec')
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a RUNNING'])
  assert.equal(messages(machine)[1], HANDOVER.kexec)
  assert.deepEqual(machine.did, ['kexec'])
})

test('a kexec that does not start is a failure', async () => {
  await using machine = await Machine.with([])
  machine.kexecWorks = false
  machine.tink.actions.push(action('a', 'kexec'))
  await machine.tink.until(() => machine.tink.reports.length === 3)
  assert.deepEqual(machine.tink.told, ['a RUNNING', 'a RUNNING', 'a FAILED'])
  assert.equal(messages(machine)[2], 'kexec -e: no kernel is loaded')
})

test('without a server it says what it waits for, and finds the server when it comes', async () => {
  await using machine = await Machine.with([])
  await machine.tink.until(() => machine.tink.asked > 0)
  machine.tink.down()
  await eventually(() => machine.log.some(line => line.sentence === 'waiting for the server'))
  machine.tink.actions.push(action('a', 'ok'))
  await machine.tink.up()
  await machine.tink.until(() => machine.tink.reports.length === 2)
})

/** Asks again and again, until a deadline: for what only the file system knows. */
async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries === 500) assert.fail(`still not: ${condition}`)
    await systemClock.wait(20)
  }
}
