import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { parseKubeconfig } from '../../api/remote/kubeconfig.ts'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { openApiServer } from '../server.ts'
import { readPolicy } from './policy.ts'

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }

type Asked = { method?: string; body?: object; headers?: Record<string, string>; anonymous?: boolean }

async function open(t: TestContext, policyText?: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-audited-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const policy = policyText === undefined ? undefined : readPolicy(policyText)
  if (policy && 'faults' in policy) assert.fail(policy.faults.join())
  const path = join(dataDir, 'audit.log')
  const server = await openApiServer({ dataDir, host, kinds: [], audit: { path, ...(policy && { policy }) } })
  const door = await server.listen({ address: '127.0.0.1', port: 0 })
  const { certificate: cert, key, authority: ca } = parseKubeconfig(door.kubeconfig)
  const ask = (url: string, { method = 'GET', body, headers = {}, anonymous = false }: Asked = {}) =>
    new Promise<{ code: number; id: string }>((resolve, reject) => {
      const own = anonymous ? {} : { cert, key }
      const all = { 'content-type': 'application/json', 'user-agent': 'a-test/1', ...headers }
      const outgoing = request(`${door.url}${url}`, { method, ca, agent: false, headers: all, ...own })
      outgoing.on('error', reject)
      outgoing.on('response', async response => {
        for await (const _ of response);
        resolve({ code: response.statusCode ?? 0, id: String(response.headers['audit-id']) })
      })
      outgoing.end(body && JSON.stringify(body))
    })
  const events = async () => {
    await door[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    const text = readFileSync(path, 'utf8')
    return {
      text,
      lines: text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    }
  }
  return { ask, events }
}

const configMap = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { a: 'b' } })
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } }
const MAPS = '/api/v1/namespaces/default/configmaps'

test('a change is one line: who, what, how it ended, and why he might', async t => {
  const { ask, events } = await open(t)
  await ask(MAPS)
  const made = await ask(`${MAPS}?fieldManager=x`, { method: 'POST', body: configMap('a') })
  await ask(`${MAPS}/b`, { method: 'DELETE', headers: { 'impersonate-user': 'jane' } })
  const { lines } = await events()
  assert.equal(lines.length, 2)
  const [first, second] = lines
  const { user, requestReceivedTimestamp, stageTimestamp, ...rest } = first
  assert.deepEqual(rest, {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: made.id,
    stage: 'ResponseComplete',
    requestURI: `${MAPS}?fieldManager=x`,
    verb: 'create',
    sourceIPs: ['127.0.0.1'],
    userAgent: 'a-test/1',
    objectRef: { resource: 'configmaps', namespace: 'default', name: 'a', apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: 201 },
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': '' },
  })
  assert.deepEqual([user.username, user.groups], ['kubernetes-admin', ['system:masters', 'system:authenticated']])
  for (const time of [requestReceivedTimestamp, stageTimestamp])
    assert.match(time, /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/)
  assert.equal(second.impersonatedUser.username, 'jane')
  assert.equal(second.annotations['authorization.k8s.io/decision'], 'forbid')
  assert.deepEqual(second.responseStatus, {
    metadata: {},
    status: 'Failure',
    message:
      'configmaps "b" is forbidden: User "jane" cannot delete resource "configmaps" in API group "" in the namespace "default"',
    reason: 'Forbidden',
    details: { name: 'b', kind: 'configmaps' },
    code: 403,
  })
})

test('bodies are noted where the policy wants them, but for those of Secrets and tokens', async t => {
  const policy = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: RequestResponse, omitManagedFields: true}]'
  const { ask, events } = await open(t, policy)
  await ask(MAPS, { method: 'POST', body: configMap('a') })
  await ask('/api/v1/namespaces/default/secrets', { method: 'POST', body: secret })
  await ask('/api/v1/namespaces/default/secrets')
  const patch = { method: 'PATCH', headers: { 'content-type': 'application/merge-patch+json' } }
  await ask('/api/v1/namespaces/default/secrets/s', { ...patch, body: { stringData: { password: 'hunter3' } } })
  await ask('/api/v1/namespaces/default/serviceaccounts/default/token', { method: 'POST', body: {} })
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: 'mine' } }
  await ask('/apis/authentication.k8s.io/v1/tokenreviews', { method: 'POST', body: review })
  const { text, lines } = await events()
  const stages = lines.map(({ stage, verb, objectRef }) => `${stage} ${verb} ${objectRef.resource}`)
  assert.deepEqual(stages.slice(0, 4), [
    'RequestReceived create configmaps',
    'ResponseComplete create configmaps',
    'RequestReceived create secrets',
    'ResponseComplete create secrets',
  ])
  assert.deepEqual(lines[1].requestObject, configMap('a'))
  assert.equal(lines[1].responseObject.metadata.managedFields, undefined)
  assert.match(lines[1].responseObject.metadata.uid, /^[0-9a-f-]{36}$/)
  const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')
  for (const hidden of ['hunter', base64('hunter2'), base64('hunter3'), 'eyJ', 'mine']) {
    assert.ok(!text.includes(hidden), `${hidden} is in the log`)
  }
})

test('who cannot prove who he is is noted too, and the name that a client gave its request', async t => {
  const { ask, events } = await open(t)
  const headers = { authorization: 'Bearer not-a-token', 'audit-id': 'my-own-name' }
  const { code, id } = await ask(`${MAPS}/x`, { method: 'DELETE', headers, anonymous: true })
  assert.deepEqual([code, id], [401, 'my-own-name'])
  const { lines, text } = await events()
  const [event] = lines
  assert.deepEqual([lines.length, event.auditID, event.user], [1, 'my-own-name', {}])
  assert.deepEqual([event.responseStatus.code, event.responseStatus.reason], [401, 'Unauthorized'])
  assert.ok(!text.includes('not-a-token'))
})
