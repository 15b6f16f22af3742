import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Condition, findCondition, isTrue, removeCondition, setCondition } from './condition.ts'

const [EARLY, LATE] = ['2026-01-01T00:00:00Z', '2026-01-01T00:05:00Z'] as const
const ready: Condition = {
  type: 'Ready',
  status: 'True',
  reason: 'Up',
  lastTransitionTime: EARLY,
  observedGeneration: 1,
}

// As `SetStatusCondition` of apimachinery `api/meta/conditions.go` does it.
const cases: readonly { name: string; before?: readonly Condition[]; set: Condition; after: readonly Condition[] }[] = [
  {
    name: 'a new one gets the time',
    set: { type: 'Ready', status: 'False' },
    after: [{ type: 'Ready', status: 'False', lastTransitionTime: LATE }],
  },
  {
    name: 'a new one keeps the time it brings',
    set: ready,
    after: [ready],
  },
  {
    name: 'another status moves the time',
    before: [ready],
    set: { type: 'Ready', status: 'False', reason: 'Down' },
    after: [{ ...ready, status: 'False', reason: 'Down', lastTransitionTime: LATE }],
  },
  {
    name: 'another reason, message or generation does not',
    before: [ready],
    set: { type: 'Ready', status: 'True', reason: 'Fine', message: 'all well', observedGeneration: 2 },
    after: [{ ...ready, reason: 'Fine', message: 'all well', observedGeneration: 2 }],
  },
  {
    name: 'the others stay as and where they are',
    before: [{ type: 'A', status: 'Unknown' }, ready, { type: 'B', status: 'True' }],
    set: { type: 'Ready', status: 'False', reason: 'Up' },
    after: [
      { type: 'A', status: 'Unknown' },
      { ...ready, status: 'False', lastTransitionTime: LATE },
      { type: 'B', status: 'True' },
    ],
  },
]

for (const { name, before, set, after } of cases) {
  test(`of conditions that are set, ${name}`, () => assert.deepEqual(setCondition(before, set, LATE), after))
}

test('what changes nothing is the very list that was given', () => {
  const before = [ready]
  assert.equal(setCondition(before, { type: 'Ready', status: 'True', reason: 'Up' }, LATE), before)
})

test('a condition is found, asked and taken away by its type', () => {
  assert.equal(findCondition([ready], 'Ready'), ready)
  assert.equal(findCondition(undefined, 'Ready'), undefined)
  assert.deepEqual([isTrue([ready], 'Ready'), isTrue([ready], 'Ready', 2), isTrue([], 'Ready')], [true, false, false])
  assert.deepEqual(removeCondition([ready], 'Ready'), [])
})
