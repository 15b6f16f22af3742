import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ApiFault } from '../../api/fault.ts'
import { apiVersion } from '../../api/kind.ts'
import { asBody, type Served } from '../registry/served.ts'
import { check, normalize } from '../registry/shape.ts'
import type { Body } from '../store/change.ts'
import { BUILTINS } from './builtins.ts'

interface Creation {
  readonly given: Body
  readonly made?: Body
  readonly refused?: string
}

// Their origin stands at the head of the file.
const file = readFileSync(join(import.meta.dirname, 'fixtures/creations.json'), 'utf8')
const { creations } = JSON.parse(file) as { creations: readonly Creation[] }

for (const { given, made, refused } of creations) {
  const said = JSON.stringify(given).slice(0, 150)
  test(`${made ? 'makes' : 'refuses'} ${said}`, () => {
    const served = BUILTINS.find(one => one.kind.kind === given.kind && apiVersion(one.kind) === given.apiVersion)
    assert.ok(served, 'the kind is served')
    if (made) assert.deepEqual(JSON.parse(JSON.stringify(create(served, given, made.metadata))), made)
    else
      assert.throws(
        () => create(served, given, {}),
        (fault: unknown) => fault instanceof ApiFault && fault.message === refused,
      )
  })
}

/** As the registry makes an object; what only it can know comes from what the real server made. */
function create(served: Served, given: Body, born: Partial<Body['metadata']>): Body {
  const { status, ...unreported } = given
  const keeps = !served.kind.statusSubresource || served.traits.statusOnCreate
  const metadata = { ...given.metadata, ...(served.kind.namespaced && { namespace: 'builtin-area' }) }
  const wanted = asBody({ ...unreported, ...(keeps && status !== undefined && { status }), metadata })
  const read = normalize(served, wanted, {
    unknown: paths => {
      const fields = paths.map(path => `unknown field "${path}"`).join(', ')
      const head = `${given.kind} in version "${served.kind.version}" cannot be handled as a ${given.kind}`
      throw new ApiFault('BadRequest', `${head}: strict decoding error: ${fields}`)
    },
  })
  const { uid = 'u', creationTimestamp = '2026-01-01T00:00:00Z' } = born
  const generation = served.traits.generation ? { generation: 1 } : {}
  const named = { ...read, metadata: { ...read.metadata, uid, creationTimestamp, ...generation } }
  const object = served.traits.prepare?.(named) ?? named
  check(served, object)
  return object
}
