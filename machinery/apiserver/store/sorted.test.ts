import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SortedMap } from './sorted.ts'

const keys = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-', '/', '0'), maxLength: 4 })
const steps = fc.array(fc.tuple(fc.constantFrom('set', 'delete'), keys), { maxLength: 3000, size: 'max' })

test('whatever is set and deleted, it is read in the order of the keys, from anywhere', () => {
  fc.assert(
    fc.property(steps, keys, keys, (given, from, before) => {
      const sorted = new SortedMap<number>()
      const model = new Map<string, number>()
      for (const [n, [what, key]] of given.entries()) {
        if (what === 'set') sorted.set(key, n)
        else sorted.delete(key)
        if (what === 'set') model.set(key, n)
        else model.delete(key)
      }
      const expected = [...model].sort(([a], [b]) => (a < b ? -1 : 1))
      const later = expected.filter(([key]) => key >= from)
      assert.deepEqual([...sorted.from(from)], later)
      assert.equal(sorted.size, model.size)
      assert.equal(sorted.get(from), model.get(from))
      assert.equal(sorted.between(from, before), later.filter(([key]) => key < before).length)
    }),
    { numRuns: 60 },
  )
})

test('many keys split into chunks, and go away again', () => {
  const names = Array.from({ length: 5000 }, (_, n) => `k${(n * 7919) % 5000}`)
  const sorted = new SortedMap(names.slice(0, 1000).map(name => [name, name]))
  for (const name of names) sorted.set(name, name)
  assert.equal(sorted.size, 5000)
  assert.deepEqual(
    [...sorted.from('')].map(([key]) => key),
    [...names].sort(),
  )
  for (const name of names) sorted.delete(name)
  assert.equal(sorted.size, 0)
  assert.deepEqual([...sorted.from('')], [])
})
