import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { resourceName } from '../../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../../machinery/api/kinds.ts'
import { ownDefinition } from '../definitions.ts'
import type { Call } from './command.ts'
import { crds } from './crds.ts'
import { outTo } from './out.ts'

test('the definitions are printed as documents that kubectl reads', async () => {
  let text = ''
  const out = outTo(said => {
    text += said
  })
  assert.equal(await crds('1.2.3').run({ out } as Call<Record<string, never>>), 0)
  const documents = parseAllDocuments(text).map(document => document.toJS())
  assert.deepEqual(
    documents.map(({ metadata }) => metadata.name),
    CUSTOM_KINDS.map(resourceName),
  )
  assert.deepEqual(documents[0], JSON.parse(JSON.stringify(ownDefinition(CUSTOM_KINDS[0] ?? fail(), '1.2.3'))))
})

function fail(): never {
  assert.fail('there are no kinds')
}
