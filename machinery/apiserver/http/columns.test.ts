import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { apiVersion } from '../../api/kind.ts'
import { BUILTINS } from '../builtin/builtins.ts'
import type { Body } from '../store/change.ts'
import { columnsOf } from './columns.ts'

interface Recorded {
  readonly now: number
  readonly columnDefinitions: readonly object[]
  readonly rows: readonly { readonly cells: readonly unknown[]; readonly object: Body }[]
}

// Their origin stands at the head of the file.
const file = readFileSync(join(import.meta.dirname, 'fixtures/rows.json'), 'utf8')
const { kinds } = JSON.parse(file) as { kinds: Readonly<Record<string, Recorded>> }

for (const served of BUILTINS) {
  const name = `${apiVersion(served.kind)} ${served.kind.kind}`
  test(`${name} has the columns and the cells of kube-apiserver`, () => {
    const recorded = kinds[name]
    assert.ok(recorded, 'the real server was asked')
    const columns = columnsOf(served)
    const defined = columns.map(({ name: title, type, format = '', priority = 0 }) => ({
      name: title,
      type,
      format,
      priority,
    }))
    assert.deepEqual(defined, recorded.columnDefinitions)
    const cellsOf = (object: Body): readonly unknown[] => columns.map(({ cell }) => cell(object, recorded.now))
    for (const { cells, object } of recorded.rows) assert.deepEqual(cellsOf(object), cells)
  })
}
