import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SchemaNode } from '../../api/schema.ts'
import { applyDefaults } from './default.ts'
import { prune } from './prune.ts'
import { validate } from './validate.ts'

const FORMATS = ['date-time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'cidr', 'mac', 'uri', 'uuid']

const { node } = fc.letrec<{ node: SchemaNode }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record<SchemaNode>(
      {
        type: fc.constantFrom('string'),
        format: fc.constantFrom(...FORMATS),
        maxLength: fc.nat(5),
        default: fc.string(),
        nullable: fc.boolean(),
      },
      { requiredKeys: ['type'] },
    ) as fc.Arbitrary<SchemaNode>,
    fc.record({
      type: fc.constantFrom('integer' as const, 'number' as const),
      minimum: fc.double(),
      default: fc.nat(9),
    }),
    fc.constant<SchemaNode>({ 'x-kubernetes-int-or-string': true }),
    fc.constant<SchemaNode>({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true }),
    fc.constant<SchemaNode>({
      type: 'object',
      'x-kubernetes-embedded-resource': true,
      'x-kubernetes-preserve-unknown-fields': true,
    }),
    fc.record({ type: fc.constant('object' as const), additionalProperties: tie('node') }),
    fc.record({
      type: fc.constant('array' as const),
      items: tie('node'),
      'x-kubernetes-list-type': fc.constantFrom('set' as const, 'atomic' as const),
    }),
    fc.record({
      type: fc.constant('object' as const),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node')),
      required: fc.subarray(['a', 'b']),
      anyOf: fc.array(fc.record({ required: fc.subarray(['a', 'b', 'c']) }), { maxLength: 2 }),
    }),
  ),
}))

const value = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), fc.jsonValue()),
)
const RUNS = { numRuns: 300 }

test('whatever the schema and the value are, a check ends in causes', () => {
  fc.assert(
    fc.property(node, value, fc.option(value, { nil: undefined }), (schema, given, old) => {
      for (const { field, reason, message } of validate(schema, given, { path: 'spec', old })) {
        assert.ok(field !== '' && reason.startsWith('FieldValue') && message !== '')
      }
    }),
    RUNS,
  )
})

test('what an update leaves as it was is tolerated', () => {
  fc.assert(
    fc.property(node, value, (schema, given) => {
      const whole: SchemaNode = { type: 'object', properties: { a: schema, b: { type: 'string' } } }
      const [kept] = [prune(whole, { a: given }, { path: 'x', unknown: [] })]
      const causes = validate(whole, { ...Object(kept), b: 'new' }, { path: '', old: { ...Object(kept), b: 'old' } })
      const strict = causes.filter(({ field }) => field !== '<nil>')
      assert.deepEqual(
        strict.filter(({ reason }) => reason === 'FieldValueTypeInvalid'),
        [],
      )
    }),
    RUNS,
  )
})

test('what was pruned and defaulted once is not changed the second time', () => {
  fc.assert(
    fc.property(node, value, (schema, given) => {
      const shape = (one: unknown) => applyDefaults(schema, prune(schema, one, { path: 'x', unknown: [] }))
      const once = shape(given)
      assert.deepEqual(shape(once), once)
      const unknown: string[] = []
      prune(schema, once, { path: 'x', unknown })
      assert.deepEqual(unknown, [])
    }),
    RUNS,
  )
})
