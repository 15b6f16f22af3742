import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Steady } from './steady.ts'

const NOW = Date.parse('2030-01-02T03:04:05Z')
const references = { ns: 'conf-7', group: 'conf-7.example.com', kept: new Map() }
const [ONE, TWO] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const object = (uid: string, resourceVersion: string) => ({ metadata: { name: 'a', resourceVersion, uid } })

const CASES: readonly (readonly [string, unknown, unknown])[] = [
  ['the names of the case', 'widgets.conf-7.example.com in conf-7', 'widgets.<group> in <ns>'],
  ['a time of today', { time: '2030-01-02T03:04:04Z' }, { time: '<time>' }],
  ['a time of long ago', { time: '2001-01-01T00:00:00Z' }, { time: '2001-01-01T00:00:00Z' }],
  ['a uid in a sentence', `UID in object meta: ${ONE}`, 'UID in object meta: <uid 1>'],
  ['the version of a list', { metadata: { resourceVersion: '7' } }, { metadata: { resourceVersion: '<version>' } }],
  ['a generated name', { generateName: 'a-', name: 'a-x7z' }, { generateName: 'a-', name: 'a-<random>' }],
  ['a token', { token: 'eyJh.eyJz.c2ln' }, { token: '<token>' }],
  ['the order of fields', { b: 1, a: 2 }, { a: 2, b: 1 }],
  [
    'ages in a table',
    { kind: 'Table', rows: [{ cells: ['a', '3s', '30 s'] }] },
    { kind: 'Table', rows: [{ cells: ['a', '<age>', '30 s'] }] },
  ],
]

for (const [name, value, steady] of CASES) {
  test(`made steady: ${name}`, () => {
    const made = new Steady(references, NOW).of(value)
    assert.equal(JSON.stringify(made), JSON.stringify(steady))
  })
}

test('whether two answers speak of the same object and version still shows', () => {
  const steady = new Steady(references, NOW)
  const shown = [object(ONE, '5'), object(ONE, '5'), object(ONE, '9'), object(TWO, '12')].map(one => steady.of(one))
  assert.deepEqual(
    shown.map(one => Object.values((one as ReturnType<typeof object>).metadata).slice(1)),
    [
      ['<version 1>', '<uid 1>'],
      ['<version 1>', '<uid 1>'],
      ['<version 2>', '<uid 1>'],
      ['<version 3>', '<uid 2>'],
    ],
  )
})
