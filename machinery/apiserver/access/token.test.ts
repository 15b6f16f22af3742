import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { ServiceAccount } from '../../api/access.ts'
import { Pod, Secret } from '../../api/core.ts'
import { isApiFault } from '../../api/fault.ts'
import { make } from '../../api/kind.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { authorityOf, newAuthority } from '../pki/authority.ts'
import { SYSTEM } from '../registry/identity.ts'
import { openRegistry } from '../registry/registry.ts'
import { memoryDisk } from '../store/disk.ts'
import { openAccess } from './access.ts'
import { SigningKeys } from './keys.ts'
import { publicKeys } from './openid.ts'
import { tokenRequest } from './token-request.ts'

const ROBOT = { namespace: 'default', name: 'robot' }
const HOUR = 3600_000

async function open(t: TestContext) {
  const clock = new SimulatedClock()
  const host = { clock, log: silentLog, random: Math.random }
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-tokens-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: [] })
  const access = openAccess({ registry, authority: authorityOf(newAuthority(clock), clock), dataDir, host })
  t.after(async () => {
    await access[Symbol.asyncDispose]()
    await registry[Symbol.asyncDispose]()
  })
  const admin = registry.client(SYSTEM)
  const account = await admin.create(ServiceAccount, make(ServiceAccount, { metadata: ROBOT }))
  const desk = { store: registry.room.store, tokens: access.tokens, host }
  const request = async (spec: object = {}, metadata: object = {}) =>
    Object(await tokenRequest(desk, ROBOT, { metadata, spec }))
  const token = async (spec: object = {}) => String((await request(spec)).status.token)
  const who = async (text: string, audiences?: readonly string[]) => {
    const outcome = await access.authenticator.token(text, audiences)
    return 'fault' in outcome ? outcome.fault : outcome.identity.user
  }
  return { clock, dataDir, registry, access, admin, account, request, token, who }
}

const USER = 'system:serviceaccount:default:robot'

test('a token says what upstream makes its tokens say', async t => {
  const { request, account, access } = await open(t)
  const { spec, status, metadata } = await request()
  assert.deepEqual(spec, {
    audiences: ['https://kubernetes.default.svc'],
    expirationSeconds: 3600,
    boundObjectRef: null,
  })
  assert.deepEqual([metadata.name, metadata.namespace], ['robot', 'default'])
  assert.equal(status.expirationTimestamp, '2026-01-01T01:00:00Z')
  const { jti, ...claims } = decodeJwt(status.token)
  const now = Date.parse('2026-01-01T00:00:00Z') / 1000
  assert.match(String(jti), /^[0-9a-f-]{36}$/)
  assert.deepEqual(claims, {
    aud: ['https://kubernetes.default.svc'],
    exp: now + 3600,
    iat: now,
    iss: 'https://kubernetes.default.svc',
    'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'robot', uid: account.metadata.uid } },
    nbf: now,
    sub: USER,
  })
  const { kid, alg } = decodeProtectedHeader(status.token)
  assert.deepEqual([alg, kid], ['ES256', Object(publicKeys(access.keys)).keys[0].kid])
  const outcome = await access.authenticator.token(status.token)
  assert.deepEqual('identity' in outcome && outcome.identity, {
    user: USER,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
    uid: account.metadata.uid,
    extra: { 'authentication.kubernetes.io/credential-id': [`JTI=${jti}`] },
  })
})

// Sentences of kube-apiserver v1.32.9.
for (const { spec, metadata, code, says } of [
  {
    spec: { expirationSeconds: 5 },
    code: 'Invalid',
    says: 'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes',
  },
  {
    spec: { expirationSeconds: 2 ** 32 + 1 },
    code: 'Invalid',
    says: 'TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds',
  },
  {
    metadata: { name: 'x' },
    code: 'Invalid',
    says: 'TokenRequest.authentication.k8s.io "robot" is invalid: metadata.name: Invalid value: "x": must match the service account name if specified',
  },
  {
    metadata: { namespace: 'x' },
    code: 'BadRequest',
    says: 'the namespace of the provided object does not match the namespace sent on the request',
  },
  {
    spec: { boundObjectRef: { kind: 'Foo', apiVersion: 'v1', name: 'x' } },
    code: 'BadRequest',
    says: 'cannot bind token to object of type /v1, Kind=Foo',
  },
  {
    spec: { boundObjectRef: { kind: 'Deployment', apiVersion: 'apps/v1', name: 'x' } },
    code: 'BadRequest',
    says: 'cannot bind token to object of type apps/v1, Kind=Deployment',
  },
  {
    spec: { boundObjectRef: { kind: 'Secret', apiVersion: 'v1', name: 'x' } },
    code: 'NotFound',
    says: 'secrets "x" not found',
  },
  {
    spec: { boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'x' } },
    code: 'NotFound',
    says: 'pods "x" not found',
  },
] as const) {
  test(`a request is refused: ${says}`, async t => {
    const { request } = await open(t)
    await assert.rejects(request(spec, metadata), { code, message: says })
  })
}

test('a token ends with its time, its account, and what it is bound to', async t => {
  const { clock, admin, token, who } = await open(t)
  const metadata = { namespace: 'default', name: 's' }
  await admin.create(Secret, make(Secret, { metadata }))
  const bound = await token({ boundObjectRef: { kind: 'Secret', apiVersion: 'v1', name: 's' } })
  const short = await token({ expirationSeconds: 600 })
  const long = await token()
  assert.deepEqual([await who(bound), await who(short), await who(long)], [USER, USER, USER])
  await admin.delete(Secret, metadata)
  assert.equal(await who(bound), '[invalid bearer token, service account token has been invalidated]')
  await clock.advance(600_000 + 61_000) // a minute that clocks may differ by
  assert.equal(await who(short), '[invalid bearer token, service account token has expired]')
  assert.equal(await who(long), USER)
  await admin.delete(ServiceAccount, ROBOT)
  assert.equal(await who(long), '[invalid bearer token, serviceaccounts "robot" not found]')
  const next = await admin.create(ServiceAccount, make(ServiceAccount, { metadata: ROBOT }))
  assert.match(await who(long), new RegExp(`service account UID \\(${next.metadata.uid}\\) does not match claim`))
})

test('a token bound to a pod tells the pod and its node', async t => {
  const { admin, request, access } = await open(t)
  const containers = [{ name: 'c', image: 'i' }]
  const spec = { nodeName: 'n', serviceAccountName: 'robot', containers }
  const pod = await admin.create(Pod, make(Pod, { metadata: { namespace: 'default', name: 'p' }, spec }))
  const other = { ...spec, serviceAccountName: 'another' }
  await admin.create(Pod, make(Pod, { metadata: { namespace: 'default', name: 'q' }, spec: other }))
  const boundObjectRef = { kind: 'Pod', apiVersion: 'v1', name: 'p', uid: pod.metadata.uid }
  const { status } = await request({ boundObjectRef })
  const outcome = await access.authenticator.token(status.token)
  const { 'authentication.kubernetes.io/credential-id': _, ...extra } =
    ('identity' in outcome && outcome.identity.extra) || {}
  assert.deepEqual(extra, {
    'authentication.kubernetes.io/node-name': ['n'],
    'authentication.kubernetes.io/pod-name': ['p'],
    'authentication.kubernetes.io/pod-uid': [pod.metadata.uid],
  })
  await assert.rejects(
    request({ boundObjectRef: { ...boundObjectRef, uid: 'x' } }),
    thrown =>
      isApiFault(thrown, 'Conflict') &&
      /the UID in the bound object reference \(x\) does not match/.test(thrown.message),
  )
  await assert.rejects(request({ boundObjectRef: { ...boundObjectRef, name: 'q' } }), {
    message: 'cannot bind token for serviceaccount "robot" to pod running with different serviceaccount name.',
  })
})

test('a token is only for whom it was made', async t => {
  const { token, who, access } = await open(t)
  const elsewhere = await token({ audiences: ['x', 'y'] })
  assert.match(await who(elsewhere), /token audiences \["x" "y"\] is invalid for the target audiences \["https:/)
  assert.equal(await who(elsewhere, ['y', 'z']), USER)
  const review = async (spec: object) =>
    Object(await access.review('TokenReview', { body: { spec }, caller: SYSTEM })).status
  assert.deepEqual((await review({ token: elsewhere, audiences: ['y', 'z'] })).audiences, ['y'])
  assert.deepEqual(await review({ token: 'nonsense' }), { user: {}, error: 'invalid bearer token' })
  const [head, payload = '', signature = ''] = elsewhere.split('.')
  const altered = Buffer.from(payload, 'base64url').toString().replace('robot', 'admin')
  const forged = [head, Buffer.from(altered).toString('base64url'), signature].join('.')
  assert.match((await review({ token: forged, audiences: ['y'] })).error, /failed to verify/)
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
  assert.match((await review({ token: unsigned, audiences: ['y'] })).error, /failed to verify/)
})

test('after a rotation old tokens hold, new ones are signed anew, and a restart knows both', async t => {
  const { dataDir, access, token, who } = await open(t)
  const old = await token()
  access.keys.rotate()
  const young = await token()
  assert.notEqual(decodeProtectedHeader(old).kid, decodeProtectedHeader(young).kid)
  assert.deepEqual([await who(old), await who(young)], [USER, USER])
  const again = new SigningKeys(dataDir)
  assert.equal(again.signing.id, decodeProtectedHeader(young).kid)
  assert.deepEqual(
    again.verifying.map(({ id }) => id),
    [young, old].map(text => decodeProtectedHeader(text).kid),
  )
  assert.equal(statSync(join(dataDir, 'pki', 'sa.key')).mode & 0o777, 0o600)
  rmSync(join(dataDir, 'pki', 'sa.key'))
  const third = new SigningKeys(dataDir)
  assert.equal(third.verifying.length, 3)
  assert.match(readFileSync(join(dataDir, 'pki', 'sa.key'), 'utf8'), /PRIVATE KEY/)
})

test('a Secret for a token is filled in, is a token, and goes with its account', async t => {
  const { admin, access, account, who, clock } = await open(t)
  const metadata = { name: 's', namespace: 'default', annotations: { 'kubernetes.io/service-account.name': 'robot' } }
  await admin.create(Secret, make(Secret, { metadata, type: 'kubernetes.io/service-account-token' }))
  await access.settled()
  const { data = {}, metadata: filled } = (await admin.get(Secret, metadata)) ?? {}
  const text = (field: string) => Buffer.from(data[field] ?? '', 'base64').toString()
  assert.match(text('ca.crt'), /BEGIN CERTIFICATE/)
  assert.equal(text('namespace'), 'default')
  assert.equal(filled?.annotations?.['kubernetes.io/service-account.uid'], account.metadata.uid)
  assert.deepEqual(decodeJwt(text('token')), {
    iss: 'kubernetes/serviceaccount',
    sub: USER,
    'kubernetes.io/serviceaccount/namespace': 'default',
    'kubernetes.io/serviceaccount/secret.name': 's',
    'kubernetes.io/serviceaccount/service-account.name': 'robot',
    'kubernetes.io/serviceaccount/service-account.uid': account.metadata.uid,
  })
  await clock.advance(10_000 * HOUR)
  assert.equal(await who(text('token')), USER)
  await admin.delete(ServiceAccount, ROBOT)
  assert.match(await who(text('token')), /not found/)
  await access.settled()
  assert.equal(await admin.get(Secret, metadata), undefined)
})

const base64 = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
const BOOTSTRAP = { 'token-id': 'abcdef', 'token-secret': '0123456789abcdef', 'usage-bootstrap-authentication': 'true' }

for (const { name, fields, type = 'bootstrap.kubernetes.io/token', is } of [
  { name: 'a good one', fields: BOOTSTRAP, is: 'system:bootstrap:abcdef' },
  { name: 'another secret', fields: { ...BOOTSTRAP, 'token-secret': '0123456789abcdee' }, is: 'invalid bearer token' },
  {
    name: 'another use',
    fields: { ...BOOTSTRAP, 'usage-bootstrap-authentication': 'false' },
    is: 'invalid bearer token',
  },
  { name: 'past its time', fields: { ...BOOTSTRAP, expiration: '2025-12-31T23:59:59Z' }, is: 'invalid bearer token' },
  {
    name: 'before its end',
    fields: { ...BOOTSTRAP, expiration: '2026-01-01T00:00:01Z' },
    is: 'system:bootstrap:abcdef',
  },
  { name: 'an end that is no time', fields: { ...BOOTSTRAP, expiration: 'soon' }, is: 'invalid bearer token' },
  {
    name: 'a group of others',
    fields: { ...BOOTSTRAP, 'auth-extra-groups': 'system:masters' },
    is: 'invalid bearer token',
  },
  { name: 'another type', fields: BOOTSTRAP, type: 'Opaque', is: 'invalid bearer token' },
]) {
  test(`a token of kubeadm: ${name}`, async t => {
    const { admin, who } = await open(t)
    const metadata = { namespace: 'kube-system', name: 'bootstrap-token-abcdef' }
    await admin.create(Secret, make(Secret, { metadata, type, data: base64(fields) }))
    assert.equal(await who('abcdef.0123456789abcdef'), is)
  })
}

test('a token of kubeadm has the groups that its Secret gives it', async t => {
  const { admin, access } = await open(t)
  const metadata = { namespace: 'kube-system', name: 'bootstrap-token-abcdef' }
  const fields = { ...BOOTSTRAP, 'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token' }
  await admin.create(Secret, make(Secret, { metadata, type: 'bootstrap.kubernetes.io/token', data: base64(fields) }))
  const outcome = await access.authenticator.token('abcdef.0123456789abcdef')
  const groups = ['system:bootstrappers', 'system:bootstrappers:kubeadm:default-node-token', 'system:authenticated']
  assert.deepEqual('identity' in outcome && outcome.identity.groups, groups)
})
