import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { parseKubeconfig } from '../../api/remote/kubeconfig.ts'
import { systemClock } from '../../host/clock.ts'
import { silentLog } from '../../host/log.ts'
import { Scope } from '../../host/scope.ts'
import { openApiServer } from '../server.ts'
import type { Exchange } from './exchange.ts'
import { answerHealth, type HealthCheck } from './health.ts'
import { Limits } from './limits.ts'

// What stands beside the objects: health, metrics, what is found at `/`. Texts are those of kube-apiserver v1.32.9.

const scope = new Scope()
const directory = mkdtempSync(join(tmpdir(), 'bellhop-route-'))
let door: { readonly url: string; readonly kubeconfig: string }

before(async () => {
  const host = { clock: systemClock, log: silentLog, random: Math.random }
  const server = scope.hold(await openApiServer({ dataDir: directory, host, kinds: CUSTOM_KINDS }))
  door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
})
after(async () => {
  await scope[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

type Who = 'admin' | 'nobody'

function get(path: string, who: Who = 'admin', headers: Record<string, string> = {}) {
  const { certificate: cert, key, authority: ca } = parseKubeconfig(door.kubeconfig)
  return new Promise<{ code: number; type: string; text: string }>((resolve, reject) => {
    const own = who === 'admin' ? { cert, key } : {}
    const outgoing = request(door.url + path, { ca, agent: false, headers, ...own }).end()
    outgoing.on('error', reject)
    outgoing.on('response', async response => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ code: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text })
    })
  })
}

const HEALTHY: readonly (readonly [string, string])[] = [
  ['/healthz', 'ok'],
  ['/livez', 'ok'],
  ['/livez?verbose', '[+]ping ok\n[+]store ok\nlivez check passed\n'],
  ['/readyz?verbose', '[+]ping ok\n[+]store ok\n[+]shutdown ok\nreadyz check passed\n'],
  [
    '/healthz?verbose&exclude=store&exclude=nope',
    '[+]ping ok\n[+]store excluded: ok\nwarn: some health checks cannot be excluded: no matches for "nope"\nhealthz check passed\n',
  ],
]

for (const [path, text] of HEALTHY) {
  test(`${path} answers whoever asks`, async () => {
    assert.deepEqual(await get(path, 'nobody'), { code: 200, type: 'text/plain; charset=utf-8', text })
  })
}

test('one check can be asked for by those who may', async () => {
  assert.equal((await get('/readyz/ping')).text, 'ok')
  assert.equal((await get('/readyz/ping', 'nobody')).code, 401)
})

test('a check that fails is named, and why is left to the log', async () => {
  const checks: HealthCheck[] = [
    { name: 'ping', trouble: () => undefined },
    { name: 'store', trouble: () => 'the disk is full' },
  ]
  const said: { code?: number; text?: string } = {}
  const exchange = {
    segments: ['readyz'],
    query: new URLSearchParams(),
    request: { headers: {} },
    response: {
      writeHead: (code: number) => (said.code = code),
      end: (bytes: Buffer) => (said.text = bytes.toString()),
    },
  } as unknown as Exchange
  await answerHealth(checks, exchange)
  assert.deepEqual(said, { code: 500, text: '[+]ping ok\n[-]store failed: reason withheld\nreadyz check failed\n' })
})

test('an unknown check and an unknown path are not there', async () => {
  for (const path of ['/livez/none', '/readyz/ping/more', '/nothing']) {
    const { code, text } = await get(path)
    assert.deepEqual([code, text], [404, '404 page not found\n'], path)
  }
})

test('metrics are for those who may read them, under the names that dashboards ask for', async () => {
  assert.equal((await get('/metrics', 'nobody')).code, 401)
  await get('/api/v1/namespaces')
  const { text, type } = await get('/metrics')
  assert.match(type, /^text\/plain; version=0\.0\.4/)
  assert.match(text, /^apiserver_request_total\{verb="LIST",group="",resource="namespaces",[^}]*code="200"\} \d+$/m)
  await get('/api/v1/inventednow', 'nobody')
  assert.doesNotMatch((await get('/metrics')).text, /inventednow/)
  assert.match(text, /^apiserver_request_duration_seconds_bucket\{le="0\.005",/m)
  assert.match(text, /^apiserver_current_inflight_requests\{request_kind="readOnly"\} \d+$/m)
  assert.match(text, /^apiserver_storage_objects\{resource="namespaces"\} [1-9]\d*$/m)
  assert.match(text, /^bellhop_store_revision \d+$/m)
  assert.match(text, /^process_resident_memory_bytes \d+$/m)
})

test('what there is can be found from the root', async () => {
  const { paths } = JSON.parse((await get('/')).text)
  for (const path of [
    '/api',
    '/api/v1',
    '/apis/apps/v1',
    '/apis/tinkerbell.org',
    '/healthz',
    '/metrics',
    '/openapi/v3',
  ]) {
    assert.ok(paths.includes(path), path)
  }
})

test('a refusal comes in the encoding that the answer would have had', async () => {
  const yaml = await get('/api/v1/namespaces/none', 'admin', { accept: 'application/yaml' })
  assert.match(yaml.text, /^kind: Status$/m)
  const protobuf = await get('/api/v1/namespaces/none', 'admin', { accept: 'application/vnd.kubernetes.protobuf' })
  assert.equal(protobuf.text.slice(0, 4), 'k8s\0')
  assert.match(protobuf.text, /namespaces "none" not found/)
})

test('what is too much is refused with the time to come again, one user cannot take what is there for all', () => {
  const limits = new Limits({ mutating: 1, reading: 1, watches: 3, watchesOfOne: 2 })
  const refused = { code: 'TooManyRequests', details: { retryAfterSeconds: 1 } }
  const first = limits.enter('ann', { verb: 'create' })
  assert.throws(() => limits.enter('bob', { verb: 'patch' }), refused)
  first[Symbol.dispose]()
  limits.enter('bob', { verb: 'patch' })
  limits.enter('bob', { verb: 'get' })
  const watch = { verb: 'watch', resource: 'pods' }
  const [one] = [limits.enter('ann', watch), limits.enter('ann', watch)]
  assert.throws(() => limits.enter('ann', watch), refused)
  limits.enter('bob', watch)
  assert.throws(() => limits.enter('bob', watch), refused)
  one[Symbol.dispose]()
  limits.enter('ann', watch)
})
