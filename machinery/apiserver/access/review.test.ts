import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ALLOW_ALL, type Attributes, type Authorizer } from '../registry/authorizer.ts'
import type { Identity } from '../registry/identity.ts'
import { type AccessReviewKind, accessReview } from './access-review.ts'
import { impersonate, impersonationOf } from './impersonation.ts'

const CALLER: Identity = { user: 'jane', groups: ['system:authenticated'] }
const PODS = { namespace: 'x', verb: 'get', resource: 'pods', name: 'a' }

/** Allows all, and remembers what it was asked. */
function listening() {
  const asked: (readonly [Identity, Attributes])[] = []
  const authorizer: Authorizer = {
    authorize: (identity, attributes) => {
      asked.push([identity, attributes])
      return { allowed: true, reason: 'because' }
    },
  }
  return { asked, authorizer }
}

test('a question about oneself is answered for oneself, and shown as it was asked', () => {
  const { asked, authorizer } = listening()
  const body = { spec: { resourceAttributes: { ...PODS, subresource: 'log', version: 'v1', else: 1 } } }
  assert.deepEqual(accessReview({ kind: 'SelfSubjectAccessReview', body, caller: CALLER }, authorizer), {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec: { resourceAttributes: { ...PODS, subresource: 'log', version: 'v1' } },
    status: { allowed: true, reason: 'because' },
  })
  assert.deepEqual(asked, [[CALLER, { ...PODS, subresource: 'log' }]])
})

test('a question about somebody else is answered for him', () => {
  const { asked, authorizer } = listening()
  const spec = {
    user: 'bob',
    groups: ['g'],
    uid: 'u',
    extra: { k: ['v'] },
    nonResourceAttributes: { path: '/x', verb: 'get' },
  }
  accessReview({ kind: 'SubjectAccessReview', body: { spec }, caller: CALLER }, authorizer)
  assert.deepEqual(asked, [
    [
      { user: 'bob', groups: ['g'], uid: 'u', extra: { k: ['v'] } },
      { path: '/x', verb: 'get' },
    ],
  ])
})

// Sentences of kube-apiserver v1.32.9, which forgets the kind of what was asked.
const ONE = 'exactly one of nonResourceAttributes or resourceAttributes must be specified'
const REFUSED: readonly (readonly [kind: AccessReviewKind, spec: object, says: string])[] = [
  ['SelfSubjectAccessReview', {}, `spec.resourceAttributes: Invalid value: "null": ${ONE}`],
  [
    'SubjectAccessReview',
    { resourceAttributes: PODS, nonResourceAttributes: { path: '/x', verb: 'get' } },
    '[spec.nonResourceAttributes: Invalid value: authorization.NonResourceAttributes{Path:"/x", Verb:"get"}: ' +
      'cannot be specified in combination with resourceAttributes, ' +
      'spec.user: Invalid value: "": at least one of user or group must be specified]',
  ],
  [
    'LocalSubjectAccessReview',
    { user: 'a', resourceAttributes: { verb: 'get', resource: 'pods' } },
    'spec.resourceAttributes.namespace: Invalid value: "": must match metadata.namespace',
  ],
  [
    'LocalSubjectAccessReview',
    { user: 'a', nonResourceAttributes: { path: 'pods', verb: 'get' } },
    'spec.nonResourceAttributes: Invalid value: authorization.NonResourceAttributes{Path:"pods", Verb:"get"}: ' +
      'disallowed on this kind of request',
  ],
]

for (const [kind, spec, says] of REFUSED) {
  test(`${kind} ${JSON.stringify(spec)} is no question`, () => {
    const namespace = kind === 'LocalSubjectAccessReview' ? 'x' : undefined
    assert.throws(() => accessReview({ kind, body: { spec }, caller: CALLER, namespace }, ALLOW_ALL), {
      code: 'Invalid',
      message: `.authorization.k8s.io "" is invalid: ${says}`,
    })
  })
}

// What kubectl auth whoami says behind kube-apiserver v1.32.9 with these headers, and what had to be allowed for it.
const ACTING: readonly { headers: readonly string[]; is: Identity; needs: readonly string[] }[] = [
  {
    headers: ['Impersonate-User', 'bob'],
    is: { user: 'bob', groups: ['system:authenticated'] },
    needs: ['users bob'],
  },
  {
    headers: ['impersonate-user', 'bob', 'Impersonate-Group', 'a', 'Impersonate-Group', 'b'],
    is: { user: 'bob', groups: ['a', 'b', 'system:authenticated'] },
    needs: ['users bob', 'groups a', 'groups b'],
  },
  {
    headers: ['Impersonate-User', 'system:serviceaccount:x:robot'],
    is: {
      user: 'system:serviceaccount:x:robot',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:x', 'system:authenticated'],
    },
    needs: ['serviceaccounts x/robot'],
  },
  {
    headers: ['Impersonate-User', 'system:anonymous'],
    is: { user: 'system:anonymous', groups: ['system:unauthenticated'] },
    needs: ['users system:anonymous'],
  },
  {
    headers: ['Impersonate-User', 'bob', 'Impersonate-Uid', '7', 'Impersonate-Extra-Some%2fKey', 'v', 'Accept', '*/*'],
    is: { user: 'bob', groups: ['system:authenticated'], uid: '7', extra: { 'some/key': ['v'] } },
    needs: ['users bob', 'userextras/some/key v', 'uids 7'],
  },
]

for (const { headers, is, needs } of ACTING) {
  test(`${headers.join(' ')} is ${is.user}, where all of it is allowed`, () => {
    const as = impersonationOf(headers)
    assert.ok(as)
    const { asked, authorizer } = listening()
    assert.deepEqual(impersonate(CALLER, as, authorizer), is)
    const named = asked.map(([who, { verb, resource, subresource, namespace, name }]) => {
      assert.deepEqual([who, verb], [CALLER, 'impersonate'])
      return `${resource}${subresource ? `/${subresource}` : ''} ${namespace ? `${namespace}/` : ''}${name}`
    })
    assert.deepEqual(named, needs)
    for (const refused of needs.keys()) {
      let at = 0
      const strict: Authorizer = { authorize: () => ({ allowed: at++ !== refused }) }
      assert.throws(() => impersonate(CALLER, as, strict), { code: 'Forbidden' }, `without ${needs[refused]}`)
    }
  })
}

test('groups alone are nobody', () => {
  const as = impersonationOf(['Impersonate-Group', 'system:masters'])
  assert.ok(as)
  assert.throws(() => impersonate(CALLER, as, ALLOW_ALL), {
    code: 'InternalError',
    message: 'requested [groups system:masters] without impersonating a user',
  })
  assert.equal(impersonationOf(['Accept', '*/*']), undefined)
})
