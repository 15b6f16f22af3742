import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { PrinterColumn } from '../../api/kind.ts'
import { asBody } from '../registry/served.ts'
import { printerColumns } from './printer.ts'

type Row = readonly [jsonPath: string, type: PrinterColumn['type'], cell: unknown]

// What a real kube-apiserver printed for each path; the file says which one.
const recorded: { object: object; now: string; cells: readonly Row[] } = JSON.parse(
  readFileSync(new URL('fixtures/columns.json', import.meta.url), 'utf8'),
)
const object = asBody(recorded.object)
const now = Date.parse(recorded.now)

for (const [jsonPath, type, cell] of recorded.cells) {
  test(`a ${type} column shows ${JSON.stringify(cell)} at ${jsonPath}`, () => {
    const [column] = printerColumns([{ name: 'A', type, jsonPath }])
    assert.equal(column?.cell(object, now), cell)
  })
}

test('columns end before the first whose path cannot be read', () => {
  const columns = ['.spec.s', '.spec[', '.spec.i'].map(
    path => ({ name: path, type: 'string', jsonPath: path }) as const,
  )
  assert.deepEqual(
    printerColumns(columns).map(column => column.name),
    ['.spec.s'],
  )
})

test('a column says what it shows, or else where it looks', () => {
  const [said, unsaid] = printerColumns([
    { name: 'A', type: 'string', jsonPath: '.spec.a', description: 'What it is.' },
    { name: 'B', type: 'integer', jsonPath: '.spec.b', priority: 1, format: 'int32' },
  ])
  assert.equal(said?.description, 'What it is.')
  assert.equal(unsaid?.description, 'Custom resource definition column (in JSONPath format): .spec.b')
  assert.deepEqual([said?.priority, unsaid?.priority, unsaid?.format], [0, 1, 'int32'])
})
