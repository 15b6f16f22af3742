import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { systemClock } from '../../host/clock.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { Scope } from '../../host/scope.ts'
import { authorityOf, newAuthority } from '../pki/authority.ts'
import { memoryDisk } from '../store/disk.ts'
import { Store } from '../store/store.ts'
import { type WebhookClientConfig, WebhookFault } from './webhook.ts'
import { httpsWebhooks } from './webhook-caller.ts'

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
const authority = authorityOf(newAuthority(systemClock), systemClock)
const stranger = authorityOf(newAuthority(systemClock), systemClock)
const caBundle = base64(authority.certificate)
const scope = new Scope()
const store = scope.hold(new Store(memoryDisk(), { clock: systemClock }))
const webhooks = scope.hold(httpsWebhooks({ store, host }))
let port = 0

before(async () => {
  port = await listen(['localhost', '127.0.0.1', 'hook.tests.svc'])
  await put('services', 'tests/hook', { spec: { ports: [{ name: 'web', port: 443 }] } })
  const subsets = [{ addresses: [{ ip: '127.0.0.1' }], ports: [{ name: 'web', port }] }]
  await put('endpoints', 'tests/hook', { subsets })
  await put('services', 'tests/alone', { spec: { ports: [{ port: 443 }] } })
  await put('services', 'tests/empty', { spec: { ports: [{ port: 443 }] } })
  await put('endpoints', 'tests/empty', { subsets: [] })
  await put('services', 'tests/outside', { spec: { type: 'ExternalName', ports: [{ port: 443 }] } })
})
after(() => scope[Symbol.asyncDispose]())

/** A webhook that answers by its path. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '', 'https://x')
  if (pathname === '/silent') return
  const [, code] = /^\/code\/(\d+)$/.exec(pathname) ?? []
  const text =
    pathname === '/malformed'
      ? '{'
      : pathname === '/status'
        ? JSON.stringify({ kind: 'Status', apiVersion: 'v1', message: 'said by the webhook' })
        : code === undefined
          ? JSON.stringify({ host: request.headers.host, search })
          : 'text'
  response.writeHead(Number(code ?? (pathname === '/status' ? 500 : 200)), { 'content-type': 'application/json' })
  response.end(text)
}

async function listen(names: readonly string[]): Promise<number> {
  const { key, certificate } = authority.issueServer(names)
  const server = createServer({ key, cert: certificate }, answer)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scope.hold({
    [Symbol.asyncDispose]: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
  return (server.address() as AddressInfo).port
}

function put(collection: string, key: string, fields: object) {
  const [namespace = '', name = ''] = key.split('/')
  const object = { apiVersion: 'v1', kind: 'X', metadata: { name, namespace }, ...fields }
  return store.write({ collection, key }, () => ({ put: object }))
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

const call = (clientConfig: WebhookClientConfig, timeoutSeconds = 10) =>
  webhooks.call({ clientConfig, review: {}, timeoutSeconds })
const service = (name: string) => ({ service: { name, namespace: 'tests', path: '/x' }, caBundle })

test('a webhook is reached by its URL, and told how long it has', async () => {
  const said = await call({ url: `https://127.0.0.1:${port}/x`, caBundle })
  assert.deepEqual(said, { host: `127.0.0.1:${port}`, search: '?timeout=10s' })
})

test('a webhook is reached by its Service, under the name of the Service', async () => {
  assert.deepEqual(await call(service('hook'), 3), { host: 'hook.tests.svc:443', search: '?timeout=3s' })
})

const url = (path: string, bundle = caBundle) => ({ url: `https://127.0.0.1:${port}${path}`, caBundle: bundle })
const REFUSED: readonly [what: string, config: () => WebhookClientConfig, code: string, message: RegExp][] = [
  [
    'a certificate of somebody else',
    () => url('/x', base64(stranger.certificate)),
    'webhook/unreachable',
    /^Post "https:\/\/127\.0\.0\.1:\d+\/x\?timeout=1s": tls: failed to verify certificate: x509: certificate signed by unknown authority$/,
  ],
  [
    'nobody listens',
    () => ({ url: 'https://127.0.0.1:1/x', caBundle }),
    'webhook/unreachable',
    /^Post "https:\/\/127\.0\.0\.1:1\/x\?timeout=1s": dial tcp 127\.0\.0\.1:1: connect: connection refused$/,
  ],
  [
    'no such Service',
    () => service('nobody'),
    'webhook/unreachable',
    /^Post "https:\/\/nobody\.tests\.svc:443\/x\?timeout=1s": service "nobody" not found$/,
  ],
  ['a Service without Endpoints', () => service('alone'), 'webhook/unreachable', /: endpoints "alone" not found$/],
  [
    'a Service with no address behind it',
    () => service('empty'),
    'webhook/unreachable',
    /: no endpoints available for service "empty"$/,
  ],
  [
    'a port that the Service has not',
    () => ({ ...service('hook'), service: { name: 'hook', namespace: 'tests', port: 8443 } }),
    'webhook/unreachable',
    /^Post "https:\/\/hook\.tests\.svc:8443\/\?timeout=1s": no service port 8443 found for service "hook"$/,
  ],
  [
    'a Service that leads outside',
    () => service('outside'),
    'webhook/unreachable',
    /: unsupported service type "ExternalName"$/,
  ],
  ['a status of its own', () => url('/status'), 'webhook/refused', /^said by the webhook$/],
  [
    'a server error',
    () => url('/code/500'),
    'webhook/refused',
    /^an error on the server \("text"\) has prevented the request from succeeding$/,
  ],
  ['no such path', () => url('/code/404'), 'webhook/refused', /^the server could not find the requested resource$/],
  ['what is no JSON', () => url('/malformed'), 'webhook/malformed', /^couldn't get version\/kind; json parse error: /],
]

for (const [what, config, code, message] of REFUSED) {
  test(`a webhook fails with ${what}`, async () => {
    await assert.rejects(call(config(), 1), (fault: unknown) => {
      assert.ok(fault instanceof WebhookFault)
      assert.match(fault.message, message)
      assert.equal(fault.code, code)
      return true
    })
  })
}

test('a webhook that says nothing is given up', async () => {
  const fault = await call(url('/silent'), 0.05).catch((thrown: unknown) => thrown)
  assert.ok(fault instanceof WebhookFault)
  assert.equal(fault.code, 'webhook/timeout')
  assert.match(fault.message, /: context deadline exceeded$/)
})
