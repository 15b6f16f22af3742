import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StatusCause } from '../../api/fault.ts'
import type { SchemaNode } from '../../api/schema.ts'
import { validate } from '../schema/validate.ts'
import { estimate } from './estimate.ts'
import { compile } from './expression.ts'
import { schemaType, withMeta } from './schema-type.ts'
import { schemaValue } from './schema-value.ts'
import { DYN } from './type.ts'
import { Failure } from './value.ts'

function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))
}

interface Row {
  readonly expr: string
  readonly value?: boolean
  readonly error?: string
  readonly estimate?: number
  readonly cost?: number
}

/** What cel-go said of each expression, as k8s.io/apiextensions-apiserver v0.32.9 sets it up. */
const { schema, value, expressions } = recorded<{ schema: SchemaNode; value: object; expressions: readonly Row[] }>(
  'expressions',
)
const SELF = schemaType(schema, 'selfType', true) ?? DYN

function said(expr: string): Omit<Row, 'expr'> {
  const expression = compile(expr, { self: SELF })
  if (typeof expression === 'string') return { error: expression }
  if (expression.type.kind !== 'bool') return { error: 'cel expression must evaluate to a bool' }
  const outcome = expression.evaluate({ self: schemaValue(withMeta(schema), value) })
  const costs = { estimate: estimate(expression.checked, SELF).most, cost: outcome.cost }
  if (outcome.value instanceof Failure) return { error: outcome.value.why, ...costs }
  return { value: outcome.value === true, ...costs }
}

for (const { expr, ...expected } of expressions) {
  test(`${expr} means, costs and refuses what it does in the API server`, () => {
    assert.deepEqual(said(expr), expected)
  })
}

interface Ruled {
  readonly schema: SchemaNode
  readonly value: unknown
  readonly old?: unknown
  readonly causes: readonly StatusCause[]
}

for (const [row, ruled] of recorded<Ruled[]>('rules').entries()) {
  test(`the rules of recorded object ${row} refuse what they refuse in the API server`, () => {
    const causes = validate(ruled.schema, ruled.value, { path: '', old: ruled.old })
    const text = ({ field, reason, message }: StatusCause) => `${field} | ${reason} | ${message}`
    assert.deepEqual(causes.map(text).sort(), ruled.causes.map(text).sort())
  })
}

test('no text, however odd, is more than refused or evaluated', () => {
  const token = fc.constantFrom(
    ...'self self.li self.s 1 -1 2.5 "a" b"x" true null ( ) [ ] { } , : . ? + - * / % == != < in && || !'.split(' '),
    'self.li.all(x,',
    '.map(y, y)',
    'has(self.s)',
    'x',
    'size(',
    '.?',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(token, { maxLength: 14 }).map(tokens => tokens.join(' ')),
  )
  fc.assert(
    fc.property(text, expr => {
      const { error, value: result } = said(expr)
      assert.ok(typeof error === 'string' || typeof result === 'boolean')
    }),
    { numRuns: 2000 },
  )
})

test('a rule that would take for ever is called off', () => {
  const nested = 'self.lu.all(a, self.lu.all(b, self.lu.all(c, self.lu.all(d, a + b + c + d != ""))))'
  const expression = compile(nested, { self: SELF })
  assert.ok(typeof expression !== 'string')
  const lu = Array.from({ length: 300 }, (_, at) => `item ${at}`)
  const { cancelled, value: why } = expression.evaluate({ self: schemaValue(withMeta(schema), { lu }) })
  assert.ok(cancelled && why instanceof Failure)
  assert.equal(why.why, 'operation cancelled: actual cost limit exceeded')
})

test('an expression may be long, but neither deep nor doubled without end', () => {
  const joined = (text: string, by: string, times: number) => Array(times).fill(text).join(by)
  const outcome = (expr: string) => said(expr).error?.replaceAll(/\n[\s\S]*/g, '')
  assert.equal(outcome(joined('self.b', ' || ', 900)), undefined)
  assert.match(outcome(joined('1', ' + ', 20_000)) ?? '', /recursion limit exceeded/)
  assert.match(outcome(`self${'.o'.repeat(20_000)}`) ?? '', /recursion limit exceeded/)
  assert.match(outcome('('.repeat(20_000)) ?? '', /recursion limit exceeded/)
  assert.match(outcome('['.repeat(20_000)) ?? '', /recursion limit exceeded/)
  assert.match(outcome('!-'.repeat(20_000)) ?? '', /Syntax error/)
  assert.match(outcome(`optional.of(1)${'.optMap(x, x)'.repeat(40)}.hasValue()`) ?? '', /too large/)
})
