import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asBody } from '../registry/served.ts'
import { fieldsOf, listOf } from './reading.ts'
import { namesTaken, settledStatus } from './status.ts'

const NOW = '2026-01-01T00:00:00Z'
const LATER = '2026-01-02T00:00:00Z'
const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' }

function widgets({ group = 'example.com', annotations = {}, spec = {} }: Record<string, unknown> = {}) {
  const metadata = { name: `widgets.${group}`, annotations }
  return asBody({ metadata, spec: { group, names, ...Object(spec) }, status: {} })
}
const NOBODY = namesTaken([], widgets())
const lines = (status: unknown) =>
  listOf(fieldsOf(status)?.conditions).map(({ type, status: is, reason }) => `${type}=${is} ${reason}`)

const ANNOTATION = 'api-approved.kubernetes.io'
const APPROVALS: readonly [annotation: string | undefined, condition: string][] = [
  [undefined, 'False MissingAnnotation'],
  ['yes', 'False InvalidAnnotation'],
  ['unapproved, an experiment', 'False UnapprovedAnnotation'],
  ['https://github.com/kubernetes/kubernetes/pull/78458', 'True ApprovedAnnotation'],
]
for (const [annotation, condition] of APPROVALS) {
  test(`a group of Kubernetes' own is told whether it is approved: ${annotation}`, () => {
    const annotations = annotation === undefined ? {} : { [ANNOTATION]: annotation }
    const status = settledStatus(widgets({ group: 'x.k8s.io', annotations }), NOBODY, NOW)
    assert.deepEqual(lines(status), [
      'NamesAccepted=True NoConflicts',
      `KubernetesAPIApprovalPolicyConformant=${condition}`,
      'Established=True InitialNamesAccepted',
    ])
  })
}

test('a webhook whose authority is none keeps a definition from being established', () => {
  const conversion = { strategy: 'Webhook', webhook: { clientConfig: { url: 'https://x/', caBundle: 'eA==' } } }
  const status = settledStatus(widgets({ spec: { conversion } }), NOBODY, NOW)
  assert.deepEqual(lines(status), ['NamesAccepted=True NoConflicts', 'Established=False InvalidCABundle'])
})

test('a status that is as it should be is left alone', () => {
  const settled = asBody({ ...widgets(), status: settledStatus(widgets(), NOBODY, NOW) })
  assert.equal(settledStatus(settled, NOBODY, LATER), settled.status)
})

test('a condition keeps its time as long as it says the same', () => {
  const settled = asBody({ ...widgets(), status: settledStatus(widgets(), NOBODY, NOW) })
  const other = { ...settled, spec: { ...Object(settled.spec), names: { ...names, singular: 'gadget' } } }
  const taken = { resources: new Set(['gadget']), kinds: new Set<string>() }
  const conditions = listOf(settledStatus(other, taken, LATER).conditions)
  const times = conditions.map(({ type, lastTransitionTime }) => [type, lastTransitionTime])
  assert.deepEqual(times, [
    ['NamesAccepted', LATER],
    ['Established', NOW],
  ])
})

test('names are fought over within a group only', () => {
  const held = asBody({ ...widgets(), status: { acceptedNames: { ...names, shortNames: ['wg'] } } })
  const inGroup = namesTaken([held], asBody({ ...widgets(), metadata: { name: 'gadgets.example.com' } }))
  assert.deepEqual([...inGroup.resources].sort(), ['wg', 'widget', 'widgets'])
  const elsewhere = namesTaken([held], widgets({ group: 'other.com' }))
  assert.deepEqual([elsewhere.resources.size, elsewhere.kinds.size], [0, 0])
})
