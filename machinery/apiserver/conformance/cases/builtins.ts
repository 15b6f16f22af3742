import { type Area, type Case, get, given, patch, post, put } from '../case.ts'
import { CONFIGMAPS, configMap, PODS, pod, SECRETS, secret } from './objects.ts'

const inNamespace = (group: string, plural: string) =>
  `/${group === 'v1' ? 'api' : 'apis'}/${group}/namespaces/<ns>/${plural}`
const LEASES = inNamespace('coordination.k8s.io/v1', 'leases')
const SERVICE_ACCOUNTS = inNamespace('v1', 'serviceaccounts')
const EVENTS = inNamespace('v1', 'events')
const ROLES = inNamespace('rbac.authorization.k8s.io/v1', 'roles')
const BINDINGS = inNamespace('rbac.authorization.k8s.io/v1', 'rolebindings')
const RBAC = 'rbac.authorization.k8s.io'
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Objects of Kubernetes' own kinds, as they are created. */
const CREATED: Readonly<Record<string, readonly [string, object]>> = {
  'a Secret with stringData': [SECRETS, secret('a', { data: { a: 'YQ==' }, stringData: { a: 'b', c: 'd' } })],
  'a Secret with data that is not base64': [SECRETS, secret('a', { data: { a: '!' } })],
  'a Secret with a bad key': [SECRETS, secret('a', { data: { 'a b': 'YQ==' } })],
  'a Secret with the key ..': [SECRETS, secret('a', { data: { '..': 'YQ==' } })],
  'a Secret that is too large': [SECRETS, secret('a', { stringData: { a: 'x'.repeat(1_048_577) } })],
  'a Secret without a type': [SECRETS, secret('a')],
  'a TLS Secret without its key': [SECRETS, secret('a', { type: 'kubernetes.io/tls', data: { 'tls.crt': '' } })],
  'a TLS Secret': [SECRETS, secret('a', { type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } })],
  'a Docker Secret that is not JSON': [
    SECRETS,
    secret('a', { type: 'kubernetes.io/dockerconfigjson', stringData: { '.dockerconfigjson': 'x' } }),
  ],
  'a Docker Secret without its key': [SECRETS, secret('a', { type: 'kubernetes.io/dockerconfigjson' })],
  'a Secret for basic authentication with nothing': [SECRETS, secret('a', { type: 'kubernetes.io/basic-auth' })],
  'a Secret for SSH without a key': [SECRETS, secret('a', { type: 'kubernetes.io/ssh-auth' })],
  'a Secret of a service account that is not named': [
    SECRETS,
    secret('a', { type: 'kubernetes.io/service-account-token' }),
  ],
  'a ConfigMap with one key twice': [CONFIGMAPS, configMap('a', { data: { a: 'x' }, binaryData: { a: base64('y') } })],
  'a ConfigMap with a bad key': [CONFIGMAPS, configMap('a', { data: { 'a/b': 'x' } })],
  'a ConfigMap with a long key': [CONFIGMAPS, configMap('a', { data: { [`${'k'.repeat(254)}`]: 'x' } })],
  'a ConfigMap with text that is not ASCII': [CONFIGMAPS, configMap('a', { data: { a: 'ü\u0000\n' } })],
  'a Lease': [
    LEASES,
    {
      metadata: { name: 'a' },
      spec: {
        holderIdentity: 'me',
        leaseDurationSeconds: 15,
        renewTime: '2001-01-01T00:00:00.123456Z',
        leaseTransitions: 0,
      },
    },
  ],
  'a Lease with an empty holder': [LEASES, { metadata: { name: 'a' }, spec: { holderIdentity: '' } }],
  'a Lease that lasts no time': [LEASES, { metadata: { name: 'a' }, spec: { leaseDurationSeconds: 0 } }],
  'a Lease with transitions below zero': [LEASES, { metadata: { name: 'a' }, spec: { leaseTransitions: -1 } }],
  'a Lease with a time that is none': [LEASES, { metadata: { name: 'a' }, spec: { renewTime: 'x' } }],
  'a Lease with a time in seconds': [LEASES, { metadata: { name: 'a' }, spec: { renewTime: '2001-01-01T00:00:00Z' } }],
  'a Lease with a time in another zone': [
    LEASES,
    { metadata: { name: 'a' }, spec: { renewTime: '2001-01-01T01:00:00.5+01:00' } },
  ],
  'a ServiceAccount': [SERVICE_ACCOUNTS, { metadata: { name: 'a' }, automountServiceAccountToken: false }],
  'a Pod with its defaults': [PODS, pod('a')],
  'a Pod without containers': [PODS, { metadata: { name: 'a' }, spec: {} }],
  'a Pod without an image': [PODS, pod('a', {}, { containers: [{ name: 'c' }] })],
  'a Pod with a container twice': [
    PODS,
    pod(
      'a',
      {},
      {
        containers: [
          { name: 'c', image: 'i' },
          { name: 'c', image: 'i' },
        ],
      },
    ),
  ],
  'a Pod with a bad restart policy': [PODS, pod('a', {}, { restartPolicy: 'Sometimes' })],
  'an Event': [
    EVENTS,
    {
      metadata: { name: 'a' },
      involvedObject: { kind: 'Pod', namespace: '<ns>', name: 'p' },
      reason: 'R',
      message: 'm',
      type: 'Normal',
    },
  ],
  'an Event about another namespace': [
    EVENTS,
    { metadata: { name: 'a' }, involvedObject: { kind: 'Pod', namespace: 'other', name: 'p' } },
  ],
  'an Event with a time by the microsecond, and half of the rest': [
    EVENTS,
    {
      metadata: { name: 'a' },
      involvedObject: { kind: 'Pod', namespace: '<ns>', name: 'p' },
      eventTime: '2001-01-01T00:00:00.000001Z',
    },
  ],
  'a Role': [ROLES, { metadata: { name: 'a' }, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }],
  'a Role without verbs': [ROLES, { metadata: { name: 'a' }, rules: [{ apiGroups: [''], resources: ['pods'] }] }],
  'a Role without groups': [ROLES, { metadata: { name: 'a' }, rules: [{ resources: ['pods'], verbs: ['get'] }] }],
  'a Role for paths': [ROLES, { metadata: { name: 'a' }, rules: [{ nonResourceURLs: ['/x'], verbs: ['get'] }] }],
  'a RoleBinding': [
    BINDINGS,
    {
      metadata: { name: 'a' },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: 'r' },
      subjects: [
        { kind: 'ServiceAccount', name: 's', namespace: '<ns>' },
        { kind: 'User', name: 'u' },
      ],
    },
  ],
  'a RoleBinding without a role': [BINDINGS, { metadata: { name: 'a' } }],
  'a RoleBinding to what is no role': [
    BINDINGS,
    { metadata: { name: 'a' }, roleRef: { apiGroup: RBAC, kind: 'Pod', name: 'r' } },
  ],
  'a RoleBinding of a bad subject': [
    BINDINGS,
    {
      metadata: { name: 'a' },
      roleRef: { apiGroup: RBAC, kind: 'Role', name: 'r' },
      subjects: [
        { kind: 'Robot', name: 'u' },
        { kind: 'ServiceAccount', name: 's' },
      ],
    },
  ],
  'a Deployment without a selector': [
    inNamespace('apps/v1', 'deployments'),
    {
      metadata: { name: 'a' },
      spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } } },
    },
  ],
  'a Deployment whose selector does not fit': [
    inNamespace('apps/v1', 'deployments'),
    {
      metadata: { name: 'a' },
      spec: {
        selector: { matchLabels: { a: 'c' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    },
  ],
  Endpoints: [
    inNamespace('v1', 'endpoints'),
    { metadata: { name: 'a' }, subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] },
  ],
}

const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations'
const HOOK = {
  name: 'a.example.com',
  clientConfig: { url: 'https://example.com' },
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['nothings'] }],
}
const hooks = (more: object) => ({ metadata: { name: '<ns>' }, webhooks: [{ ...HOOK, ...more }] })

const BAD_HOOKS: Readonly<Record<string, object>> = {
  'that is whole': {},
  'with a short name': { name: 'a' },
  'over plain HTTP': { clientConfig: { url: 'http://example.com' } },
  'without a way to it': { clientConfig: {} },
  'with two ways to it': { clientConfig: { url: 'https://example.com', service: { name: 'a', namespace: 'b' } } },
  'with side effects': { sideEffects: 'Some' },
  'without side effects said': { sideEffects: undefined },
  'of an unknown version': { admissionReviewVersions: ['v7'] },
  'with a long timeout': { timeoutSeconds: 31 },
  'with an unknown failure policy': { failurePolicy: 'Hope' },
  'with an unknown operation': { rules: [{ ...HOOK.rules[0], operations: ['READ'] }] },
  'with a star among operations': { rules: [{ ...HOOK.rules[0], operations: ['*', 'CREATE'] }] },
}

export const builtins: Area = {
  name: 'builtins',
  title: 'Kinds of Kubernetes’ own',
  about: 'What Secrets, ConfigMaps, Leases, Pods, Events, roles and webhooks may hold, and what they are filled with.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  cases: [
    ...Object.entries(CREATED).map(
      ([name, [path, object]]): Case => ({ name, source: 'pkg/apis/*/validation', steps: [post(path, object)] }),
    ),
    ...Object.entries(BAD_HOOKS).map(
      ([name, more]): Case => ({
        name: `a webhook ${name}`,
        source: 'pkg/apis/admissionregistration/validation',
        steps: [post(WEBHOOKS, hooks(more))],
      }),
    ),
    {
      name: 'the role of a binding may not change',
      steps: [
        given(post(BINDINGS, { metadata: { name: 'a' }, roleRef: { apiGroup: RBAC, kind: 'Role', name: 'r' } })),
        put(`${BINDINGS}/a`, { metadata: { name: 'a' }, roleRef: { apiGroup: RBAC, kind: 'Role', name: 's' } }),
      ],
    },
    {
      name: 'a Secret takes stringData by patch',
      steps: [
        given(post(SECRETS, secret('a', { data: { a: 'YQ==' } }))),
        patch('merge', `${SECRETS}/a`, { body: { stringData: { b: 'c' } }, show: ['data', 'stringData'] }),
      ],
    },
    {
      name: 'one Event in both of its groups',
      steps: [
        given(
          post(EVENTS, {
            metadata: { name: 'a' },
            involvedObject: { kind: 'Pod', namespace: '<ns>', name: 'p' },
            reason: 'R',
            message: 'm',
            type: 'Normal',
            source: { component: 'c' },
            count: 2,
          }),
        ),
        get(`${inNamespace('events.k8s.io/v1', 'events')}/a`),
      ],
    },
    {
      name: 'an Event of the newer group in the older',
      steps: [
        post(inNamespace('events.k8s.io/v1', 'events'), {
          metadata: { name: 'a' },
          regarding: { kind: 'Pod', namespace: '<ns>', name: 'p' },
          reason: 'R',
          note: 'm',
          type: 'Normal',
          action: 'A',
          reportingController: 'example.com/c',
          reportingInstance: 'i',
          eventTime: '2001-01-01T00:00:00.000001Z',
        }),
        get(`${EVENTS}/a`),
      ],
    },
    {
      name: 'an Event of the newer group that lacks its fields',
      steps: [
        post(inNamespace('events.k8s.io/v1', 'events'), {
          metadata: { name: 'a' },
          regarding: { kind: 'Pod', namespace: '<ns>', name: 'p' },
        }),
      ],
    },
  ],
}
