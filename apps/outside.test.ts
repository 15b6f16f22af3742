import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Event, Namespace, Pod } from '../machinery/api/core.ts'
import { Hardware } from '../machinery/api/hardware.ts'
import { make, resourceName } from '../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import { Lease } from '../machinery/api/lease.ts'
import { loadKubeconfig } from '../machinery/api/remote/kubeconfig.ts'
import { openApiServer } from '../machinery/apiserver/server.ts'
import { systemClock } from '../machinery/host/clock.ts'
import type { Host } from '../machinery/host/host.ts'
import { createLog, silentLog } from '../machinery/host/log.ts'
import { aborted, Scope } from '../machinery/host/scope.ts'
import type { Seat } from './cluster.ts'
import { readConfig } from './config.ts'
import { Definition, installDefinitions, MANAGED_BY, ownDefinition, VERSION } from './definitions.ts'
import { LEASE, openOutside } from './outside.ts'

const root = mkdtempSync(join(tmpdir(), 'bellhop-outside-'))
process.on('exit', () => rmSync(root, { recursive: true, force: true }))
const host: Host = { clock: systemClock, log: silentLog, random: Math.random }

/** A cluster that is there already, and has never heard of our kinds; replicas of ours come to it. */
async function open(scope: Scope) {
  const dataDir = mkdtempSync(join(root, 'd-'))
  const server = scope.hold(await openApiServer({ dataDir, host, kinds: [] }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  const client = server.client({ user: 'operator', groups: ['system:masters'] })
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  const replica = async (version = '0.2.0') => {
    const lines: string[] = []
    const log = createLog(systemClock, ({ sentence, facts }) => lines.push(`${sentence} ${facts.name ?? ''}`.trim()))
    const options = { config: readConfig({ flags: {}, environment: {} }), version, host: { ...host, log } }
    const cluster = scope.hold(await openOutside(options, loadKubeconfig(door.kubeconfigPath), stop.signal))
    const led = Promise.withResolvers<Seat>()
    const leave = new AbortController()
    const serving = () => {
      const signal = AbortSignal.any([stop.signal, leave.signal])
      const work = (seat: Seat) => {
        led.resolve(seat)
        return aborted(seat.signal)
      }
      const served = cluster.serve(work, signal)
      const go = () => {
        leave.abort()
        return served
      }
      return { led: led.promise, leave: go }
    }
    return { cluster, lines, serving }
  }
  return { client, replica, stop }
}

test('a cluster that knows none of our kinds is given them, and our namespace, and no Pods', async () => {
  await using scope = new Scope()
  const { client, replica } = await open(scope)
  const { lines } = await replica()
  assert.deepEqual(
    lines,
    CUSTOM_KINDS.map(kind => `definition installed ${resourceName(kind)}`),
  )
  assert.ok(await client.get(Namespace, { name: 'eksa-system' }))
  const made = make(Hardware, { metadata: { name: 'rack1', namespace: 'eksa-system' }, spec: {} })
  assert.ok(await client.create(Hardware, made))
  assert.deepEqual((await client.list(Pod)).items, [])
  assert.deepEqual((await replica()).lines, [], 'a second replica finds all of it')
})

test('definitions of an older bellhop are brought up to date, those of a newer one are left', async () => {
  await using scope = new Scope()
  const { client, replica } = await open(scope)
  await replica('0.2.0')
  const [first, second] = CUSTOM_KINDS.map(resourceName)
  const name = first ?? ''
  const other = {
    metadata: { annotations: { 'bellhop.dev/digest': 'another' } },
    spec: { names: { categories: ['old'] } },
  }
  await client.patch(Definition, { name }, { body: other })
  const newer = { metadata: { annotations: { 'bellhop.dev/digest': 'another', [VERSION]: '0.10.0' } } }
  await client.patch(Definition, { name: second ?? '' }, { body: newer })
  const { lines } = await replica('0.3.0')
  assert.deepEqual(lines, [
    `definition brought up to date ${first}`,
    `the definition is of a newer bellhop and left as it is ${second}`,
  ])
  const now = await client.get(Definition, { name })
  assert.equal(now?.metadata.annotations?.[VERSION], '0.3.0')
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  assert.deepEqual(now?.spec.names, ownDefinition(kind, '0.3.0').spec.names)
})

test('a definition of somebody else that is not enough is refused by name, and nothing is installed', async () => {
  await using scope = new Scope()
  const { client, replica } = await open(scope)
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  const ours = ownDefinition(kind, '1')
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object' } } } } as const
  const versions = [{ name: 'v1alpha1', served: true, storage: true, schema, subresources: { status: {} } }]
  await client.create(Definition, { ...ours, metadata: { name: ours.metadata.name }, spec: { ...ours.spec, versions } })
  await assert.rejects(replica(), {
    code: 'definitions/foreign',
    message: new RegExp(
      'the CustomResourceDefinition hardware.tinkerbell.org was installed by somebody else, and bellhop cannot work ' +
        'with it: .*spec.* is missing.*; let bellhop replace it: `kubectl label crd hardware.tinkerbell.org ' +
        `${MANAGED_BY}=bellhop\`, or delete it`,
    ),
  })
  assert.deepEqual(
    (await client.list(Definition)).items.map(({ metadata }) => metadata.name),
    ['hardware.tinkerbell.org'],
  )
  await client.patch(
    Definition,
    { name: ours.metadata.name },
    { body: { metadata: { labels: { [MANAGED_BY]: 'bellhop' } } } },
  )
  const { lines } = await replica()
  assert.equal(lines[0], 'definition brought up to date hardware.tinkerbell.org')
})

test('a definition that the API server does not take up is told of, with what the server says of it', async () => {
  await using scope = new Scope()
  const { client } = await open(scope)
  const [kind] = CUSTOM_KINDS
  assert.ok(kind)
  const conditions = [{ type: 'NamesAccepted', status: 'False', message: 'the plural is taken' }]
  const stuck = { ...ownDefinition(kind, '1'), status: { conditions } }
  const mute = {
    ...client,
    get: () => Promise.resolve(stuck as never),
    async *watch(_: unknown, { signal }: { signal: AbortSignal }) {
      await aborted(signal)
      yield* []
    },
  }
  const clock = { ...systemClock, wait: () => Promise.resolve() }
  const { signal } = new AbortController()
  const installing = installDefinitions([kind], { client: mute, host: { ...host, clock }, version: '1', signal })
  await assert.rejects(installing, {
    code: 'definitions/not-established',
    message: /^the API server did not take up .* hardware.tinkerbell.org in 30 s: the plural is taken$/,
  })
})

test('one replica leads, and when it goes another one does', { timeout: 60_000 }, async () => {
  await using scope = new Scope()
  const { client, replica } = await open(scope)
  const first = (await replica()).serving()
  const seat = await first.led
  const holder = async () => (await client.get(Lease, LEASE))?.spec?.holderIdentity
  const leader = await holder()
  const second = (await replica()).serving()
  seat.onHealth({ service: 'hegel', what: 'metadata', start: () => Promise.reject() }, 'another program has this port')
  await first.leave()
  await second.led
  assert.notEqual(await holder(), leader)
  assert.equal((await client.get(Lease, LEASE))?.spec?.leaseTransitions, 1)
  await second.leave()
  assert.equal(await holder(), '')
})

test('a part that does not serve is told of by an Event on the Lease', async () => {
  await using scope = new Scope()
  const { client, replica } = await open(scope)
  const { cluster, serving } = await replica()
  const { led, leave } = serving()
  const { onHealth } = await led
  const part = { service: 'hegel', what: 'metadata', start: () => Promise.reject() } as const
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  const { resourceVersion } = await client.list(Event)
  const seen = client.watch(Event, { resourceVersion, signal: stop.signal })[Symbol.asyncIterator]()
  const next = async () => {
    const { value } = await seen.next()
    assert.ok(value && value.type === 'ADDED')
    const { involvedObject, type, reason, message } = value.object
    return [involvedObject.kind, involvedObject.name, type, reason, message].join(' ')
  }
  onHealth(part, undefined)
  onHealth(part, 'the port is taken')
  assert.equal(await next(), 'Lease bellhop Warning ServiceUnhealthy metadata of hegel: the port is taken')
  onHealth(part, undefined)
  assert.equal(await next(), 'Lease bellhop Normal ServiceServes metadata of hegel serves again')
  await leave()
  await cluster[Symbol.asyncDispose]()
})
