import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StatusCause } from '../../api/fault.ts'
import { schemaFaults } from './definition.ts'

interface Row {
  readonly schema: unknown
  readonly causes: readonly StatusCause[]
}

/**
 * What k8s.io/apiextensions-apiserver v0.32.9 says of definitions with these schemas; types that it names after the
 * time of day, and addresses of Go, are written as we write them.
 */
const ROWS: readonly Row[] = JSON.parse(readFileSync(new URL('fixtures/definitions.json', import.meta.url), 'utf8'))

function sorted(causes: readonly StatusCause[]): readonly StatusCause[] {
  const text = ({ field, reason, message }: StatusCause) => `${field}|${reason}|${message}`
  return causes.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

for (const { schema, causes } of ROWS) {
  test(`the schema ${JSON.stringify(schema)} is refused for what the API server refuses it for`, () => {
    assert.deepEqual(sorted(schemaFaults(schema, 'schema')), sorted(causes))
  })
}

test('whatever is given as a schema, the answer is a list of causes', () => {
  const keyword = fc.constantFrom(
    'type',
    'properties',
    'items',
    'default',
    'x-kubernetes-validations',
    'allOf',
    'pattern',
  )
  const { node } = fc.letrec<{ node: unknown }>(tie => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.constant({ type: 'string', maxLength: 3, default: 'abc' }),
      fc.record({ type: fc.constantFrom('integer', 'number', 'nonsense'), default: fc.jsonValue() }),
      fc.record({ type: fc.constant('array'), items: tie('node') }),
      fc.record({ type: fc.constant('object'), properties: fc.dictionary(fc.string(), tie('node')) }),
      fc.record({
        type: fc.constant('object'),
        'x-kubernetes-validations': fc.array(fc.record({ rule: fc.string() })),
      }),
      fc.record({ allOf: fc.array(tie('node')), not: tie('node') }),
    ),
  }))
  fc.assert(
    fc.property(fc.oneof(node, fc.dictionary(keyword, fc.constant(null))), schema => {
      for (const { field, reason } of schemaFaults(schema, 'schema'))
        assert.ok(field.startsWith('schema') && reason !== '')
    }),
    { numRuns: 300 },
  )
})
