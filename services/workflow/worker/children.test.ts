import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '../../../machinery/host/clock.ts'
import { childRunner } from './children.ts'
import { identityOf } from './identity.ts'
import { Tail } from './lines.ts'
import { NO_NOTES, notebookIn, withOutcome } from './notes.ts'

const runner = childRunner({
  clock: systemClock,
  actions: ['count', 'stubborn', 'ok'],
  command: ['sh', join(import.meta.dirname, 'simulated/actions.sh')],
  environment: { PATH: process.env.PATH ?? '' },
  grace: 100,
})

const quiet = { line: () => undefined, progress: () => undefined }

test('what an earlier worker left running is ended, with all that it started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-children-'))
  const child = join(folder, 'child')
  const ready = Promise.withResolvers<void>()
  const running = await runner.start({
    action: 'stubborn',
    environment: { CHILD: child },
    line: () => ready.resolve(),
    progress: () => undefined,
  })
  await ready.promise
  await runner.end(running.process)
  assert.equal((await running.ended).signal, 'SIGKILL')
  await assert.rejects(readFile(`/proc/${running.process.pid}/stat`))
  await rm(folder, { recursive: true })
})

test('another process that has got the same number is left alone', async () => {
  const running = await runner.start({
    action: 'count',
    environment: { COUNT: '/dev/null', GO: '/dev/null' },
    ...quiet,
  })
  const own = process.pid
  await runner.end({ pid: own, started: '1' })
  await runner.end({ pid: own, started: '' })
  assert.equal((await running.ended).code, 0)
})

test('a program that is not there is an error, not a crash', async () => {
  const missing = childRunner({ clock: systemClock, actions: [], command: ['/no/such/node'], environment: {} })
  await assert.rejects(missing.start({ action: 'ok', environment: {}, ...quiet }), { code: 'ENOENT' })
})

test('the notes survive, and a file that is no notes is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-notes-'))
  const notebook = notebookIn(join(folder, 'below/notes.json'))
  assert.deepEqual(await notebook.load(), NO_NOTES)
  const outcome = { ending: 'SUCCESS', message: 'ok', startedAt: 1, endedAt: 2 } as const
  await notebook.save(withOutcome(NO_NOTES, 'a', outcome))
  assert.deepEqual(await notebook.load(), { outcomes: { a: outcome } })
  await rm(folder, { recursive: true })
})

test('notes and last lines are bounded', () => {
  const outcome = { ending: 'SUCCESS', message: 'ok', startedAt: 1, endedAt: 2 } as const
  let notes = NO_NOTES
  for (let index = 0; index < 200; index++) notes = withOutcome(notes, `id-${index}`, outcome)
  assert.equal(Object.keys(notes.outcomes).length, 64)
  assert.ok(notes.outcomes['id-199'])
  const tail = new Tail(3)
  for (const line of ['a', 'b', 'c', 'd']) tail.add(line)
  assert.equal(tail.text(100), 'b\nc\nd')
  assert.equal(tail.text(4), '…c\nd')
})

test('a command line of any bytes is a fault or an identity, never anything else', () => {
  for (const text of ['', '=', '"', '====', '\0\n', 'worker_id= grpc_authority=']) {
    assert.throws(() => identityOf(text), { code: 'worker/identity' })
  }
})
