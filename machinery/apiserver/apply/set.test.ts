import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ApplyFault } from './fault.ts'
import {
  difference,
  EMPTY,
  equal,
  type FieldSet,
  has,
  intersection,
  isEmpty,
  ordered,
  paths,
  readSet,
  recursiveDifference,
  setOf,
  union,
} from './set.ts'

// Sets of a few elements, so that any two of them meet.
const ELEMENT = fc.constantFrom('f:a', 'f:b', 'k:{"name":"x"}', 'v:1', 'i:0')
const PATH = fc.array(ELEMENT, { minLength: 1, maxLength: 4 })
const SET = fc.array(PATH, { maxLength: 12 }).map(all => setOf(...all))

/** A set as the paths of its members: the plain notion that the tree stands for. */
function members(set: FieldSet): ReadonlySet<string> {
  return new Set([...paths(set)].map(path => path.join(' ')))
}

function isUnder(path: string, of: ReadonlySet<string>): boolean {
  return [...of].some(one => path === one || path.startsWith(`${one} `))
}

test('sets of fields are sets', () => {
  fc.assert(
    fc.property(SET, SET, (a, b) => {
      const [left, right] = [members(a), members(b)]
      assert.deepEqual(members(union(a, b)), left.union(right))
      assert.deepEqual(members(intersection(a, b)), left.intersection(right))
      assert.deepEqual(members(difference(a, b)), left.difference(right))
      const above = [...left].filter(path => !isUnder(path, right))
      assert.deepEqual(members(recursiveDifference(a, b)), new Set(above))
      for (const path of left) assert.ok(has(a, path.split(' ')))
    }),
  )
})

test('what was written is read again', () => {
  fc.assert(
    fc.property(SET, set => {
      const text = JSON.stringify(ordered(set))
      const read = readSet(JSON.parse(text))
      assert.ok(equal(read, set))
      assert.equal(JSON.stringify(read), text)
    }),
  )
})

test('nothing is left of a set without itself, and the set is not changed', () => {
  fc.assert(
    fc.property(SET, set => {
      const text = JSON.stringify(set)
      assert.ok(isEmpty(difference(set, set)))
      assert.ok(isEmpty(recursiveDifference(set, set)))
      assert.equal(union(set, EMPTY), set)
      assert.equal(JSON.stringify(set), text)
    }),
  )
})

// structured-merge-diff `fieldpath/serialize_test.go`: the order of elements, and what is dropped or refused.
test('elements stand in the order of the real server', () => {
  const given = {
    'i:10': {},
    'i:2': {},
    'v:"b"': {},
    'v:10': {},
    'v:9': {},
    'v:true': {},
    'k:{"port":443,"name":"a"}': {},
    'k:{"name":"a","port":80}': {},
    'f:b': { 'f:z': {}, '.': {} },
    'f:a': {},
  }
  assert.equal(
    JSON.stringify(readSet(given)),
    '{"f:a":{},"f:b":{".":{},"f:z":{}},' +
      '"k:{\\"name\\":\\"a\\",\\"port\\":80}":{},"k:{\\"name\\":\\"a\\",\\"port\\":443}":{},' +
      '"v:9":{},"v:10":{},"v:\\"b\\"":{},"v:true":{},"i:2":{},"i:10":{}}',
  )
})

test('elements of a kind that nobody knows are left out, and nonsense is refused', () => {
  assert.deepEqual(readSet({ 'x:1': {}, 'f:a': { 'q:2': {} } }), { 'f:a': {} })
  const refused: readonly [unknown, RegExp][] = [
    [7, /expect \{ or n/],
    [{ f: {} }, /key must be 2 characters long/],
    [{ name: {} }, /missing colon: name/],
    [{ 'i:one': {} }, /strconv\.Atoi: parsing "one": invalid syntax/],
    [{ 'k:[]': {} }, /expect \{ or n, but found \[/],
    [{ 'v:{': {} }, /./],
  ]
  for (const [given, why] of refused) {
    assert.throws(
      () => readSet(given),
      fault => fault instanceof ApplyFault && why.test(fault.message),
    )
  }
})
