import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mergePatch } from '../registry/merge.ts'
import { metadataFaults } from '../registry/metadata.ts'
import { asBody } from '../registry/served.ts'
import { definitionDefaults } from './defaults.ts'
import { definitionFaults } from './validate.ts'

interface Row {
  readonly name: string
  readonly patch: object
  readonly causes: readonly (readonly [reason: string, field: string, message: string])[]
}

// What a real kube-apiserver said of each; the head of the file says which, and how it was asked.
const { base, creates, updates }: { base: object; creates: readonly Row[]; updates: readonly Row[] } = JSON.parse(
  readFileSync(new URL('fixtures/refusals.json', import.meta.url), 'utf8'),
)

const patched = (patch: object) => asBody(mergePatch(base, patch))

/** Go shows addresses, which are others each time. */
const comparable = (message: string) => message.replaceAll(/0x[0-9a-f]{6,}/g, '0x…')

for (const { name, patch, causes } of creates) {
  test(`a new definition with ${name} is ${causes.length > 0 ? 'refused' : 'accepted'}`, () => {
    const object = definitionDefaults(patched(patch))
    const faults = [...metadataFaults(object.metadata), ...definitionFaults(object)]
    assert.deepEqual(
      faults.map(({ reason, field, message }) => [reason, field, comparable(message)]),
      causes.map(([reason, field, message]) => [reason, field, comparable(message)]),
    )
  })
}

for (const { name, patch, causes } of updates) {
  test(`an established definition with ${name} is ${causes.length > 0 ? 'refused' : 'accepted'}`, () => {
    const made = definitionDefaults(asBody(base))
    const status = { ...Object(made.status), conditions: [{ type: 'Established', status: 'True' }] }
    const old = { ...made, status }
    const next = definitionDefaults({ ...patched(patch), status }, old)
    assert.deepEqual(
      definitionFaults(next, old).map(({ reason, field, message }) => [reason, field, message]),
      causes.map(cause => [...cause]),
    )
  })
}
