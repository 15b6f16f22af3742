import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { applyDefaults } from './default.ts'
import { formatCheck } from './format.ts'
import { prune } from './prune.ts'
import { validate } from './validate.ts'

/**
 * What k8s.io/apiextensions-apiserver v0.32.9 answered: schemas and values were made by chance, and those kept that
 * showed a message, or a way to prune or default, not seen before. Causes are sorted, for Go's maps have no order.
 */
function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
}

interface Validated {
  readonly schema: SchemaNode
  readonly value: unknown
  readonly old?: unknown
  readonly causes: readonly StatusCause[]
}

function sorted(causes: readonly StatusCause[]): readonly StatusCause[] {
  const text = ({ field, reason, message }: StatusCause) => `${field}|${reason}|${message}`
  return causes.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

for (const [row, { schema, value, old, causes }] of recorded<Validated[]>('validated').entries()) {
  test(`recorded value ${row} is refused for what the API server refuses it for`, () => {
    assert.deepEqual(sorted(validate(schema, value, { path: '', old })), causes)
  })
}

interface Decoded {
  readonly schema: SchemaNode
  readonly given: unknown
  readonly kept: unknown
  readonly unknown: readonly string[]
}

for (const [row, { schema, given, kept, unknown }] of recorded<Decoded[]>('decoded').entries()) {
  test(`recorded value ${row} is pruned and defaulted as the API server does it`, () => {
    const found: string[] = []
    assert.deepEqual(applyDefaults(schema, prune(schema, given, { path: '', unknown: found })), kept)
    assert.deepEqual(found, unknown)
  })
}

const FORMATS = recorded<{ texts: readonly string[]; accepted: Readonly<Record<string, readonly string[]>> }>('formats')

for (const [format, accepted] of Object.entries(FORMATS.accepted)) {
  test(`format ${format} takes the texts that the API server takes, and no others`, () => {
    const check = formatCheck(format)
    assert.deepEqual(
      FORMATS.texts.filter(text => check?.(text)),
      accepted,
    )
  })
}

test('formats of numbers, and those that nobody knows, are not checked', () => {
  for (const format of ['int32', 'int64', 'float', 'double', 'unheard-of', '']) {
    assert.equal(formatCheck(format), undefined)
  }
})
