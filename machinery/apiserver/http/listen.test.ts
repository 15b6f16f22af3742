import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { gunzipSync } from 'node:zlib'
import { ConfigMap } from '../../api/core.ts'
import { make } from '../../api/kind.ts'
import { parseKubeconfig } from '../../api/remote/kubeconfig.ts'
import { type Clock, systemClock } from '../../host/clock.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { openApiServer } from '../server.ts'

// What Go's clients speak: HTTP/2 chosen by ALPN, many requests on one connection.

const options = { timeout: 20_000 }
const MAPS = '/api/v1/namespaces/default/configmaps'

async function open(context: TestContext, clock: Clock = systemClock) {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-http2-'))
  const server = await openApiServer({
    dataDir,
    host: { clock, log: silentLog, random: Math.random },
    kinds: [],
  })
  const door = await server.listen({ address: '127.0.0.1', port: 0 })
  const { certificate: cert, key, authority: ca } = parseKubeconfig(door.kubeconfig)
  const session = connect(door.url, { cert, key, ca })
  context.after(async () => {
    session.destroy()
    await door[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const client = server.client({ user: 'test', groups: ['system:masters'] })
  const put = (name: string, data: Record<string, string> = {}) =>
    client.create(ConfigMap, make(ConfigMap, { metadata: { name, namespace: 'default' }, data }))
  return { session, door, put, kubeconfigPath: door.kubeconfigPath }
}

async function get(session: ClientHttp2Session, path: string, headers: Record<string, string> = {}) {
  const stream = session.request({ ':path': path, ...headers })
  const head = await new Promise<Record<string, unknown>>((resolve, reject) =>
    stream.once('response', resolve).once('error', reject),
  )
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return { head, body: Buffer.concat(chunks) }
}

test('many requests share one HTTP/2 connection, each with its own answer', options, async context => {
  const { session, put } = await open(context)
  const names = Array.from({ length: 40 }, (_, at) => `map-${at}`)
  await Promise.all(names.map(name => put(name)))
  const answers = await Promise.all(names.map(name => get(session, `${MAPS}/${name}`)))
  assert.equal(session.alpnProtocol, 'h2')
  assert.deepEqual(
    answers.map(({ body }) => JSON.parse(body.toString()).metadata.name),
    names,
  )
  const missing = await get(session, `${MAPS}/none`)
  assert.equal(missing.head[':status'], 404)
  assert.equal(JSON.parse(missing.body.toString()).message, 'configmaps "none" not found')
})

test(
  'a watch over HTTP/2 ends when the server closes, and the connection is told to go away',
  options,
  async context => {
    const { session, door, put } = await open(context)
    const stream = session.request({ ':path': `${MAPS}?watch=true&fieldSelector=metadata.name%3Da` })
    const lines = createInterface(stream)[Symbol.asyncIterator]()
    await put('a')
    assert.equal(JSON.parse((await lines.next()).value ?? '').object.metadata.name, 'a')
    const goneAway = new Promise(resolve => session.once('goaway', resolve))
    await door[Symbol.asyncDispose]()
    assert.equal((await lines.next()).done, true)
    assert.equal(await goneAway, 0)
  },
)

test('long answers are packed for those who can unpack them, short ones never', options, async context => {
  const { session, put } = await open(context)
  await put('long', { text: 'all work and no play '.repeat(10_000) })
  await put('short')
  const packed = await get(session, `${MAPS}/long`, { 'accept-encoding': 'gzip, deflate' })
  assert.equal(packed.head['content-encoding'], 'gzip')
  assert.ok(packed.body.length < 20_000, `${packed.body.length} bytes`)
  assert.equal(JSON.parse(gunzipSync(packed.body).toString()).metadata.name, 'long')
  for (const [name, encodings] of [
    ['long', 'identity'],
    ['long', 'gzip;q=0, br'],
    ['short', 'gzip'],
  ] as const) {
    const plain = await get(session, `${MAPS}/${name}`, { 'accept-encoding': encodings })
    assert.equal(plain.head['content-encoding'], undefined)
    assert.equal(JSON.parse(plain.body.toString()).metadata.name, name)
  }
})

test('YAML is answered to those who ask for it', options, async context => {
  const { session, put } = await open(context)
  await put('a', { key: 'value' })
  const { head, body } = await get(session, `${MAPS}/a`, { accept: 'application/yaml' })
  assert.equal(head['content-type'], 'application/yaml')
  assert.match(body.toString(), /^apiVersion: v1\ndata:\n {2}key: value\nkind: ConfigMap\n/)
})

test('certificates are made anew each week, and connections that are open stay', options, async context => {
  const clock = new SimulatedClock(Date.now())
  const { door, session, kubeconfigPath } = await open(context, clock)
  const serial = async () => {
    // Its clock will be ahead of ours: the new certificate is not valid yet.
    const { authority: ca } = parseKubeconfig(door.kubeconfig)
    const socket = connectTls({ port: door.port, host: '127.0.0.1', ca, rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const { serialNumber } = socket.getPeerCertificate()
    socket.destroy()
    return serialNumber
  }
  const [first, key] = [await serial(), readFileSync(kubeconfigPath, 'utf8')]
  await get(session, MAPS)
  await clock.advance(8 * 24 * 3600 * 1000)
  assert.notEqual(await serial(), first)
  assert.notEqual(readFileSync(kubeconfigPath, 'utf8'), key)
  assert.equal((await get(session, MAPS)).head[':status'], 200)
})
