import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isApiFault } from '../../api/fault.ts'
import { readJson } from './json.ts'

type Text = { readonly text: string; readonly twice: boolean }

const spaces = fc.constantFrom('', ' ', '\n  ', '\t')
const scalar: fc.Arbitrary<Text> = fc
  .oneof(fc.string(), fc.double(), fc.boolean(), fc.constantFrom(null, '":"', '\\', '\\"', 'a":1,"a', '{"a":1'))
  .map(value => ({ text: JSON.stringify(value), twice: false }))
const key = fc.constantFrom('"a"', '"b"', '"\\u0061"', '"__proto__"', '""', '"a\\":"', '"b\\\\"')

/** JSON as text, and whether a member of some object is said twice. */
const json = fc.letrec<{ any: Text }>(tie => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.tuple(fc.array(tie('any'), { maxLength: 4 }), spaces).map(([items, space]) => ({
      text: `[${items.map(item => item.text).join(`${space},`)}${space}]`,
      twice: items.some(item => item.twice),
    })),
    fc.tuple(fc.array(fc.tuple(key, tie('any')), { maxLength: 4 }), spaces).map(([members, space]) => ({
      text: `{${members.map(([name, { text }]) => `${space}${name}${space}:${space}${text}`).join(',')}}`,
      twice:
        members.some(([, { twice }]) => twice) ||
        new Set(members.map(([name]) => JSON.parse(name))).size < members.length,
    })),
  ),
})).any

test('members that are said twice are found, however they are written, and no others', () => {
  fc.assert(
    fc.property(json, ({ text, twice }) => {
      assert.equal(readJson(text).duplicates.length > 0, twice, text)
    }),
    { numRuns: 3000 },
  )
  assert.deepEqual(readJson('{"a":[{"b":1,"b":2}],"c":{"d":1},"c":3}').duplicates, ['a[0].b', 'c'])
})

test('what is nested too deep is refused', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  assert.deepEqual(readJson(nested(128)).duplicates, [])
  for (const text of [nested(129), nested(100_000), `{"a":`.repeat(129).concat('1', '}'.repeat(129))]) {
    assert.throws(
      () => readJson(text),
      fault => isApiFault(fault, 'BadRequest') && /nested deeper than 128/.test(fault.message),
    )
  }
})
