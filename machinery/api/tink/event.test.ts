import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ActionEvent, decodeEvent, encodeEvent } from './event.ts'

test('what was said is heard', () => {
  const events: ActionEvent[] = [
    { progress: { done: 1, total: 2 } },
    { message: 'wrote 3 bytes' },
    { handover: 'reboot' },
  ]
  for (const event of events) assert.deepEqual(decodeEvent(encodeEvent(event)), event)
})

test('anything else is nothing', () => {
  const noise = ['', 'hello', '{', '[]', 'null', '7', '{"progress":{"done":-1,"total":2}}', '{"handover":"halt"}']
  for (const line of noise) assert.equal(decodeEvent(line), undefined)
  assert.equal(decodeEvent('{"progress":{"done":"1","total":1e99}}'), undefined)
})
