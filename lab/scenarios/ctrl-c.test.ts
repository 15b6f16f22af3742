import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../machinery/host/clock.ts'
import { command } from '../command.ts'
import { until } from '../scenario/until.ts'
import { MINUTE } from './scene.ts'

// `make lab` as a person runs it, and ends it.

test('Ctrl-C in a terminal while a machine boots leaves nothing behind', { timeout: 10 * MINUTE }, async t => {
  await using lab = await startLab({ name: 'ctrl-c', terminal: true }, t)
  await lab.says(/rack1 {2}has an address/)
  assert.notDeepEqual(await lab.processes(), [])
  assert.equal((await lab.namespaces()).length, 1)
  lab.child.stdin?.write('\x03')
  assert.equal(await lab.ends(), 130)
  assert.match(lab.said(), /called off; everything that was started is stopped/)
  await nothingIsLeft(lab)
})

test('a lab that was killed leaves a namespace, which the next one removes', { timeout: 10 * MINUTE }, async t => {
  const name = 'killed'
  await using killed = await startLab({ name }, t)
  await killed.says(/rack1 {2}has an address/)
  killed.child.kill('SIGKILL')
  await until('all it started has ended', async () => (await killed.processes()).length === 0, { milliseconds: MINUTE })
  const [left] = await killed.namespaces()
  assert.ok(left)

  await using next = await startLab({ name }, t)
  await next.says(/bellhop serves/)
  assert.ok(!(await next.namespaces()).includes(left))
  next.child.kill('SIGTERM')
  assert.equal(await next.ends(), 130)
  await nothingIsLeft(next)
})

test('Ctrl-C for the lab alone, before its machines are there, leaves nothing either', {
  timeout: 5 * MINUTE,
}, async t => {
  await using lab = await startLab({ name: 'ctrl-c-early' }, t)
  await lab.says(/are being set up/)
  lab.child.kill('SIGINT')
  assert.equal(await lab.ends(), 130)
  await nothingIsLeft(lab)
})

test('a lab that cannot be says why, and starts nothing', { timeout: MINUTE }, async t => {
  await using lab = await startLab({ name: 'unknown-firmware', env: { FIRMWARE: 'coreboot' } }, t)
  assert.equal(await lab.ends(), 1)
  assert.match(lab.said(), /FIRMWARE "coreboot": not bios, uefi or mixed/)
  await nothingIsLeft(lab)
})

test('a bellhop that cannot start ends the lab, which says why', { timeout: 5 * MINUTE }, async t => {
  // Its setting from the environment is one that it refuses.
  await using lab = await startLab({ name: 'no-bellhop', env: { BELLHOP_HTTP_PORT: '0' } }, t)
  assert.equal(await lab.ends(), 1)
  assert.match(lab.said(), /the lab failed: bellhop ended with \d+: .*BELLHOP_HTTP_PORT "0": not a port/)
  const report = JSON.parse(await readFile(join(lab.dir, 'report.json'), 'utf8'))
  assert.equal(report.ok, false)
  assert.match(report.failure.reason, /BELLHOP_HTTP_PORT/)
  await nothingIsLeft(lab)
})

interface RunningLab extends AsyncDisposable {
  readonly dir: string
  readonly child: ChildProcess
  /** Waits for its end, and returns its exit code. */
  ends(): Promise<number | null>
  said(): string
  says(pattern: RegExp): Promise<void>
  /** Whatever was started by it and is still there, wherever it went. */
  processes(): Promise<readonly string[]>
  namespaces(): Promise<readonly string[]>
}

interface Start {
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  /** In a terminal, whose keys are the child's input; there the lab serves until it is told to stop. */
  readonly terminal?: boolean
}

async function startLab({ name, env, terminal }: Start, test: TestContext): Promise<RunningLab> {
  const dir = join('.lab/scenarios', name)
  await mkdir(dir, { recursive: true })
  const mark = randomUUID()
  const lab = [process.execPath, 'lab/main.ts']
  const [program = '', ...rest] = terminal ? ['script', '-qefc', lab.join(' '), '/dev/null'] : lab
  const usual = { MACHINES: '1', FIRMWARE: 'bios', ONCE: terminal ? '0' : '1', LAB_DIR: dir, LAB_RUN: mark }
  const child = spawn(program, rest, { env: { ...process.env, ...usual, ...env }, stdio: 'pipe' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      said += text
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    dir,
    child,
    ends: () => within(MINUTE, ended),
    said: () => said,
    says: async pattern => {
      const over = ended.then(code => assert.fail(`it ended with ${code} and did not say ${pattern}: ${said}`))
      over.catch(() => undefined) // raced below; once it was said, its end is nobody's fault
      while (!pattern.test(said)) await Promise.race([once(child.stdout, 'data', { signal: test.signal }), over])
    },
    processes: () => processesWith(`LAB_RUN=${mark}`),
    namespaces: async () => {
      const claims = await readdir(join(dir, 'namespaces')).catch(() => [])
      const there = await command(['ip', 'netns', 'list'])
      return claims.map(file => file.replace('.json', '')).filter(claim => there.includes(claim))
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await within(MINUTE, ended).catch(() => child.kill('SIGKILL'))
      await writeFile(join(dir, 'said.txt'), said)
    },
  }
}

async function within<T>(milliseconds: number, coming: Promise<T>): Promise<T> {
  const over = new AbortController()
  const late = systemClock
    .wait(milliseconds, over.signal)
    .then(() => assert.fail(`it did not end in ${milliseconds} ms`))
  late.catch(() => undefined) // called off below when the other was first
  return Promise.race([coming, late]).finally(() => over.abort())
}

async function nothingIsLeft(lab: RunningLab): Promise<void> {
  assert.deepEqual(await lab.processes(), [])
  assert.deepEqual(await lab.namespaces(), [])
  const claims = await readdir(join(lab.dir, 'namespaces')).catch(() => [])
  assert.deepEqual(claims, [])
}

/** Processes that were given this variable, which children inherit. */
async function processesWith(variable: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const found = pids.map(async pid => {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '') // ended meanwhile
    if (!environment.split('\0').includes(variable)) return []
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return [`${pid} ${line.replaceAll('\0', ' ')}`]
  })
  return (await Promise.all(found)).flat()
}
