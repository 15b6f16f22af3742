import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigMap, Namespace } from '../../api/core.ts'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { type WebhookCaller, WebhookFault } from '../definitions/webhook.ts'
import { ALLOW_ALL } from '../registry/authorizer.ts'
import { create } from '../registry/create.ts'
import { remove } from '../registry/delete.ts'
import type { WriteOptions } from '../registry/options.ts'
import type { Room } from '../registry/room.ts'
import { builtin, Catalog, type Served } from '../registry/served.ts'
import { update } from '../registry/update.ts'
import type { Body } from '../store/change.ts'
import { memoryDisk } from '../store/disk.ts'
import { Store } from '../store/store.ts'
import { webhookAdmission } from './dispatch.ts'

// Webhooks that are functions: what they are asked is kept, what they answer is said by each test. Sentences are those of
// kube-apiserver v1.32.9 (apiserver pkg/admission/plugin/webhook).

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }

type Question = {
  readonly uid: string
  readonly operation: string
  readonly object: Body | null
  readonly [member: string]: unknown
}
type Answer = (question: Question) => object | undefined

const served: Served = builtin(ConfigMap)

function world(hooks: Readonly<Record<string, Answer>>) {
  const store = new Store(memoryDisk(), { clock: host.clock })
  const asked: { readonly hook: string; readonly question: Question }[] = []
  const caller: WebhookCaller = {
    async call({ clientConfig, review }) {
      const name = new URL(clientConfig.url ?? '').hostname
      const { request } = review as { readonly request: Question }
      asked.push({ hook: name, question: request })
      const response = hooks[name]?.(request)
      if (!response) throw new WebhookFault('webhook/unreachable', 'dial tcp: connect: connection refused')
      return { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', response: { uid: request.uid, ...response } }
    },
  }
  const catalog = new Catalog([builtin(Namespace), served])
  const admission = webhookAdmission({ store, catalog, host, caller })
  const room: Room = { store, catalog, host, admission: [admission], authorizer: ALLOW_ALL }
  return { room, asked, order: () => asked.map(one => one.hook) }
}

type World = ReturnType<typeof world>
type Sort = 'mutating' | 'validating'

const RULE = { operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }

/** Puts a configuration in the store, one webhook for each name, with the members all of them share. */
async function configure({ room }: World, sort: Sort, names: readonly string[], more: object = {}): Promise<void> {
  const collection = `${sort}webhookconfigurations.admissionregistration.k8s.io`
  for (const name of names) {
    const webhook = {
      name,
      clientConfig: { url: `https://${name}` },
      rules: [RULE],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      ...more,
    }
    const kind = `${sort === 'mutating' ? 'Mutating' : 'Validating'}WebhookConfiguration`
    const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name }, webhooks: [webhook] }
    await room.store.write({ collection, key: name }, () => ({ put: object as unknown as Body }))
  }
}

async function withNamespace({ room }: World, labels: Readonly<Record<string, string>> = {}): Promise<void> {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', labels } }
  await room.store.write({ collection: 'namespaces', key: 'default' }, () => ({ put: object }))
}

function options(more: Partial<WriteOptions> = {}): WriteOptions {
  return { identity: { user: 'ann', groups: ['system:authenticated'] }, manager: 'test', ...more }
}

function put(
  { room }: World,
  { name = 'a', labels = {}, ...more }: { name?: string; labels?: object } & Partial<WriteOptions>,
) {
  const body = { metadata: { name, labels }, data: { k: 'v' } }
  return create(room, served, { namespace: 'default', body, options: options(more) })
}

const allow: Answer = () => ({ allowed: true })
const patching =
  (patch: readonly object[]): Answer =>
  () => ({ allowed: true, patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(patch)).toString('base64') })
const adding = (key: string): Answer => patching([{ op: 'add', path: `/data/${key}`, value: 'webhook' }])

test('the mutating are asked in turn, each seeing what the last one left, then the validating', async () => {
  const all = world({ 'a.io': adding('one'), 'b.io': adding('two'), 'c.io': allow })
  await withNamespace(all)
  await configure(all, 'validating', ['c.io'])
  await configure(all, 'mutating', ['b.io', 'a.io'])
  const made = await put(all, {})
  assert.deepEqual(made.data, { k: 'v', one: 'webhook', two: 'webhook' })
  assert.deepEqual(all.order(), ['a.io', 'b.io', 'c.io'])
  assert.deepEqual(all.asked[1]?.question.object?.data, { k: 'v', one: 'webhook' })
  assert.deepEqual(all.asked[2]?.question.object?.data, made.data)
})

test('the question says who does what to which object', async () => {
  const all = world({ 'a.io': allow })
  await withNamespace(all)
  await configure(all, 'validating', ['a.io'])
  await put(all, { dryRun: true })
  const { uid, object, ...question } = all.asked[0]?.question ?? { uid: '', object: null }
  assert.match(uid, /^[0-9a-f-]{36}$/)
  assert.equal(object?.metadata.name, 'a')
  assert.deepEqual(question, {
    kind: { group: '', version: 'v1', kind: 'ConfigMap' },
    resource: { group: '', version: 'v1', resource: 'configmaps' },
    requestKind: { group: '', version: 'v1', kind: 'ConfigMap' },
    requestResource: { group: '', version: 'v1', resource: 'configmaps' },
    name: 'a',
    namespace: 'default',
    operation: 'CREATE',
    userInfo: { username: 'ann', groups: ['system:authenticated'], extra: {} },
    oldObject: null,
    dryRun: true,
    options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1', fieldManager: 'test' },
  })
})

test('an update shows what was and what is to be, a deletion only what was', async () => {
  const all = world({ 'a.io': allow })
  await withNamespace(all)
  await put(all, {})
  await configure(all, 'validating', ['a.io'])
  const key = { name: 'a', namespace: 'default' }
  await update(all.room, served, { key, revise: now => ({ ...now, data: { k: 'w' } }), options: options() })
  await remove(all.room, served, { key, options: options() })
  const seen = all.asked.map(({ question: { operation, object, oldObject } }) => [
    operation,
    object?.data,
    (oldObject as Body | null)?.data,
  ])
  assert.deepEqual(seen, [
    ['UPDATE', { k: 'w' }, { k: 'v' }],
    ['DELETE', undefined, { k: 'w' }],
  ])
})

const DENIALS: readonly (readonly [string, object | undefined, string, string])[] = [
  ['with a message', { message: 'no maps today', code: 403 }, 'Forbidden', ': no maps today'],
  ['with a reason', { reason: 'Conflict', code: 409 }, 'Conflict', ': Conflict'],
  ['without a word', undefined, 'BadRequest', ' without explanation'],
  ['with a code that is no refusal', { code: 200, message: 'fine' }, 'BadRequest', ': fine'],
]

for (const [how, status, code, said] of DENIALS) {
  test(`a webhook refuses ${how}`, async () => {
    const all = world({ 'a.io': () => ({ allowed: false, ...(status && { status }) }) })
    await withNamespace(all)
    await configure(all, 'validating', ['a.io'])
    await assert.rejects(put(all, {}), { code, message: `admission webhook "a.io" denied the request${said}` })
    assert.equal(all.room.store.count('configmaps'), 0)
  })
}

const WRONG: readonly (readonly [Sort, object, RegExp])[] = [
  [
    'validating',
    { uid: 'other', allowed: true },
    /received invalid webhook response: expected response.uid=".*", got "other"$/,
  ],
  ['validating', { allowed: true, patch: 'W10=' }, /validating webhook may not return response.patch$/],
  ['mutating', { allowed: true, patch: 'W10=' }, /webhook returned response.patch but not response.patchType$/],
  [
    'mutating',
    { allowed: true, patchType: 'JSONPatch' },
    /webhook returned response.patchType but not response.patch$/,
  ],
  ['mutating', { allowed: true, patchType: 'Other', patch: 'W10=' }, /unsupported patch type "Other"$/],
]

for (const [sort, response, message] of WRONG) {
  test(`an answer that cannot be right is no answer: ${message.source}`, async () => {
    const all = world({ 'a.io': () => response })
    await withNamespace(all)
    await configure(all, sort, ['a.io'])
    await assert.rejects(put(all, {}), { code: 'InternalError', message })
  })
}

test('a webhook that cannot be asked refuses the write, unless it says that this does not matter', async () => {
  const all = world({})
  await withNamespace(all)
  await configure(all, 'mutating', ['a.io'], { failurePolicy: 'Ignore' })
  await put(all, { name: 'a' })
  await configure(all, 'validating', ['b.io'], { failurePolicy: 'Fail' })
  await assert.rejects(put(all, { name: 'b' }), {
    code: 'InternalError',
    message:
      'Internal error occurred: failed calling webhook "b.io": failed to call webhook: dial tcp: connect: connection refused',
  })
})

test('a webhook with side effects is not asked about a dry run, which is refused', async () => {
  const all = world({ 'a.io': allow })
  await withNamespace(all)
  await configure(all, 'validating', ['a.io'], { sideEffects: 'Unknown' })
  await assert.rejects(put(all, { dryRun: true }), {
    code: 'BadRequest',
    message: 'admission webhook "a.io" does not support dry run',
  })
  assert.deepEqual(all.order(), [])
})

test('warnings reach the person at the client', async () => {
  const all = world({ 'a.io': () => ({ allowed: true, warnings: ['mind the gap'] }) })
  await withNamespace(all)
  await configure(all, 'validating', ['a.io'])
  const said: string[] = []
  await put(all, { warn: sentence => said.push(sentence) })
  assert.deepEqual(said, ['mind the gap'])
})

test('a webhook that wants to see what later ones made of the object is asked once more, and once only', async () => {
  const all = world({ 'a.io': allow, 'b.io': adding('late') })
  await withNamespace(all)
  await configure(all, 'mutating', ['a.io', 'b.io'], { reinvocationPolicy: 'IfNeeded' })
  await put(all, {})
  assert.deepEqual(all.order(), ['a.io', 'b.io', 'a.io'])
})

const SKIPPED: readonly (readonly [string, object])[] = [
  ['another operation', { rules: [{ ...RULE, operations: ['DELETE'] }] }],
  ['another resource', { rules: [{ ...RULE, resources: ['secrets'] }] }],
  ['a subresource', { rules: [{ ...RULE, resources: ['configmaps/status'] }] }],
  ['another group', { rules: [{ ...RULE, apiGroups: ['apps'] }] }],
  ['another version', { rules: [{ ...RULE, apiVersions: ['v2'] }] }],
  ['cluster-wide objects', { rules: [{ ...RULE, scope: 'Cluster' }] }],
  ['other labels', { objectSelector: { matchLabels: { app: 'x' } } }],
  [
    'other namespaces',
    { namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['a'] }] } },
  ],
]

for (const [what, more] of SKIPPED) {
  test(`a webhook for ${what} is not asked`, async () => {
    const all = world({ 'a.io': allow })
    await withNamespace(all, { team: 'a' })
    await configure(all, 'validating', ['a.io'], more)
    await put(all, { labels: { app: 'y' } })
    assert.deepEqual(all.order(), [])
  })
}

const ASKED: readonly (readonly [string, object])[] = [
  [
    'everything',
    { rules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], scope: '*' }] },
  ],
  ['everything and what is below it', { rules: [{ ...RULE, resources: ['*/*'] }] }],
  ['namespaced objects', { rules: [{ ...RULE, scope: 'Namespaced' }] }],
  ['these labels', { objectSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }],
  ['this namespace', { namespaceSelector: { matchLabels: { team: 'a' } } }],
]

for (const [what, more] of ASKED) {
  test(`a webhook for ${what} is asked`, async () => {
    const all = world({ 'a.io': allow })
    await withNamespace(all, { team: 'a' })
    await configure(all, 'validating', ['a.io'], more)
    await put(all, { labels: { app: 'y' } })
    assert.deepEqual(all.order(), ['a.io'])
  })
}

const CONDITIONS: readonly (readonly [string, readonly string[], boolean])[] = [
  ['one that holds', ['object.data.k == "v"'], true],
  ['one that does not', ['object.metadata.name != "a"'], false],
  ['several, one of which does not hold', ['true', 'request.userInfo.username == "bob"'], false],
  ['one about the request', ['request.operation == "CREATE" && oldObject == null && !request.dryRun'], true],
  ['one that is false and one that fails', ['object.none.at.all == 1', 'false'], false],
]

for (const [what, expressions, asked] of CONDITIONS) {
  test(`a webhook with match conditions, ${what}, is ${asked ? '' : 'not '}asked`, async () => {
    const all = world({ 'a.io': allow })
    await withNamespace(all)
    const matchConditions = expressions.map((expression, at) => ({ name: `c${at}`, expression }))
    await configure(all, 'validating', ['a.io'], { matchConditions })
    await put(all, {})
    assert.deepEqual(all.order(), asked ? ['a.io'] : [])
  })
}

test('a match condition that fails refuses the write, unless failures of the webhook do not matter', async () => {
  const all = world({ 'a.io': allow })
  await withNamespace(all)
  const matchConditions = [{ name: 'c', expression: 'object.data.none == "x"' }]
  await configure(all, 'validating', ['a.io'], { matchConditions })
  await assert.rejects(put(all, {}), {
    code: 'Forbidden',
    message: /^configmaps "a" is forbidden: expression 'object.data.none == "x"' resulted in error: no such key: none$/,
  })
  await configure(all, 'validating', ['a.io'], { matchConditions, failurePolicy: 'Ignore' })
  await put(all, {})
  assert.deepEqual(all.order(), [])
})
