import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { Backoff } from './backoff.ts'

const times = { first: 100, most: 500, jitter: 1, forgetAfter: 1000 }

test('waits double up to the most, and chance makes them longer, never shorter', () => {
  const clock = new SimulatedClock()
  const plain = new Backoff({ clock, random: () => 0 }, times)
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => plain.next()),
    [100, 200, 400, 500, 500],
  )
  const late = new Backoff({ clock, random: () => 0.5 }, times)
  assert.deepEqual([late.next(), late.next()], [150, 300])
})

test('after a long time without trouble the first wait is short again', async () => {
  const clock = new SimulatedClock()
  const backoff = new Backoff({ clock, random: () => 0 }, times)
  for (let n = 0; n < 4; n++) backoff.next()
  await clock.advance(1400)
  assert.equal(backoff.next(), 500)
  await clock.advance(1501)
  assert.equal(backoff.next(), 100)
})
