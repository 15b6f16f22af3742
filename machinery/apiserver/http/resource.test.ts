import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Namespace, Pod } from '../../api/core.ts'
import { make } from '../../api/kind.ts'
import { systemClock } from '../../host/clock.ts'
import { silentLog } from '../../host/log.ts'
import { openSimulatedApi, type SimulatedApi } from './simulated-api.ts'

const host = { clock: systemClock, log: silentLog, random: Math.random }
const json = { 'content-type': 'application/json' }

async function send(api: SimulatedApi, [method, url]: readonly [string, string], body: object) {
  const said = await api.ask({ method, url, headers: json, body: JSON.stringify(body) })
  return { code: said.code, answer: JSON.parse(said.body.toString()) }
}

test('an evicted pod is gone, and only the one that was meant', async () => {
  await using api = await openSimulatedApi(host)
  const { client } = { client: api.registry.client({ user: 'test', groups: ['system:masters'] }) }
  const metadata = { name: 'a', namespace: 'default' }
  await client.create(Pod, make(Pod, { metadata, spec: { containers: [{ name: 'c', image: 'i' }] } }))
  const path = ['POST', '/api/v1/namespaces/default/pods/a/eviction'] as const
  const wrong = await send(api, path, { metadata: { name: 'b' } })
  assert.deepEqual([wrong.code, wrong.answer.message], [400, 'name in URL does not match name in Eviction object'])
  const other = await send(api, path, { metadata, deleteOptions: { preconditions: { uid: 'x' } } })
  assert.equal(other.code, 409)
  assert.ok(await client.get(Pod, metadata))
  const { code, answer } = await send(api, path, { apiVersion: 'policy/v1', kind: 'Eviction', metadata })
  assert.deepEqual([code, answer.status], [201, 'Success'])
  assert.equal(await client.get(Pod, metadata), undefined)
})

test('a namespace whose finalizer nobody serves any more can be let go by hand', async () => {
  await using api = await openSimulatedApi(host)
  const client = api.registry.client({ user: 'test', groups: ['system:masters'] })
  const spec = { finalizers: ['kubernetes', 'gone.example.com/x'] }
  await client.create(Namespace, { ...make(Namespace, { metadata: { name: 'lab' } }), spec } as never)
  const path = ['PUT', '/api/v1/namespaces/lab/finalize'] as const
  const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab' } }
  assert.deepEqual((await send(api, path, { ...body, spec })).answer.spec, spec)
  await client.delete(Namespace, { name: 'lab' })
  await api.registry.settled()
  assert.ok(await client.get(Namespace, { name: 'lab' }), 'it waits for a finalizer that is not ours')
  assert.equal((await send(api, path, { ...body, spec: { finalizers: [] } })).code, 200)
  assert.equal(await client.get(Namespace, { name: 'lab' }), undefined)
})

test('what a kind does not have below it is not there, and nothing is done to it by another method', async () => {
  await using api = await openSimulatedApi(host)
  const cases: readonly (readonly [string, string, number])[] = [
    ['POST', '/api/v1/namespaces/default/configmaps/a/eviction', 404],
    ['PUT', '/api/v1/namespaces/default/pods/a/finalize', 404],
    ['GET', '/api/v1/namespaces/default/pods/a/toString', 404],
    ['GET', '/api/v1/namespaces/default/pods/a/eviction', 405],
    ['POST', '/api/v1/namespaces/default/finalize', 405],
  ]
  for (const [method, url, code] of cases) assert.equal((await api.ask({ method, url })).code, code, `${method} ${url}`)
})
