import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createLog } from './log.ts'
import { LogBook, type ReadOptions } from './logbook.ts'
import { SimulatedClock } from './simulated/clock.ts'

const POD = 'eksa-system/boots-1'
const START = Date.UTC(2026, 0, 1)

async function said(book: LogBook, options: ReadOptions = {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of book.read(POD, options)) lines.push(line)
  return lines
}

const sentence = (line: string) => JSON.parse(line.slice(line.indexOf('{'))).msg

test('lines are read by tail, by time, and with their times', async () => {
  const clock = new SimulatedClock(START)
  const book = new LogBook()
  const log = createLog(clock, book.sink(POD))
  for (const word of ['one', 'two', 'three']) {
    log.info(word, { mac: '52:54:00:12:34:56' })
    await clock.advance(1000)
  }
  assert.deepEqual((await said(book)).map(sentence), ['one', 'two', 'three'])
  assert.deepEqual((await said(book, { tailLines: 1 })).map(sentence), ['three'])
  assert.deepEqual(await said(book, { tailLines: 0 }), [])
  assert.deepEqual((await said(book, { sinceTime: START + 1000 })).map(sentence), ['two', 'three'])
  assert.match((await said(book, { timestamps: true }))[0] ?? '', /^2026-01-01T00:00:00.000Z \{/)
  assert.deepEqual(await said(new LogBook()), [])
})

test('a follower hears what is said later, and ends when it is called off', async () => {
  const book = new LogBook()
  const log = createLog(new SimulatedClock(), book.sink(POD))
  log.info('one')
  const stop = new AbortController()
  const lines = book.read(POD, { follow: true, signal: stop.signal })[Symbol.asyncIterator]()
  assert.equal(sentence((await lines.next()).value), 'one')
  const next = lines.next()
  log.info('two')
  assert.equal(sentence((await next).value), 'two')
  const last = lines.next()
  stop.abort()
  assert.equal((await last).done, true)
})

test('it is bounded in memory and on disk, and is there after a restart', async t => {
  const directory = mkdtempSync(join(tmpdir(), 'bellhop-log-'))
  t.after(() => rmSync(directory, { recursive: true, force: true }))
  const options = { directory, lines: 20, bytes: 2000 }
  const log = createLog(new SimulatedClock(), new LogBook(options).sink(POD))
  for (let n = 0; n < 100; n++) log.info(`line ${n}`)
  const files = readdirSync(directory)
  assert.deepEqual(files.sort(), ['eksa-system%2Fboots-1.log', 'eksa-system%2Fboots-1.log.1'])
  for (const file of files) assert.ok(statSync(join(directory, file)).size <= 2000)
  appendFileSync(join(directory, 'eksa-system%2Fboots-1.log'), '17')
  const again = (await said(new LogBook(options))).map(sentence)
  assert.equal(again.at(-1), 'line 99')
  assert.ok(again.length <= 20)
})
