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
