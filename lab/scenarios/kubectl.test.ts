import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTable } from './kubectl.ts'

test('a listing is read by its columns', () => {
  const text = 'NAMESPACE     NAME    AGE\neksa-system   rack1   2m59s\neksa-system   rack2   3d\n'
  assert.deepEqual(readTable(text), {
    columns: ['NAMESPACE', 'NAME', 'AGE'],
    rows: [
      { NAMESPACE: 'eksa-system', NAME: 'rack1', AGE: '2m59s' },
      { NAMESPACE: 'eksa-system', NAME: 'rack2', AGE: '3d' },
    ],
  })
})
