import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Bucket } from './bucket.ts'
import { SimulatedClock } from './simulated/clock.ts'

test('a burst is free, what comes beyond waits its turn', async () => {
  const clock = new SimulatedClock()
  const bucket = new Bucket(clock, { burst: 2, perSecond: 10 })
  assert.deepEqual(
    [1, 2, 3, 4].map(() => bucket.reserve()),
    [0, 0, 100, 200],
  )
  await clock.advance(300)
  assert.deepEqual([bucket.reserve(), bucket.reserve()], [0, 100])
})

test('what is not there is refused to whoever does not wait, and comes back with time, up to the burst', async () => {
  const clock = new SimulatedClock()
  const bucket = new Bucket(clock, { burst: 1, perSecond: 1 })
  assert.deepEqual([bucket.allows(), bucket.allows()], [true, false])
  await clock.advance(10_000)
  assert.deepEqual([bucket.allows(), bucket.allows()], [true, false])
})
