import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CUSTOM_KINDS } from '../../api/kinds.ts'
import { parseKubeconfig } from '../../api/remote/kubeconfig.ts'
import { systemClock } from '../../host/clock.ts'
import { createLog } from '../../host/log.ts'
import { dice } from '../../host/simulated/dice.ts'
import { openApiServer } from '../server.ts'

const ROUNDS = 800

const PARTS = [
  'api',
  'apis',
  'v1',
  'tinkerbell.org',
  'v1alpha1',
  'namespaces',
  'default',
  'hardware',
  'pods',
  'secrets',
  'a',
  'b',
  'status',
  'log',
  'openapi',
  'v3',
  '%00',
  '%',
  '..',
  'é',
  '',
]
const HARDWARE = '/apis/tinkerbell.org/v1alpha1/namespaces/default/hardware'
const QUERIES = [
  'limit=1',
  'limit=-1',
  'continue=eA',
  'watch=1&timeoutSeconds=1&resourceVersion=5',
  'labelSelector=a%3Db',
  'labelSelector=a%20in%20(',
  'fieldSelector=metadata.name%3Da',
  'resourceVersion=x',
  'dryRun=All',
  'dryRun=1',
  'fieldValidation=Strict',
  'fieldValidation=no',
  'pretty',
  '%',
  '&&&',
]
const TYPES = [
  'application/json',
  'application/yaml',
  'application/merge-patch+json',
  'application/json-patch+json',
  'application/strategic-merge-patch+json',
  'application/vnd.kubernetes.protobuf',
  'text/plain',
  '',
]
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const VALUES = [null, 0, -1, 1e300, '', 'a', 'é\u0000', true, [], {}, [[]], { a: null }, ['a', 'a']]
const FIELDS = [
  'metadata',
  'name',
  'namespace',
  'labels',
  'spec',
  'status',
  'interfaces',
  'dhcp',
  'mac',
  'kind',
  'apiVersion',
  'finalizers',
  'ownerReferences',
  '__proto__',
  'constructor',
  'x',
  'op',
  'path',
  'value',
  'from',
  '$patch',
  'resourceVersion',
  'deletionTimestamp',
  'generateName',
]

test('whatever comes in, a Status or an object goes out, and no bug is met', { timeout: 120_000 }, async t => {
  const dataDir = mkdtempSync(join(tmpdir(), 'bellhop-fuzz-'))
  const seed = Math.floor(Math.random() * 2 ** 31)
  t.diagnostic(`seed ${seed}`)
  const random = dice(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const bugs: string[] = []
  const log = createLog(systemClock, line => line.level === 'error' && bugs.push(JSON.stringify(line.facts)))
  const server = await openApiServer({ dataDir, host: { clock: systemClock, log, random }, kinds: CUSTOM_KINDS })
  const door = await server.listen({ address: '127.0.0.1', port: 0 })
  t.after(async () => {
    await door[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const { certificate: cert, key, authority: ca } = parseKubeconfig(door.kubeconfig)
  const agent = new Agent({ keepAlive: true, cert, key, ca, maxSockets: 8 })
  t.after(() => agent.destroy())

  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.3) return pick(VALUES)
    const members = Array.from({ length: Math.floor(random() * 4) }, () => [pick(FIELDS), value(depth - 1)])
    return random() < 0.2 ? members.map(([, member]) => member) : Object.fromEntries(members)
  }
  const body = (): string => {
    const object =
      random() < 0.5
        ? { metadata: { name: pick(['a', 'b']), labels: value(2) }, spec: value(4), status: value(2) }
        : value(5)
    const text = JSON.stringify(object) ?? ''
    return random() < 0.1 ? text.slice(0, Math.floor(random() * text.length)) : text
  }
  const path = () => {
    const random7 = `/${Array.from({ length: Math.floor(random() * 7) }, () => pick(PARTS)).join('/')}`
    const base = random() < 0.5 ? pick([HARDWARE, `${HARDWARE}/a`, `${HARDWARE}/a/status`]) : random7
    return random() < 0.4 ? `${base}?${pick(QUERIES)}` : base
  }
  /** Half of the requests make sense but for their bodies. */
  const call = (): readonly [method: string, target: string, type: string] => {
    if (random() < 0.5) return [pick(METHODS), path(), pick(TYPES)]
    const query = random() < 0.3 ? `?${pick(QUERIES)}` : ''
    const name = pick(['/a', '/b', '/a/status'])
    if (random() < 0.4) return ['POST', `${HARDWARE}${query}`, pick(TYPES.slice(0, 2))]
    if (random() < 0.8) return ['PATCH', `${HARDWARE}${name}${query}`, pick(TYPES.slice(2, 4))]
    return [pick(['PUT', 'GET', 'DELETE']), `${HARDWARE}${name}${query}`, 'application/json']
  }
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const [method, target, type] = call()
      const says = `${method} ${target} ${type}`
      const sent = method === 'GET' || method === 'HEAD' ? '' : body()
      const { hostname, port } = new URL(door.url)
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(sent) }
      const outgoing = request({
        hostname,
        port,
        agent,
        method,
        path: encodeURI(target).replaceAll('%25', '%'),
        headers,
      })
      outgoing.on('error', error => reject(new Error(`${says} ${sent}`, { cause: error })))
      outgoing.on('response', async response => {
        let text = ''
        for await (const chunk of response) text += chunk
        if (text.includes('see the log of the server')) reject(new Error(`${says} ${sent}: ${text}`))
        else if ((response.statusCode ?? 0) >= 400 && method !== 'HEAD') {
          const plain = String(response.headers['content-type']).startsWith('text/plain')
          if (!plain && JSON.parse(text).kind !== 'Status') reject(new Error(`${says}: ${text}`))
        }
        resolve()
      })
      outgoing.end(sent)
    })
  for (let round = 0; round < ROUNDS; round += 8) await Promise.all(Array.from({ length: 8 }, ask))
  assert.deepEqual(bugs, [])
})
