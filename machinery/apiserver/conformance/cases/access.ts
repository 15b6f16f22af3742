import { type Area, get, given, inPlainText, post, remove, type Step } from '../case.ts'
import { CONFIGMAPS, configMap, DEFINITIONS, SECRETS } from './objects.ts'

const RBAC = 'rbac.authorization.k8s.io'
const ROLES = `/apis/${RBAC}/v1/namespaces/<ns>/roles`
const BINDINGS = `/apis/${RBAC}/v1/namespaces/<ns>/rolebindings`
const as = (user: string, groups = '') => ({
  headers: { 'impersonate-user': user, ...(groups && { 'impersonate-group': groups }) },
})
const jane = as('jane')

const role = (rules: readonly object[]) => given(post(ROLES, { metadata: { name: 'r' }, rules }))
const bound = (subject: object) =>
  given(
    post(BINDINGS, {
      metadata: { name: 'r' },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: 'r' },
      subjects: [subject],
    }),
  )
const readers: readonly Step[] = [
  role([{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'create'] }]),
  bound({ kind: 'User', name: 'jane', apiGroup: RBAC }),
  given(get(CONFIGMAPS, { ...jane, until: 200 })), // roles are known a moment later
]
const REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
const SUBJECT = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
const review = (resourceAttributes: object) => ({
  apiVersion: 'authorization.k8s.io/v1',
  kind: 'SelfSubjectAccessReview',
  spec: { resourceAttributes },
})
const STATUS = { show: ['status'] }

export const access: Area = {
  name: 'access',
  title: 'Access',
  about:
    'Who may do what by roles and bindings, how a refusal is worded, impersonation, and reviews of access and of who one is.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  cases: [
    {
      name: 'whoever has no role may do nothing',
      steps: [
        get(CONFIGMAPS, jane),
        get(`${CONFIGMAPS}/a`, jane),
        get('/api/v1/configmaps', jane),
        get('/api/v1/nodes/a', jane),
        get(`${SECRETS}?watch=1`, jane),
        remove(SECRETS, jane),
        get(`${DEFINITIONS}/a`, jane),
      ],
    },
    {
      name: 'a role allows what it says',
      steps: [
        ...readers,
        post(CONFIGMAPS, configMap('a'), { ...jane, show: 'code' }),
        get(`${CONFIGMAPS}/a`, { ...jane, show: 'code' }),
        get(CONFIGMAPS, { ...jane, show: 'code' }),
        remove(`${CONFIGMAPS}/a`, jane),
        get(`${CONFIGMAPS}?watch=1`, jane),
        get('/api/v1/configmaps', jane),
      ],
    },
    {
      name: 'a role for objects by name',
      steps: [
        role([{ apiGroups: [''], resources: ['configmaps'], resourceNames: ['a'], verbs: ['*'] }]),
        bound({ kind: 'User', name: 'jane', apiGroup: RBAC }),
        given(post(CONFIGMAPS, configMap('a'))),
        get(`${CONFIGMAPS}/a`, { ...jane, until: 200, show: 'code' }),
        get(`${CONFIGMAPS}/b`, jane),
        get(CONFIGMAPS, jane),
        get(`${CONFIGMAPS}?fieldSelector=metadata.name%3Da`, { ...jane, show: 'code' }),
        post(CONFIGMAPS, configMap('c'), jane),
      ],
    },
    {
      name: 'a role for a subresource',
      steps: [
        role([{ apiGroups: [''], resources: ['pods/status'], verbs: ['*'] }]),
        bound({ kind: 'User', name: 'jane', apiGroup: RBAC }),
        get('/api/v1/namespaces/<ns>/pods/a/status', { ...jane, until: 404 }),
        get('/api/v1/namespaces/<ns>/pods/a', jane),
        get('/api/v1/namespaces/<ns>/pods/a/log', jane),
      ],
    },
    {
      name: 'a role for everything',
      steps: [
        role([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
        bound({ kind: 'Group', name: 'crew', apiGroup: RBAC }),
        get(SECRETS, { ...as('jane', 'crew'), until: 200, show: 'code' }),
        get(SECRETS, as('jane', 'others')),
        get('/api/v1/secrets', as('jane', 'crew')),
      ],
    },
    {
      name: 'a service account by its binding',
      steps: [
        role([{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }]),
        bound({ kind: 'ServiceAccount', name: 'bot', namespace: '<ns>' }),
        get(SECRETS, { ...as('system:serviceaccount:<ns>:bot'), until: 200, show: 'code' }),
        get(SECRETS, as('system:serviceaccount:<ns>:other')),
      ],
    },
    {
      name: 'nobody grants what he has not',
      source:
        'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping',
      steps: [
        role([{ apiGroups: [RBAC], resources: ['roles', 'rolebindings'], verbs: ['create'] }]),
        bound({ kind: 'User', name: 'jane', apiGroup: RBAC }),
        post(`${ROLES}?dryRun=All`, { metadata: { name: 'empty' }, rules: [] }, { ...jane, until: 201, show: 'code' }),
        post(
          ROLES,
          { metadata: { name: 's' }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
          jane,
        ),
        post(
          BINDINGS,
          { metadata: { name: 's' }, roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' } },
          jane,
        ),
      ],
    },
    {
      name: 'discovery, health and the version are for everybody who is known',
      steps: [
        get('/api', { ...jane, show: 'code' }),
        get('/apis', { ...jane, show: 'code' }),
        get('/version', { ...jane, show: 'code' }),
        get('/healthz', { ...jane, show: 'code' }),
        get('/openapi/v2', { ...jane, show: 'code' }),
      ],
    },
    {
      name: 'paths that are none are refused to whoever may not see them',
      steps: [get('/nothing', jane), get('/metrics', jane), get('/apis/none.example.com/v1/things', jane)],
    },
    { name: 'a system:masters may do all', steps: [get(SECRETS, { ...as('root', 'system:masters'), show: 'code' })] },
    {
      name: 'impersonation needs a right of its own',
      differs: inPlainText([1], {
        code: 500,
        reason: 'InternalError',
        message: 'requested [groups x] without impersonating a user',
      }),
      steps: [
        get(CONFIGMAPS, { headers: { 'impersonate-group': 'x' } }),
        get(CONFIGMAPS, { headers: { 'impersonate-user': 'x', 'impersonate-extra-scope': 'y' } }),
      ],
    },
    {
      name: 'a review of oneself',
      steps: [
        ...readers,
        post(REVIEW, review({ namespace: '<ns>', verb: 'get', resource: 'configmaps' }), { ...jane, ...STATUS }),
        post(REVIEW, review({ namespace: '<ns>', verb: 'delete', resource: 'configmaps' }), { ...jane, ...STATUS }),
        post(REVIEW, review({ verb: 'get', resource: 'configmaps' }), { ...jane, ...STATUS }),
      ],
    },
    {
      name: 'a review of oneself that asks nothing',
      steps: [
        post(REVIEW, { spec: {} }),
        post(REVIEW, {
          spec: { resourceAttributes: { verb: 'get' }, nonResourceAttributes: { path: '/x', verb: 'get' } },
        }),
      ],
    },
    {
      name: 'a review of another',
      steps: [
        ...readers,
        post(
          SUBJECT,
          { spec: { user: 'jane', resourceAttributes: { namespace: '<ns>', verb: 'list', resource: 'configmaps' } } },
          STATUS,
        ),
        post(SUBJECT, { spec: { resourceAttributes: { verb: 'list' } } }),
        post(SUBJECT, { spec: { user: 'jane', resourceAttributes: { verb: 'list', resource: 'pods' } } }, jane),
      ],
    },
    {
      name: 'the rules of oneself',
      steps: [
        ...readers,
        post(
          '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
          { spec: { namespace: '<ns>' } },
          { ...as('jane', 'nobody'), show: ['status.resourceRules.0', 'status.incomplete'] },
        ),
        post('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', { spec: {} }),
      ],
    },
    {
      name: 'who one is',
      steps: [
        post(
          '/apis/authentication.k8s.io/v1/selfsubjectreviews',
          {},
          { ...as('jane', 'crew'), show: ['kind', 'status'] },
        ),
      ],
    },
    {
      name: 'a review of a token that is none',
      steps: [
        post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token: 'x' } }, STATUS),
        post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: {} }),
      ],
    },
    {
      name: 'a token of a service account is known again',
      steps: [
        given(post('/api/v1/namespaces/<ns>/serviceaccounts', { metadata: { name: 'bot' } })),
        given(post('/api/v1/namespaces/<ns>/serviceaccounts/bot/token', { spec: {} }, { as: 'made' })),
        post(
          '/apis/authentication.k8s.io/v1/tokenreviews',
          { spec: { token: '<made.status.token>' } },
          { show: ['status.authenticated', 'status.user.username', 'status.user.groups', 'status.audiences'] },
        ),
      ],
    },
  ],
}
