import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import { jsonPatch } from './jsonpatch.ts'
import { mergePatch } from './merge.ts'

// The examples of RFC 7386, appendix A.
const MERGES: readonly [unknown, unknown, unknown][] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [
    ['a', 'b'],
    ['c', 'd'],
    ['c', 'd'],
  ],
  [{ a: 'b' }, ['c'], ['c']],
  [{ a: 'foo' }, null, null],
  [{ a: 'foo' }, 'bar', 'bar'],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: 'b', c: null }, { a: 'b' }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
]

test('merge patches as in RFC 7386', () => {
  for (const [target, patch, result] of MERGES) assert.deepEqual(mergePatch(target, patch), result)
})

test('nulls inside a new list go, too', () => {
  assert.deepEqual(mergePatch({}, { a: [{ b: null, c: [{ d: null }] }, null] }), { a: [{ c: [{}] }, null] })
})

test('a member named __proto__ is a member', () => {
  const merged = mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'))
  assert.deepEqual(Object.keys(merged as object), ['__proto__'])
  assert.equal(({} as { polluted?: boolean }).polluted, undefined)
})

// The examples of RFC 6902, appendix A.
const PATCHES: readonly [unknown, unknown, unknown][] = [
  [{ foo: 'bar' }, { op: 'add', path: '/baz', value: 'qux' }, { foo: 'bar', baz: 'qux' }],
  [{ foo: ['bar', 'baz'] }, { op: 'add', path: '/foo/1', value: 'qux' }, { foo: ['bar', 'qux', 'baz'] }],
  [{ baz: 'qux', foo: 'bar' }, { op: 'remove', path: '/baz' }, { foo: 'bar' }],
  [{ foo: ['bar', 'qux', 'baz'] }, { op: 'remove', path: '/foo/1' }, { foo: ['bar', 'baz'] }],
  [{ baz: 'qux' }, { op: 'replace', path: '/baz', value: 'boo' }, { baz: 'boo' }],
  [
    { a: { b: 1 }, c: {} },
    { op: 'move', from: '/a/b', path: '/c/d' },
    { a: {}, c: { d: 1 } },
  ],
  [{ foo: ['a', 'b', 'c'] }, { op: 'move', from: '/foo/0', path: '/foo/2' }, { foo: ['b', 'c', 'a'] }],
  [{ baz: 'qux' }, { op: 'test', path: '/baz', value: 'qux' }, { baz: 'qux' }],
  [{ foo: ['bar'] }, { op: 'add', path: '/foo/-', value: ['abc'] }, { foo: ['bar', ['abc']] }],
  [
    { '/': 9, '~1': 10 },
    { op: 'test', path: '/~01', value: 10 },
    { '/': 9, '~1': 10 },
  ],
  [{ a: 1 }, { op: 'copy', from: '/a', path: '/b' }, { a: 1, b: 1 }],
]

test('JSON patches as in RFC 6902', () => {
  for (const [target, operation, result] of PATCHES) assert.deepEqual(jsonPatch(target, [operation]), result)
})

test('a JSON patch that does not fit is refused, and changes nothing', () => {
  const target = { foo: ['bar'] }
  const wrong: readonly unknown[] = [
    { op: 'test', path: '/foo/0', value: 'x' },
    { op: 'add', path: '/a/b', value: 1 },
    { op: 'add', path: '/foo/7', value: 1 },
    { op: 'remove', path: '/nope' },
    { op: 'replace', path: '/foo/1', value: 1 },
    { op: 'replace', path: '', value: 1 },
    { op: 'add', path: 'foo', value: 1 },
    { op: 'add', path: '', value: {} },
    { op: 'add', path: '/foo/-3', value: 1 },
    { op: 'add', path: '/foo/x', value: 1 },
    { op: 'move', from: '/nope', path: '/a' },
    { op: 'jump', path: '/foo' },
    { op: 'copy', from: '/constructor/name', path: '/a' },
    { op: 7, path: '/foo' },
    7,
  ]
  for (const operation of wrong) {
    assert.throws(
      () => jsonPatch(target, [{ op: 'add', path: '/ok', value: 1 }, operation]),
      fault => isApiFault(fault),
    )
  }
  assert.deepEqual(target, { foo: ['bar'] })
  const doubling = Array.from({ length: 60 }, (_, n) => ({ op: 'copy', from: '/a', path: `/a/n${n}` }))
  assert.throws(
    () => jsonPatch({ a: { b: 'c' } }, doubling),
    fault => isApiFault(fault, 'Invalid'),
  )
})

// evanphx/json-patch v4, as the real server answered.
const LENIENT: readonly [unknown, unknown, unknown][] = [
  [{ a: {} }, { op: 'replace', path: '/a/b', value: 1 }, { a: { b: 1 } }],
  [{ a: {} }, { op: 'test', path: '/a/b', value: null }, { a: {} }],
  [{ a: {} }, { op: 'test', path: '/a/b' }, { a: {} }],
  [{ a: {} }, { op: 'copy', from: '/a/b', path: '/a/c' }, { a: { c: null } }],
  [{ a: {} }, { op: 'add', path: '/a/b' }, { a: { b: null } }],
  [{ a: [1, 2] }, { op: 'add', path: '/a/-1', value: 3 }, { a: [1, 2, 3] }],
  [{ a: [1, 2] }, { op: 'remove', path: '/a/-1' }, { a: [1] }],
  [{ a: 1 }, { op: 'replace', path: '', value: { b: 2 } }, { b: 2 }],
  [{ a: 1 }, { op: 'test', path: '', value: { a: 1 } }, { a: 1 }],
]

test('JSON patches are read as leniently as by the real server', () => {
  for (const [target, operation, result] of LENIENT) assert.deepEqual(jsonPatch(target, [operation]), result)
  assert.deepEqual(jsonPatch({ a: 1 }, null), { a: 1 })
})

test('what is no JSON patch is refused in the words of the real server', () => {
  const rows: readonly [unknown, string][] = [
    [{}, 'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'],
    [[1], 'error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp'],
    [
      [{ op: 1 }],
      'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
    ],
    [
      Array.from({ length: 10_001 }, () => ({})),
      'Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    ],
  ]
  for (const [patch, message] of rows) assert.throws(() => jsonPatch({}, patch), { message })
})
