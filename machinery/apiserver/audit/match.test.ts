import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributesOf } from '../access/request.ts'
import { segmentsOf } from '../http/path.ts'
import { DEFAULT_POLICY } from './default-policy.ts'
import { notedBy } from './match.ts'
import { type AuditPolicy, readPolicy } from './policy.ts'

const JANE = { user: 'jane', groups: ['people', 'system:authenticated'] }

function levelOf(policy: AuditPolicy, request: string): string {
  const [method = '', url = ''] = request.split(' ')
  const [path = '', query] = url.split('?')
  const wanted = attributesOf({ method, path, segments: segmentsOf(path) ?? [], query: new URLSearchParams(query) })
  return notedBy(policy, JANE, wanted).level
}

function policyOf(rules: string): AuditPolicy {
  const policy = readPolicy(`apiVersion: audit.k8s.io/v1\nkind: Policy\nrules:\n${rules}`)
  assert.ok('rules' in policy, JSON.stringify(policy))
  return policy
}

// One rule at level Request, and the requests that kube-apiserver v1.32's checker fits to it.
const RULES: readonly { rule: string; notes: readonly string[]; ignores: readonly string[] }[] = [
  { rule: 'users: [jane]', notes: ['GET /api/v1/pods', 'GET /version'], ignores: [] },
  { rule: 'users: [joe]', notes: [], ignores: ['GET /api/v1/pods'] },
  { rule: 'userGroups: [people]', notes: ['GET /api/v1/pods'], ignores: [] },
  { rule: 'userGroups: [others]', notes: [], ignores: ['GET /api/v1/pods'] },
  {
    rule: 'verbs: [list]',
    notes: ['GET /api/v1/pods'],
    ignores: ['GET /api/v1/namespaces/x/pods/a', 'POST /api/v1/pods'],
  },
  { rule: 'namespaces: [x]', notes: ['GET /api/v1/namespaces/x/pods'], ignores: ['GET /api/v1/pods', 'GET /version'] },
  { rule: 'namespaces: [""]', notes: ['GET /api/v1/nodes'], ignores: ['GET /api/v1/namespaces/x/pods', 'GET /api'] },
  {
    rule: 'resources: [{group: ""}]',
    notes: ['GET /api/v1/pods'],
    ignores: ['GET /apis/apps/v1/deployments', 'GET /api'],
  },
  {
    rule: 'resources: [{group: "", resources: [pods]}]',
    notes: ['GET /api/v1/namespaces/x/pods/a'],
    ignores: ['GET /api/v1/namespaces/x/pods/a/log', 'GET /api/v1/secrets'],
  },
  {
    rule: 'resources: [{group: "", resources: ["pods/*"]}]',
    notes: ['GET /api/v1/namespaces/x/pods/a', 'GET /api/v1/namespaces/x/pods/a/log'],
    ignores: ['GET /api/v1/secrets'],
  },
  {
    rule: 'resources: [{group: "", resources: ["*/status"]}]',
    notes: ['PUT /api/v1/namespaces/x/pods/a/status'],
    ignores: ['PUT /api/v1/namespaces/x/pods/a'],
  },
  {
    rule: 'resources: [{group: "", resources: ["*"], resourceNames: [a]}]',
    notes: ['GET /api/v1/namespaces/x/pods/a'],
    ignores: ['GET /api/v1/namespaces/x/pods/b'],
  },
  {
    rule: 'nonResourceURLs: ["/healthz*"]',
    notes: ['GET /healthz', 'GET /healthz/x'],
    ignores: ['GET /version', 'GET /api/v1/pods'],
  },
]

for (const { rule, notes, ignores } of RULES) {
  test(`a rule with ${rule} notes what it shall`, () => {
    const policy = policyOf(`- level: Request\n  ${rule}`)
    for (const request of notes) assert.equal(levelOf(policy, request), 'Request', request)
    for (const request of ignores) assert.equal(levelOf(policy, request), 'None', request)
  })
}

test('unless told otherwise changes are noted, and neither reading, asking nor the beat of leases', () => {
  const noted = (request: string) => levelOf(DEFAULT_POLICY, request)
  for (const request of ['POST /api/v1/namespaces/x/secrets', 'DELETE /apis/tinkerbell.org/v1alpha1/hardware'])
    assert.equal(noted(request), 'Metadata', request)
  assert.equal(noted('POST /api/v1/namespaces/x/serviceaccounts/a/token'), 'Metadata')
  for (const request of [
    'GET /api/v1/secrets',
    'GET /api/v1/pods?watch=true',
    'PUT /apis/coordination.k8s.io/v1/namespaces/x/leases/a',
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    'GET /healthz',
    'POST /nothing',
  ])
    assert.equal(noted(request), 'None', request)
})

test('the stages that a policy leaves out are those of the policy and of the rule', () => {
  const policy = readPolicy(
    'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nomitManagedFields: true\n' +
      'rules: [{level: Metadata, omitStages: [ResponseStarted], omitManagedFields: false}]',
  )
  assert.ok('rules' in policy)
  const { omitStages, omitManagedFields } = notedBy(policy, JANE, { verb: 'get', path: '/' })
  assert.deepEqual([omitStages, omitManagedFields], [['RequestReceived', 'ResponseStarted'], false])
})

// What kube-apiserver v1.32 says when it is started with such a policy.
const FAULTS: readonly (readonly [rules: string, fault: string])[] = [
  ['[{}]', 'rules[0].level: Required value'],
  [
    '[{level: All}]',
    'rules[0].level: Unsupported value: "All": supported values: "None", "Metadata", "Request", "RequestResponse"',
  ],
  ['[]', 'loaded illegal policy with 0 rules'],
  [
    '[{level: None, nonResourceURLs: [x]}]',
    'rules[0].nonResourceURLs[0]: Invalid value: "x": non-resource URL rules must begin with a \'/\' character',
  ],
  [
    '[{level: None, nonResourceURLs: ["/a*b"]}]',
    'rules[0].nonResourceURLs[0]: Invalid value: "/a*b": non-resource URL wildcards \'*\' must be the final character of the rule',
  ],
  [
    '[{level: None, omitStages: [Never]}]',
    'rules[0].omitStages[0]: Invalid value: "Never": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic',
  ],
  [
    '[{level: None, resources: [{resourceNames: [a]}]}]',
    'rules[0].resources.resourceNames: Invalid value: ["a"]: using resourceNames requires at least one resource',
  ],
]

for (const [rules, fault] of FAULTS) {
  test(`a policy with the rules ${rules} is refused`, () => {
    const read = readPolicy(`apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: ${rules}`)
    assert.deepEqual(read, { faults: [fault] })
  })
}

test('what is no policy is refused', () => {
  assert.deepEqual(readPolicy('kind: Policy\napiVersion: v1'), {
    faults: ['unknown group version field v1, Kind=Policy in policy'],
  })
  assert.ok('faults' in readPolicy('a: ['))
})
