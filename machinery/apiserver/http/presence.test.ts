import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { Outgoing } from './incoming.ts'
import { Presence } from './presence.ts'

const answer = () => new EventEmitter() as EventEmitter & Outgoing

test('an answer that nobody waits for any more is told so: its client went, or the server closes', () => {
  const closing = new AbortController()
  const presence = new Presence(closing.signal)
  const [gone, broken, open] = [answer(), answer(), answer()]
  const signals = [gone, broken, open].map(response => presence.of(response))
  assert.deepEqual(
    signals.map(signal => signal.aborted),
    [false, false, false],
  )
  gone.emit('close')
  broken.emit('error', new Error('EPIPE'))
  assert.deepEqual(
    signals.map(signal => signal.aborted),
    [true, true, false],
  )
  closing.abort()
  assert.equal(signals[2]?.aborted, true)
  assert.equal(presence.of(answer()).aborted, true)
})
