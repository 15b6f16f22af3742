import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { resourceName } from '../../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../../machinery/api/kinds.ts'
import { ownDefinition } from '../definitions.ts'
import type { Call } from './command.ts'
import { crds } from './crds.ts'
import { outTo } from './out.ts'

/** What the command prints, document by document. */
async function printed(rights: boolean) {
  let text = ''
  const out = outTo(said => {
    text += said
  })
  assert.equal(await crds('1.2.3').run({ flags: { rights }, out } as unknown as Call<Record<string, never>>), 0)
  return parseAllDocuments(text).map(document => document.toJS())
}

test('the definitions are printed as documents that kubectl reads', async () => {
  const documents = await printed(false)
  assert.deepEqual(
    documents.map(({ metadata }) => metadata.name),
    CUSTOM_KINDS.map(resourceName),
  )
  assert.deepEqual(documents[0], JSON.parse(JSON.stringify(ownDefinition(CUSTOM_KINDS[0] ?? fail(), '1.2.3'))))
})

test('with its rights there are a namespace, one account, and roles that are all bound to it', async () => {
  const documents = (await printed(true)).slice(CUSTOM_KINDS.length)
  const named = (kind: string) => documents.filter(one => one.kind === kind)
  assert.deepEqual([documents[0].kind, documents[0].metadata.name], ['Namespace', 'eksa-system'])
  assert.deepEqual(
    named('ServiceAccount').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    ['eksa-system/bellhop'],
  )
  const bindings = [...named('ClusterRoleBinding'), ...named('RoleBinding')]
  assert.ok(bindings.length > 5)
  for (const { subjects, roleRef, metadata } of bindings) {
    assert.deepEqual(subjects, [{ kind: 'ServiceAccount', name: 'bellhop', namespace: 'eksa-system' }])
    assert.ok(named(roleRef.kind).some(role => role.metadata.name === roleRef.name && role.rules.length > 0))
    assert.equal(metadata.labels['app.kubernetes.io/managed-by'], 'bellhop')
  }
})

function fail(): never {
  assert.fail('there are no kinds')
}
