import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog, type LogLine } from './log.ts'
import { Malformed } from './malformed.ts'
import { SimulatedClock } from './simulated/clock.ts'

test('every one is counted; each source is logged once a minute', async () => {
  const lines: LogLine[] = []
  const clock = new SimulatedClock()
  const malformed = new Malformed('DHCP packet', {
    clock,
    random: () => 0,
    log: createLog(clock, line => lines.push(line)),
  })
  for (let i = 0; i < 1000; i++) malformed.note('10.0.0.9', 'too short')
  malformed.note('10.0.0.8', 'no cookie')
  assert.deepEqual([malformed.count, lines.length], [1001, 2])
  await clock.advance(60_000)
  malformed.note('10.0.0.9', 'too short')
  assert.equal(lines.length, 3)
  assert.deepEqual(lines[2]?.facts, { source: '10.0.0.9', what: 'DHCP packet', reason: 'too short', count: 1002 })
})

test('a million sources take bounded memory and are all counted', () => {
  const clock = new SimulatedClock()
  let lines = 0
  const malformed = new Malformed('packet', { clock, random: () => 0, log: createLog(clock, () => lines++) })
  for (let i = 0; i < 20_000; i++) malformed.note(`source ${i}`, 'x')
  malformed.note('source 19999', 'x')
  assert.deepEqual([malformed.count, lines], [20_001, 20_000])
})
