import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Hardware } from '../api/hardware.ts'
import { make } from '../api/kind.ts'
import { CUSTOM_KINDS } from '../api/kinds.ts'
import { remoteClient } from '../api/remote/client.ts'
import { type Kubeconfig, loadKubeconfig } from '../api/remote/kubeconfig.ts'
import { systemClock } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { clientContract } from './client.contract.ts'
import { openApiServer } from './server.ts'

const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
const root = mkdtempSync(join(tmpdir(), 'bellhop-api-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))

async function open(dataDir = mkdtempSync(join(root, 'd-'))) {
  const scope = new Scope()
  const server = scope.hold(await openApiServer({ dataDir, host, kinds: CUSTOM_KINDS }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  const config = loadKubeconfig(door.kubeconfigPath)
  const client = scope.hold(remoteClient(config))
  return { client, config, server, door, dataDir, [Symbol.asyncDispose]: () => scope[Symbol.asyncDispose]() }
}

clientContract('over HTTPS', open)

type Ask = { method?: string; body?: string; headers?: Record<string, string>; anonymous?: boolean }

function ask(config: Kubeconfig, path: string, { method = 'GET', body, headers = {}, anonymous = false }: Ask = {}) {
  const own = anonymous ? {} : { cert: config.certificate, key: config.key }
  return new Promise<{ code: number; text: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const outgoing = request(config.server + path, { method, headers, ca: config.authority, agent: false, ...own })
    outgoing.on('error', reject)
    outgoing.on('response', async response => {
      let text = ''
      for await (const chunk of response) text += chunk
      resolve({ code: response.statusCode ?? 0, text, headers: response.headers })
    })
    outgoing.end(body)
  })
}

test('objects, the authority and old kubeconfigs live through a restart; a watch goes on from before it', async () => {
  const first = await open()
  const made = await first.client.create(
    Hardware,
    make(Hardware, { metadata: { name: 'a', namespace: 'default' }, spec: {} }),
  )
  const { resourceVersion } = await first.client.list(Hardware)
  await first.client.delete(Hardware, { name: 'a', namespace: 'default' })
  await first[Symbol.asyncDispose]()

  await using second = await open(first.dataDir)
  using old = remoteClient({ ...first.config, server: second.config.server })
  assert.equal(await old.get(Hardware, { name: 'a', namespace: 'default' }), undefined)
  for await (const event of old.watch(Hardware, { resourceVersion, signal: AbortSignal.timeout(5000) })) {
    assert.equal(event.type, 'DELETED')
    assert.equal(event.type === 'DELETED' && event.object.metadata.uid, made.metadata.uid)
    break
  }
  assert.equal(statSync(second.door.kubeconfigPath).mode & 0o777, 0o600)
})

test('without a certificate of the authority there is health and version, and nothing else', async () => {
  await using api = await open()
  for (const path of ['/healthz', '/livez', '/readyz', '/version']) {
    assert.equal((await ask(api.config, path, { anonymous: true })).code, 200)
  }
  for (const path of ['/api', '/apis', '/openapi/v3', '/api/v1/secrets', '/nothing']) {
    const { code, text } = await ask(api.config, path, { anonymous: true })
    assert.equal(code, 401, path)
    assert.equal(JSON.parse(text).kind, 'Status')
  }
})

test('whatever is asked wrongly is answered with a Status that says so', async () => {
  await using api = await open()
  const json = { 'content-type': 'application/json' }
  const hardware = '/apis/tinkerbell.org/v1alpha1/namespaces/default/hardware'
  const cases: readonly [string, Ask, number, RegExp][] = [
    ['/apis/nothing', {}, 404, /could not find the requested resource/],
    ['/api/v1/namespaces/default/nothing', {}, 404, /could not find/],
    ['/api/v1/namespaces/default/pods/x', {}, 404, /pods "x" not found/],
    ['/%zz', {}, 400, /invalid URL escape/],
    ['/api/v1/pods?limit=x', {}, 400, /strconv.ParseInt: parsing "x": invalid syntax/],
    ['/api/v1/pods?continue=x', {}, 400, /continue key is not valid/],
    ['/api/v1/pods?labelSelector=%21%21', {}, 400, /unable to parse requirement/],
    ['/api/v1/pods?fieldSelector=spec.x%3D1', {}, 400, /field label not supported: spec.x/],
    ['/api/v1/pods?resourceVersion=999999', {}, 504, /Too large resource version/],
    [hardware, { method: 'POST', headers: json, body: '{' }, 400, /is not JSON/],
    [hardware, { method: 'POST', headers: json, body: '[]' }, 400, /not a JSON object/],
    [hardware, { method: 'POST', headers: json, body: '['.repeat(200) + ']'.repeat(200) }, 400, /nested deeper/],
    [hardware, { method: 'POST', headers: json, body: `"${'x'.repeat(4_000_000)}"` }, 413, /too large/],
    [hardware, { method: 'POST', headers: { 'content-type': 'text/html' }, body: 'x' }, 415, /unknown format/],
    [hardware, { method: 'POST', headers: json, body: '{"kind":"Pod"}' }, 400, /Kind=Pod/],
    [
      hardware,
      { method: 'POST', headers: json, body: '{"metadata":{"name":7}}' },
      400,
      /cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string/,
    ],
    [
      hardware,
      { method: 'POST', headers: json, body: '{"metadata":{"labels":{"a":1},"name":"a"}}' },
      422,
      /metadata.labels.a/,
    ],
    [hardware, { method: 'PUT', headers: json, body: '{}' }, 405, /does not allow this method/],
    [
      `${hardware}/a`,
      { method: 'PATCH', headers: { 'content-type': 'application/strategic-merge-patch+json' }, body: '{}' },
      415,
      /merge-patch/,
    ],
    [`${hardware}/a`, { method: 'BREW' as 'GET' }, 400, /^$/],
  ]
  for (const [path, how, code, says] of cases) {
    const answer = await ask(api.config, path, how).catch(error => ({ code: 400, text: '', error }))
    assert.equal(answer.code, code, `${how.method ?? 'GET'} ${path}: ${answer.text}`)
    if (answer.text) assert.match(JSON.parse(answer.text).message, says)
  }
})

test('unknown and duplicate fields are refused, warned of, or ignored, as the client wishes', async () => {
  await using api = await open()
  const post = (validation: string, name: string) =>
    ask(api.config, `/apis/tinkerbell.org/v1alpha1/namespaces/default/hardware?fieldValidation=${validation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"metadata":{"name":"${name}","name":"${name}"},"spec":{"nope":1}}`,
    })
  const strict = await post('Strict', 'a')
  assert.equal(strict.code, 400)
  assert.match(strict.text, /strict decoding error: duplicate field \\"metadata.name\\"/)
  const warned = await post('Warn', 'b')
  assert.equal(warned.code, 201)
  assert.match(String(warned.headers.warning), /299 - "duplicate field \\"metadata.name\\""/)
  assert.match(String(warned.headers.warning), /unknown field \\"spec.nope\\"/)
  assert.deepEqual(JSON.parse(warned.text).spec, {})
  assert.equal((await post('Ignore', 'c')).headers.warning, undefined)
})

test('lists come in pages that together are the whole', async () => {
  await using api = await open()
  const names = Array.from({ length: 1203 }, (_, n) => `h${String(n).padStart(4, '0')}`)
  const client = api.server.client({ user: 'test', groups: ['system:masters'] })
  await Promise.all(
    names.map(name => client.create(Hardware, make(Hardware, { metadata: { name, namespace: 'default' }, spec: {} }))),
  )
  const { items } = await api.client.list(Hardware)
  assert.deepEqual(
    items.map(item => item.metadata.name),
    names,
  )
  assert.equal(items[0]?.kind, 'Hardware')
})
