import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createLog, type LogLine } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { AuditLog } from './log.ts'

function open(t: TestContext, { most = 1000, backups = 2 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-audit-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const clock = new SimulatedClock()
  const lines: LogLine[] = []
  const host = { clock, log: createLog(clock, line => lines.push(line)), random: () => 0 }
  const path = join(folder, 'audit.log')
  return { log: new AuditLog({ path, host, most, backups }), path, folder, clock, lines }
}

test('lines are kept in their order, for the eyes of the owner alone', async t => {
  const { log, path } = open(t)
  for (const line of ['one', 'two', 'three']) log.write(line)
  await log.flushed()
  assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\nthree\n')
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a full file is put aside, and the oldest go', async t => {
  const { log, folder, clock } = open(t, { most: 100, backups: 2 })
  for (let at = 0; at < 5; at++) {
    log.write('x'.repeat(80))
    await log.flushed()
    await clock.advance(1000)
  }
  const names = readdirSync(folder).sort()
  assert.deepEqual(names, ['audit-2026-01-01T00-00-03.000.log', 'audit-2026-01-01T00-00-04.000.log', 'audit.log'])
})

test('who makes lines faster than the disk takes them has to wait', async t => {
  const { log, path } = open(t, { most: 10_000_000 })
  for (let at = 0; at < 4999; at++) log.write('a line')
  let room = false
  const waiting = () => {
    room = false
    return log.ready().then(() => {
      room = true
    })
  }
  await waiting()
  log.write('one more') // the file takes what has waited together, once this turn is over
  for (let at = 0; at < 5000; at++) log.write('a line')
  const later = waiting()
  await Promise.resolve()
  assert.equal(room, false)
  await later
  await log.flushed()
  assert.equal(readFileSync(path, 'utf8').trim().split('\n').length, 10_000)
})

test('what does not fit into memory is lost, and counted', async t => {
  const { log, path, lines } = open(t, { most: 10_000_000 })
  for (let at = 0; at < 10_007; at++) log.write('a line')
  await log.flushed()
  assert.equal(readFileSync(path, 'utf8').trim().split('\n').length, 10_000)
  assert.deepEqual(
    lines.map(({ sentence, facts }) => [sentence, facts.count]),
    [['audit events were lost', 7]],
  )
})

test('a disk that fails is told of once, and what was lost is counted', async t => {
  const { log, folder, lines } = open(t)
  rmSync(folder, { recursive: true })
  for (let at = 0; at < 3; at++) {
    log.write('lost')
    await log.flushed()
  }
  assert.deepEqual(
    lines.map(line => line.sentence),
    ['the audit log is not kept'],
  )
})
