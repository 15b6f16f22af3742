import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  anything,
  boolean,
  integer,
  list,
  map,
  object,
  oneOf,
  type SchemaNode,
  string,
  time,
} from '../../api/schema.ts'
import { applyDefaults } from './default.ts'
import { prune } from './prune.ts'
import { validate } from './validate.ts'

const SCHEMA: SchemaNode = object(
  {
    name: string('', { minLength: 2, maxLength: 4 }),
    mode: oneOf(['on', 'off']),
    count: integer('', { minimum: 1, maximum: 9, default: 3 }),
    at: time(),
    flags: list(boolean(), '', { minItems: 1, maxItems: 2 }),
    tags: map(string()),
    free: anything(),
    size: { 'x-kubernetes-int-or-string': true },
    gone: { type: 'string', nullable: true },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port'],
      items: object({ port: integer() }),
    },
    one: object({ a: string(), b: string() }, { maxProperties: 1, minProperties: 1 }),
    slow: string('', { pattern: '^(a+)+$' }),
  },
  { required: ['name'] },
)

// One row a rule: the value, and what kube-apiserver says to it (kube-openapi `validation/errors`, field.Error).
const RULES: readonly [object, string, string, string][] = [
  [{}, 'name', 'FieldValueRequired', 'Required value'],
  [
    { name: 7 },
    'name',
    'FieldValueTypeInvalid',
    'Invalid value: "integer": name in body must be of type string: "integer"',
  ],
  [
    { name: null },
    'name',
    'FieldValueTypeInvalid',
    'Invalid value: "null": name in body must be of type string: "null"',
  ],
  [{ name: 'a' }, 'name', 'FieldValueInvalid', 'Invalid value: "a": name in body should be at least 2 chars long'],
  [{ name: 'abcde' }, 'name', 'FieldValueTooLong', 'Too long: may not be more than 4 bytes'],
  [
    { name: 'ab', mode: 'x' },
    'mode',
    'FieldValueNotSupported',
    'Unsupported value: "x": supported values: "on", "off"',
  ],
  [
    { name: 'ab', count: 0 },
    'count',
    'FieldValueInvalid',
    'Invalid value: 0: count in body should be greater than or equal to 1',
  ],
  [
    { name: 'ab', count: 10 },
    'count',
    'FieldValueInvalid',
    'Invalid value: 10: count in body should be less than or equal to 9',
  ],
  [
    { name: 'ab', count: 1.5 },
    'count',
    'FieldValueTypeInvalid',
    'Invalid value: "number": count in body must be of type integer: "number"',
  ],
  [
    { name: 'ab', at: 'noon' },
    'at',
    'FieldValueTypeInvalid',
    'Invalid value: "noon": at in body must be of type date-time: "noon"',
  ],
  [
    { name: 'ab', flags: [] },
    'flags',
    'FieldValueInvalid',
    'Invalid value: 0: flags in body should have at least 1 items',
  ],
  [{ name: 'ab', flags: [true, true, true] }, 'flags', 'FieldValueTooMany', 'Too many: 3: must have at most 2 items'],
  [
    { name: 'ab', flags: ['x'] },
    'flags[0]',
    'FieldValueTypeInvalid',
    'Invalid value: "string": flags[0] in body must be of type boolean: "string"',
  ],
  [
    { name: 'ab', tags: { k: 1 } },
    'tags.k',
    'FieldValueTypeInvalid',
    'Invalid value: "integer": tags.k in body must be of type string: "integer"',
  ],
  [
    { name: 'ab', size: true },
    'size',
    'FieldValueTypeInvalid',
    'Invalid value: "boolean": size in body must be of type integer,string: "boolean"',
  ],
  [
    { name: 'ab', ports: [{ port: 1 }, { port: 1 }] },
    'ports[1]',
    'FieldValueDuplicate',
    'Duplicate value: map[string]interface {}{"port":1}',
  ],
  [{ name: 'ab', one: { a: '', b: '' } }, 'one', 'FieldValueTooMany', 'Too many: 2: must have at most 1 items'],
  [
    { name: 'ab', one: {} },
    'one',
    'FieldValueInvalid',
    'Invalid value: 0: one in body should have at least 1 properties',
  ],
]

test('each rule is refused in the words of Kubernetes', () => {
  for (const [value, field, reason, message] of RULES) {
    assert.deepEqual(validate(SCHEMA, value, { path: '' }), [{ field, reason, message }], JSON.stringify(value))
  }
})

test('what fits is let through', () => {
  const fine = {
    name: 'ab',
    mode: 'on',
    at: '2026-01-01T00:00:00Z',
    free: { x: [1] },
    size: '50%',
    gone: null,
    one: { a: '' },
  }
  assert.deepEqual(validate(SCHEMA, fine, { path: '' }), [])
  assert.deepEqual(validate(SCHEMA, { ...fine, size: 5 }, { path: '' }), [])
})

test('a pattern takes time linear in the text', () => {
  assert.equal(validate(SCHEMA, { name: 'ab', slow: `${'a'.repeat(5000)}!` }, { path: '' }).length, 1)
})

test('unknown fields go, but for where they may stay', () => {
  const unknown: string[] = []
  const value = {
    name: 'ab',
    nope: 1,
    one: { a: '', c: 1 },
    tags: { any: 'x' },
    free: { any: { thing: 1 } },
    ports: [{ port: 1, x: 2 }],
  }
  const kept = prune(SCHEMA, value, { path: 'spec', unknown })
  assert.deepEqual(kept, {
    name: 'ab',
    one: { a: '' },
    tags: { any: 'x' },
    free: { any: { thing: 1 } },
    ports: [{ port: 1 }],
  })
  assert.deepEqual(unknown, ['spec.nope', 'spec.one.c', 'spec.ports[0].x'])
})

test('defaults come in where nothing, or a null that may not stand, is', () => {
  assert.deepEqual(applyDefaults(SCHEMA, { name: 'ab' }), { name: 'ab', count: 3 })
  assert.deepEqual(applyDefaults(SCHEMA, { name: 'ab', count: null }), { name: 'ab', count: 3 })
  assert.deepEqual(applyDefaults(SCHEMA, { name: 'ab', count: 5, gone: null }), { name: 'ab', count: 5, gone: null })
})
