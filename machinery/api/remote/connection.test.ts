import assert from 'node:assert/strict'
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { authorityOf, newAuthority } from '../../apiserver/pki/authority.ts'
import { systemClock } from '../../host/clock.ts'
import { Scope } from '../../host/scope.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { ConfigMap } from '../core.ts'
import { isApiFault } from '../fault.ts'
import { remoteClient } from './client.ts'
import type { ConnectionOptions } from './connection.ts'
import type { Kubeconfig } from './kubeconfig.ts'

const own = newAuthority(systemClock)
const issued = authorityOf(own, systemClock).issueServer(['localhost', '127.0.0.1', 'api.test'])

type Answer = (request: IncomingMessage, response: ServerResponse, turn: number) => void
const KEY = { name: 'a', namespace: 'n' }
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: KEY, data: { a: 'b' } }

const send = (response: ServerResponse, code: number, body: object, headers: Record<string, string> = {}) =>
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const status = (code: number, reason: string) => ({ kind: 'Status', code, reason, message: reason })

/** An API server that answers as it is told, and what it heard. */
async function serve(scope: Scope, answer: Answer) {
  const heard: IncomingMessage[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ key: issued.key, cert: issued.certificate }, (request, response) => {
    request.resume()
    heard.push(request)
    answer(request, response, heard.length)
  })
  server.on('secureConnection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  scope.onClose(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const config = { server: `https://127.0.0.1:${port}`, authority: own.certificate, namespace: 'default' }
  const open = (more: Partial<Kubeconfig> = {}, options: ConnectionOptions = {}) =>
    scope.hold(remoteClient({ ...config, ...more }, options))
  return { open, heard, port, sockets }
}

/** Moves the clock to the end of each wait until the work is done; returns how long each wait was. */
async function waits(clock: SimulatedClock, work: Promise<unknown>): Promise<number> {
  const begun = clock.now()
  const over = new AbortController()
  void work.catch(() => undefined).finally(() => over.abort())
  while (!over.signal.aborted) {
    if (clock.waiting > 0) await clock.advance(100)
    await new Promise(resolve => setImmediate(resolve))
  }
  return clock.now() - begun
}

test('credentials that are refused are fetched once more, and no more often', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, (request, response) => {
    const good = request.headers.authorization === 'Bearer new'
    send(response, good ? 200 : 401, good ? object : status(401, 'Unauthorized'))
  })
  const tokens = ['old', 'new', 'newer']
  const credentials = {
    current: async () => ({ token: tokens[0] ?? '' }),
    refuse: () => void tokens.shift(),
  }
  assert.deepEqual(await open({ credentials }).get(ConfigMap, KEY), object)
  assert.deepEqual(
    heard.map(({ headers }) => headers.authorization),
    ['Bearer old', 'Bearer new'],
  )
  const hopeless = { current: async () => ({ token: 'bad' }), refuse: () => undefined }
  await assert.rejects(open({ credentials: hopeless }).get(ConfigMap, KEY), fault => isApiFault(fault, 'Unauthorized'))
  assert.equal(heard.length, 4)
  await assert.rejects(open({ token: 'bad' }).get(ConfigMap, KEY), fault => isApiFault(fault, 'Unauthorized'))
  assert.equal(heard.length, 5, 'a token that never changes is not tried twice')
})

test('a server that is busy and says until when is waited for, whatever was asked', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, (_, response, turn) => {
    if (turn === 1) send(response, 429, status(429, 'TooManyRequests'), { 'retry-after': '2' })
    else if (turn === 2) send(response, 503, status(503, 'ServiceUnavailable'), { 'retry-after': '3' })
    else send(response, 201, object)
  })
  const clock = new SimulatedClock()
  const work = open({}, { clock }).create(ConfigMap, object)
  assert.equal(await waits(clock, work), 5000)
  assert.deepEqual(await work, object)
  assert.equal(heard.length, 3)
})

test('a server that never has time is given up, and one that says nothing of when is not asked again', async () => {
  await using scope = new Scope()
  const busy = await serve(scope, (_, response) =>
    send(response, 429, status(429, 'TooManyRequests'), { 'retry-after': '3600' }),
  )
  const clock = new SimulatedClock()
  const work = busy.open({}, { clock }).get(ConfigMap, KEY)
  assert.equal(await waits(clock, work), 120_000, 'four waits of half a minute, and no more')
  await assert.rejects(work, fault => isApiFault(fault, 'TooManyRequests'))
  const silent = await serve(scope, (_, response) => send(response, 503, status(503, 'ServiceUnavailable')))
  await assert.rejects(silent.open().get(ConfigMap, KEY), fault => isApiFault(fault, 'ServiceUnavailable'))
  assert.equal(silent.heard.length, 1)
})

test('a read whose connection is lost is sent again, a write is not', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, (request, response, turn) => {
    if (turn % 2 === 1) request.socket.destroy()
    else send(response, 200, object)
  })
  const clock = new SimulatedClock()
  const client = open({}, { clock })
  const read = client.get(ConfigMap, KEY)
  await waits(clock, read)
  assert.deepEqual(await read, object)
  assert.equal(heard.length, 2)
  await assert.rejects(client.create(ConfigMap, object), fault => isApiFault(fault, 'ServiceUnavailable'))
  assert.equal(heard.length, 3)
})

test('answers come compressed where the server can', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(object))),
  )
  assert.deepEqual(await open().get(ConfigMap, KEY), object)
  assert.equal(heard[0]?.headers['accept-encoding'], 'gzip')
  const broken = await serve(scope, (_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(object)).subarray(0, 30)),
  )
  await assert.rejects(broken.open().get(ConfigMap, KEY), /the answer was cut short/)
})

test('requests beyond the rate wait their turn', async () => {
  await using scope = new Scope()
  const { open } = await serve(scope, (_, response) => send(response, 200, object))
  const clock = new SimulatedClock()
  const client = open({}, { clock, rate: { burst: 1, perSecond: 1 } })
  await client.get(ConfigMap, KEY)
  assert.equal(await waits(clock, Promise.all([client.get(ConfigMap, KEY), client.get(ConfigMap, KEY)])), 2000)
})

test('a proxy is asked for a tunnel, and the server is still known by its certificate', async () => {
  await using scope = new Scope()
  const { open, port } = await serve(scope, (_, response) => send(response, 200, object))
  const asked: string[] = []
  const proxy = createPlainServer()
  proxy.on('connect', (request, client) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`)
    const behind = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      behind.pipe(client)
      client.pipe(behind)
    })
    client.on('error', () => behind.destroy())
    behind.on('error', () => client.destroy())
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  scope.onClose(() => void proxy.close())
  const url = `http://u:p@127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const client = open({ server: `https://api.test:${port}`, proxy: url })
  assert.deepEqual(await client.get(ConfigMap, KEY), object)
  assert.deepEqual(asked, [`api.test:${port} Basic ${Buffer.from('u:p').toString('base64')}`])
  const stranger = open({ server: `https://other.test:${port}`, proxy: url })
  await assert.rejects(stranger.get(ConfigMap, KEY), /does not answer: .*other.test/)
  const named = open({ server: `https://other.test:${port}`, serverName: 'api.test', proxy: url })
  assert.deepEqual(await named.get(ConfigMap, KEY), object)
})

test('whom to act as is said with each request', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, (_, response) => send(response, 200, object))
  await open({ headers: { 'impersonate-user': 'eve', 'impersonate-group': ['a', 'b'] } }).get(ConfigMap, KEY)
  assert.deepEqual(heard[0]?.headersDistinct['impersonate-group'], ['a', 'b'])
  assert.equal(heard[0]?.headers['impersonate-user'], 'eve')
})

test('an apply names its manager, says what it is of, and forces only when told to', async () => {
  await using scope = new Scope()
  const bodies: string[] = []
  const { open, heard } = await serve(scope, async (request, response) => {
    bodies.push((await request.toArray()).join(''))
    send(response, 200, object)
  })
  const client = open()
  await client.apply(ConfigMap, { metadata: KEY, data: { a: 'b' } }, { manager: 'm' })
  await client.apply(ConfigMap, { metadata: KEY }, { manager: 'm', force: true, subresource: 'status' })
  assert.deepEqual(
    heard.map(({ method, url }) => `${method} ${url}`),
    [
      'PATCH /api/v1/namespaces/n/configmaps/a?fieldManager=m',
      'PATCH /api/v1/namespaces/n/configmaps/a/status?fieldManager=m&force=true',
    ],
  )
  assert.equal(heard[0]?.headers['content-type'], 'application/apply-patch+yaml')
  assert.deepEqual(JSON.parse(bodies[0] ?? ''), object)
})

test('pages that are forgotten while they are read are asked for whole', async () => {
  await using scope = new Scope()
  const { open, heard } = await serve(scope, ({ url = '' }, response) => {
    const { searchParams } = new URL(url, 'https://x')
    const metadata = { resourceVersion: '7' }
    if (searchParams.has('continue')) return send(response, 410, status(410, 'Expired'))
    if (searchParams.has('limit')) return send(response, 200, { items: [], metadata: { ...metadata, continue: 'c' } })
    return send(response, 200, { items: [{ metadata: KEY }], metadata })
  })
  const list = await open().list(ConfigMap)
  assert.deepEqual(list, {
    items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: KEY }],
    resourceVersion: '7',
  })
  assert.equal(heard.length, 3)
})

test('what ends a watch in its stream is thrown as what it says', async () => {
  await using scope = new Scope()
  const { open } = await serve(scope, (_, response) => {
    response.writeHead(200)
    response.write(`${JSON.stringify({ type: 'ADDED', object })}\n`)
    const bookmark = { metadata: { resourceVersion: '9', annotations: { 'k8s.io/initial-events-end': 'true' } } }
    response.write(`${JSON.stringify({ type: 'BOOKMARK', object: bookmark })}\n`)
    response.end(`${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, message: 'too old' } })}\n`)
  })
  const seen: unknown[] = []
  const watching = async () => {
    const { signal } = new AbortController()
    for await (const event of open().watch(ConfigMap, { signal })) seen.push(event)
  }
  await assert.rejects(watching(), fault => isApiFault(fault, 'Expired') && fault.message === 'too old')
  assert.deepEqual(seen, [
    { type: 'ADDED', object },
    { type: 'BOOKMARK', resourceVersion: '9', initial: true },
  ])
})
