import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SchemaNode } from '../../api/schema.ts'
import { compare } from './compare.ts'
import { fieldsOf } from './fields.ts'
import { ordered } from './set.ts'
import { shapeOfKind } from './shape.ts'

const TEXT: SchemaNode = { type: 'string' }
const SPEC: SchemaNode = {
  type: 'object',
  properties: {
    text: TEXT,
    struct: { type: 'object', properties: { a: TEXT, b: TEXT } },
    map: { type: 'object', additionalProperties: TEXT },
    whole: { type: 'object', additionalProperties: TEXT, 'x-kubernetes-map-type': 'atomic' },
    list: { type: 'array', items: TEXT },
    set: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'set' },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      items: {
        type: 'object',
        properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' }, name: TEXT },
      },
    },
    free: { 'x-kubernetes-preserve-unknown-fields': true },
  },
}
const SHAPE = shapeOfKind({ type: 'object', properties: { spec: SPEC } })

const TCP = 'k:{"port":80,"protocol":"TCP"}'
const UDP = 'k:{"port":80,"protocol":"UDP"}'

// structured-merge-diff `typed/toset_test.go`, `typed/symdiff_test.go`, in rows of our own: what an applied object has,
// and what an update that brings the whole of it adds.
const ROWS: readonly [name: string, spec: object, applied: object, added: object][] = [
  ['a leaf', { text: 'x' }, { 'f:text': {} }, { '.': {}, 'f:text': {} }],
  ['a struct', { struct: { a: '1' } }, { 'f:struct': { 'f:a': {} } }, { '.': {}, 'f:struct': { '.': {}, 'f:a': {} } }],
  ['an empty struct', { struct: {} }, { 'f:struct': {} }, { '.': {}, 'f:struct': {} }],
  ['a null', { struct: null }, { 'f:struct': {} }, { '.': {}, 'f:struct': {} }],
  ['a map', { map: { a: '1' } }, { 'f:map': { 'f:a': {} } }, { '.': {}, 'f:map': { '.': {}, 'f:a': {} } }],
  ['a map as a whole', { whole: { a: '1' } }, { 'f:whole': {} }, { '.': {}, 'f:whole': {} }],
  ['a list as a whole', { list: ['a'] }, { 'f:list': {} }, { '.': {}, 'f:list': {} }],
  ['a set', { set: ['a'] }, { 'f:set': { 'v:"a"': {} } }, { '.': {}, 'f:set': { '.': {}, 'v:"a"': {} } }],
  [
    'a set with one item twice',
    { set: ['a', 'a'] },
    { 'f:set': { 'v:"a"': {} } },
    { '.': {}, 'f:set': { '.': {}, 'v:"a"': {} } },
  ],
  [
    'items by keys, one of them meant',
    {
      ports: [
        { port: 80, name: 'web' },
        { port: 80, protocol: 'UDP' },
      ],
    },
    {
      'f:ports': { [TCP]: { '.': {}, 'f:name': {}, 'f:port': {} }, [UDP]: { '.': {}, 'f:port': {}, 'f:protocol': {} } },
    },
    {
      '.': {},
      'f:ports': {
        '.': {},
        [TCP]: { '.': {}, 'f:name': {}, 'f:port': {} },
        [UDP]: { '.': {}, 'f:port': {}, 'f:protocol': {} },
      },
    },
  ],
  [
    'what the schema leaves open',
    { free: { a: { b: 1 }, c: [1] } },
    { 'f:free': { 'f:a': { '.': {}, 'f:b': {} }, 'f:c': {} } },
    { '.': {}, 'f:free': { '.': {}, 'f:a': { '.': {}, 'f:b': {} }, 'f:c': {} } },
  ],
]

test('an applied object has its leaves and items, a new one all above them too', () => {
  for (const [name, spec, applied, added] of ROWS) {
    assert.equal(JSON.stringify(ordered(fieldsOf(SHAPE, { spec }))), JSON.stringify({ 'f:spec': applied }), name)
    const change = compare(SHAPE, {}, { spec })
    assert.equal(JSON.stringify(ordered(change.added)), JSON.stringify({ 'f:spec': added }), name)
    assert.deepEqual(compare(SHAPE, { spec }, {}).removed, change.added, name)
  }
})

test('the metadata of every kind: owners by their uid, finalizers as a set', () => {
  const owner = { apiVersion: 'v1', kind: 'Node', name: 'a', uid: '1' }
  const metadata = { labels: { a: 'b' }, finalizers: ['x/y'], ownerReferences: [owner] }
  const expected = {
    'f:metadata': {
      'f:finalizers': { 'v:"x/y"': {} },
      'f:labels': { 'f:a': {} },
      'f:ownerReferences': { 'k:{"uid":"1"}': {} },
    },
  }
  for (const shape of [SHAPE, shapeOfKind(undefined)]) {
    assert.deepEqual(ordered(fieldsOf(shape, { metadata })), expected)
  }
})

test('a change shows in the fields that it is about', () => {
  const rows: readonly [before: object, after: object, change: readonly [object, object, object]][] = [
    [{ text: 'a' }, { text: 'b' }, [{}, { 'f:text': {} }, {}]],
    [{ list: ['a'] }, { list: ['b'] }, [{}, { 'f:list': {} }, {}]],
    [{ set: ['a', 'b'] }, { set: ['b', 'c'] }, [{ 'f:set': { 'v:"c"': {} } }, {}, { 'f:set': { 'v:"a"': {} } }]],
    [{ map: { a: '1', b: '1' } }, { map: { b: '2' } }, [{}, { 'f:map': { 'f:b': {} } }, { 'f:map': { 'f:a': {} } }]],
    [{ free: 1 }, { free: { a: 1 } }, [{ 'f:free': { 'f:a': {} } }, { 'f:free': {} }, {}]],
    [{ set: ['a', 'a'] }, { set: ['a'] }, [{ 'f:set': { 'v:"a"': {} } }, {}, { 'f:set': { 'v:"a"': {} } }]],
    [{ map: {} }, { map: null }, [{}, { 'f:map': {} }, {}]],
  ]
  for (const [before, after, expected] of rows) {
    const { added, modified, removed } = compare(SHAPE, { spec: before }, { spec: after })
    const shown = [added, modified, removed].map(set => set['f:spec'] ?? {})
    assert.deepEqual(shown, expected, JSON.stringify({ before, after }))
  }
})
