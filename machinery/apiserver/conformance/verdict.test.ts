import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Differs } from './case.ts'
import type { Shown } from './play.ts'
import { verdict } from './verdict.ts'

const refused = (code: number, message: string): Shown => ({ code, body: { kind: 'Status', message } })
const judge = (theirs: readonly Shown[], ours: readonly Shown[], differs?: Differs) =>
  verdict({ name: 'x', steps: [], ...(differs && { differs }) }, theirs, ours)

test('the same answers are no fault', () => {
  assert.deepEqual(judge([refused(404, 'a')], [refused(404, 'a')]), [])
})

test('another code is told with the words, and nothing else', () => {
  const said = judge([{ code: 200, body: { data: { a: '1' } } }], [refused(404, 'gone')])
  assert.deepEqual(said, ['1.code is 404, not 200', '1.body.message is "gone", not absent'])
})

test('an answer that is missing is a fault', () => {
  assert.deepEqual(judge([refused(404, 'a'), refused(404, 'b')], [refused(404, 'a')]), ['2 is absent, not 404'])
})

test('what is said to differ must differ, and in that way', () => {
  const differs = { why: 'because', ours: { '1.body.message': 'b' } }
  assert.deepEqual(judge([refused(404, 'a')], [refused(404, 'b')], differs), [])
  assert.deepEqual(judge([refused(404, 'a')], [refused(404, 'c')], differs), ['1.body.message is "c", not "a"'])
  assert.deepEqual(judge([refused(404, 'a')], [refused(404, 'a')], differs), [
    '1.body.message is said to differ, and does not',
  ])
})
