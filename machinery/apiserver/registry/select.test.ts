import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ConfigMap, Secret } from '../../api/core.ts'
import { isApiFault } from '../../api/fault.ts'
import { Hardware } from '../../api/hardware.ts'
import { parseFields } from './fields.ts'
import { parseLabels } from './labels.ts'
import { exactName, selects } from './select.ts'
import { builtin, custom } from './served.ts'

// Which labels a selector finds. Sentences of refusals were recorded from kube-apiserver v1.32.9.
const FOUND: readonly (readonly [string, Record<string, string>, boolean])[] = [
  ['a=b', { a: 'b' }, true],
  ['a==b', { a: 'c' }, false],
  ['a=b', {}, false],
  ['a!=b', {}, true],
  ['a!=b', { a: 'b' }, false],
  [' a = b , c = d ', { a: 'b', c: 'd' }, true],
  ['a in (x,y)', { a: 'y' }, true],
  ['a in (x, y)', { a: 'z' }, false],
  ['a in (x,)', { a: '' }, true],
  ['a in ()', { a: '' }, true],
  ['a in ()', {}, false],
  ['a notin (x,y) , c', { c: '' }, true],
  ['a notin (x,y)', { a: 'x' }, false],
  ['a', { a: '' }, true],
  ['!a', { a: '' }, false],
  ['!a', {}, true],
  ['!toString', {}, true],
  ['in in (in,notin)', { in: 'notin' }, true],
  ['a=', { a: '' }, true],
  ['a=,b', { a: '', b: 'x' }, true],
  ['a>1', { a: '2' }, true],
  ['a>1', { a: '1' }, false],
  ['a<10', { a: '9' }, true],
  ['a<10', { a: 'x' }, false],
  ['a<10', {}, false],
  ['example.com/role=x', { 'example.com/role': 'x' }, true],
  ['', { a: 'b' }, true],
]

for (const [text, labels, found] of FOUND) {
  test(`"${text}" ${found ? 'finds' : 'does not find'} ${JSON.stringify(labels)}`, () => {
    assert.equal(parseLabels(text)(labels), found)
  })
}

const REFUSED: readonly (readonly [string, string | RegExp])[] = [
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['a in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
  ['a===b', "unable to parse requirement: found '=', expected: identifier"],
  ['a>b', /values\[0\]: Invalid value: "b": for 'Gt', 'Lt' operators, the value must be an integer$/],
  ['-a=b', /^unable to parse requirement: <nil>: Invalid value: "-a": name part must consist of/],
  ['a=-b', /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "-b": a valid label must be/],
  ['!a,b!=c,', "found '', expected: identifier after ','"],
  ['a=b)', "found ')', expected: ',' or 'end of string'"],
  ['=a', "found '=', expected: !, identifier, or 'end of string'"],
  ['a in x', "unable to parse requirement: found 'x' expected: '('"],
]

for (const [text, message] of REFUSED) {
  test(`the label selector "${text}" is refused`, () => {
    assert.throws(() => parseLabels(text), { code: 'BadRequest', message })
  })
}

const FIELDS: readonly (readonly [string, object])[] = [
  ['metadata.name=a', [{ field: 'metadata.name', equal: true, value: 'a' }]],
  [
    'a==b,c!=d',
    [
      { field: 'a', equal: true, value: 'b' },
      { field: 'c', equal: false, value: 'd' },
    ],
  ],
  ['a=x\\,y\\=z\\\\', [{ field: 'a', equal: true, value: 'x,y=z\\' }]],
  ['a=', [{ field: 'a', equal: true, value: '' }]],
  ['', []],
]

for (const [text, terms] of FIELDS) {
  test(`the field selector "${text}" is read`, () => assert.deepEqual(parseFields(text), terms))
}

const BAD_FIELDS: readonly (readonly [string, string])[] = [
  ['metadata.name', "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
  ['a=b\\q', 'invalid field selector: invalid escape sequence: \\q'],
  ['a=b=c', 'invalid field selector: unescaped character in value: ='],
]

for (const [text, message] of BAD_FIELDS) {
  test(`the field selector "${text}" is refused`, () => {
    assert.throws(() => parseFields(text), { code: 'BadRequest', message })
  })
}

test('a field that the kind cannot be selected by is named', () => {
  const cases = [
    [builtin(ConfigMap), '"spec.x" is not a known field selector: only "metadata.name", "metadata.namespace"'],
    [builtin(Secret, { selectable: { type: () => '' } }), 'field label not supported: spec.x'],
    [custom(Hardware), 'field label not supported: spec.x'],
  ] as const
  for (const [served, message] of cases) {
    assert.throws(() => selects(served, { fieldSelector: 'spec.x=1' }), { code: 'BadRequest', message })
  }
})

test('a name that is asked for exactly need not be searched for', () => {
  assert.equal(exactName({ fieldSelector: 'status.x=1,metadata.name=a' }), 'a')
  assert.equal(exactName({ fieldSelector: 'metadata.name!=a' }), undefined)
  assert.equal(exactName({}), undefined)
})

test('any text is read or refused, and never anything else', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ab01 =!()<>,\\-./'.split(''), 'in', 'notin', 'é', '\0') })
  fc.assert(
    fc.property(texts, text => {
      for (const parse of [parseLabels, parseFields]) {
        try {
          parse(text)
        } catch (fault) {
          if (!isApiFault(fault, 'BadRequest')) throw fault
        }
      }
    }),
    { numRuns: 2000 },
  )
})
