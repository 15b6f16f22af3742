import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { WorkQueue } from './queue.ts'

test('a key added twice before it is taken is handed out once', async () => {
  const queue = new WorkQueue(new SimulatedClock())
  queue.add('a')
  queue.add('a')
  queue.add('b')
  assert.equal(await queue.take(), 'a')
  assert.equal(await queue.take(), 'b')
  queue.close()
  assert.equal(await queue.take(), undefined)
})

test('a key added while it is worked on comes again only when that work is done', async () => {
  const queue = new WorkQueue(new SimulatedClock())
  queue.add('a')
  assert.equal(await queue.take(), 'a')
  queue.add('a')
  queue.add('b')
  assert.equal(await queue.take(), 'b')
  const next = queue.take()
  queue.done('a')
  assert.equal(await next, 'a')
})

test('failures wait longer and longer, up to the most, until one goes well', async () => {
  const queue = new WorkQueue(new SimulatedClock(), { first: 100, most: 500 })
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => queue.addFailed('a')),
    [100, 200, 400, 500, 500],
  )
  queue.forget('a')
  assert.equal(queue.addFailed('a'), 100)
})

test('of two times to look again the sooner one counts', async () => {
  const clock = new SimulatedClock()
  const queue = new WorkQueue(clock)
  queue.addAfter('a', 5000)
  queue.addAfter('a', 1000)
  queue.addAfter('a', 3000)
  let taken: string | undefined
  void queue.take().then(key => {
    taken = key
  })
  await clock.advance(999)
  assert.equal(taken, undefined)
  await clock.advance(1)
  assert.equal(taken, 'a')
  queue.done('a')
  void queue.take().then(key => {
    taken = `again ${key}`
  })
  await clock.advance(10_000)
  assert.equal(taken, 'a', 'the later times were called off')
})

test('closing calls off every wait and wakes whoever waits', async () => {
  const clock = new SimulatedClock()
  const queue = new WorkQueue(clock)
  queue.addAfter('a', 1000)
  const waiting = queue.take()
  queue.close()
  assert.equal(await waiting, undefined)
  assert.equal(clock.waiting, 0)
})

test('when many fail together they come back at the overall rate, however short each wait would be', () => {
  const queue = new WorkQueue(new SimulatedClock(), { first: 5, most: 1000, overall: { burst: 2, perSecond: 10 } })
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map(key => queue.addFailed(key)),
    [5, 5, 100, 200],
  )
})

test('draining takes nothing more, hands out what is ready, and ends with the last work', async () => {
  const clock = new SimulatedClock()
  const queue = new WorkQueue(clock)
  queue.add('a')
  queue.add('b')
  queue.addAfter('later', 1000)
  assert.equal(await queue.take(), 'a')
  queue.add('a')
  let drained = false
  const draining = queue.drain().then(() => {
    drained = true
  })
  queue.add('c')
  assert.equal(clock.waiting, 0, 'what waited for its time is called off')
  assert.equal(await queue.take(), 'b')
  queue.done('b')
  assert.equal(await queue.take(), undefined)
  assert.equal(drained, false)
  queue.done('a')
  await draining
})

test('a queue closed while work goes on hands out nothing more, and nothing is added after it', async () => {
  const queue = new WorkQueue(new SimulatedClock())
  queue.add('a')
  queue.add('b')
  assert.equal(await queue.take(), 'a')
  queue.close()
  queue.add('c')
  assert.equal(await queue.take(), undefined)
  assert.equal(queue.metrics.depth, 0)
})

test('a queue measures how long keys waited and how long the work took', async () => {
  const clock = new SimulatedClock()
  const queue = new WorkQueue(clock)
  queue.add('a')
  queue.add('a')
  await clock.advance(2000)
  await queue.take()
  await clock.advance(3000)
  assert.deepEqual([queue.metrics.unfinishedSeconds, queue.metrics.longestSeconds], [3, 3])
  queue.addFailed('a')
  queue.done('a')
  queue.add('b')
  assert.deepEqual(queue.metrics, {
    depth: 1,
    adds: 2,
    retries: 1,
    done: 1,
    queueSeconds: 2,
    workSeconds: 3,
    unfinishedSeconds: 0,
    longestSeconds: 0,
  })
})
