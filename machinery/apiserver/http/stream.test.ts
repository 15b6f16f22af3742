import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { Secret } from '../../api/core.ts'
import { make } from '../../api/kind.ts'
import { parseKubeconfig } from '../../api/remote/kubeconfig.ts'
import type { Host } from '../../host/host.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { openApiServer } from '../server.ts'

const options = { timeout: 20_000 }

async function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-watch-'))
  const clock = new SimulatedClock(Date.now())
  const host: Host = { clock, log: silentLog, random: Math.random }
  const server = await openApiServer({ dataDir, host, kinds: [] })
  const door = await server.listen({ address: '127.0.0.1', port: 0 })
  const { certificate: cert, key, authority: ca } = parseKubeconfig(door.kubeconfig)
  const client = server.client({ user: 'test', groups: ['system:masters'] })
  const put = (name: string) => client.create(Secret, make(Secret, { metadata: { name, namespace: 'default' } }))
  const watch = async (query: string, accept = 'application/json') => {
    const outgoing = request(`${door.url}/api/v1/secrets?watch=true&${query}`, {
      cert,
      key,
      ca,
      agent: false,
      headers: { accept },
    }).end()
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      outgoing.on('response', resolve).on('error', reject),
    )
    const lines = createInterface(response)[Symbol.asyncIterator]()
    const next = async () => {
      const { done, value } = await lines.next()
      return done ? undefined : JSON.parse(value)
    }
    return { next, code: response.statusCode, close: () => outgoing.destroy() }
  }
  const close = async () => {
    await door[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { clock, put, watch, close, [Symbol.asyncDispose]: close }
}

test('without a version a watch begins with what is there', options, async () => {
  await using api = await open()
  await api.put('a')
  const { next, close } = await api.watch('')
  assert.equal((await next()).object.metadata.name, 'a')
  await api.put('b')
  const second = await next()
  assert.deepEqual([second.type, second.object.kind, second.object.metadata.name], ['ADDED', 'Secret', 'b'])
  close()
})

test('a streamed list says where it ends, if that is asked for', options, async () => {
  await using api = await open()
  const made = await api.put('a')
  const initial = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true'
  const { next, close } = await api.watch(initial)
  assert.equal((await next()).type, 'ADDED')
  const end = await next()
  assert.equal(end.type, 'BOOKMARK')
  assert.equal(end.object.metadata.annotations['k8s.io/initial-events-end'], 'true')
  assert.equal(end.object.metadata.resourceVersion, made.metadata.resourceVersion)
  close()
  assert.equal((await api.watch('sendInitialEvents=true')).code, 422)
})

test('bookmarks tell of the newest version, and time ends the watch', options, async () => {
  await using api = await open()
  const { metadata } = await api.put('a')
  const from = `resourceVersion=${metadata.resourceVersion}&allowWatchBookmarks=true&timeoutSeconds=90`
  const { next } = await api.watch(from)
  await api.clock.advance(61_000)
  const bookmark = await next()
  assert.deepEqual([bookmark.type, bookmark.object.metadata.resourceVersion], ['BOOKMARK', metadata.resourceVersion])
  await api.clock.advance(30_000)
  const last = await next()
  assert.deepEqual([last.type, last.object.metadata.resourceVersion], ['BOOKMARK', metadata.resourceVersion])
  assert.equal(await next(), undefined)
})

test('a watch can be a Table, or metadata alone', options, async () => {
  await using api = await open()
  await api.put('a')
  const table = await api.watch('', 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json')
  const { object } = await table.next()
  assert.equal(object.kind, 'Table')
  assert.deepEqual(object.rows[0].cells.slice(0, 2), ['a', 'Opaque'])
  await api.put('b')
  const later = await table.next()
  assert.deepEqual([later.object.columnDefinitions, later.object.rows[0].cells[0]], [null, 'b'])
  table.close()
  const partial = await api.watch('', 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io')
  assert.equal((await partial.next()).object.kind, 'PartialObjectMetadata')
  partial.close()
})

test('closing the server ends its watches', options, async () => {
  const api = await open()
  const { next } = await api.watch('resourceVersion=0')
  const last = next()
  await api.close()
  assert.equal(await last, undefined)
})

test(
  'a watch from a version that nobody knows says so in its only frame, where client-go looks for it',
  options,
  async () => {
    await using api = await open()
    await api.put('a')
    const { next, code } = await api.watch('resourceVersion=999999')
    assert.equal(code, 200)
    const { type, object } = await next()
    assert.deepEqual([type, object.reason, object.code], ['ERROR', 'Expired', 410])
    assert.equal(await next(), undefined)
  },
)
