import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client, WatchEvent } from '../api/client.ts'
import { ConfigMap, Namespace, Secret } from '../api/core.ts'
import { definitionOf } from '../api/definition.ts'
import { type ApiFault, isApiFault } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import { builtinKind, customKind, make } from '../api/kind.ts'
import type { KubeObject } from '../api/object.ts'
import { integer, object } from '../api/schema.ts'
import { Workflow } from '../api/workflow.ts'

const AT = { namespace: 'default' }
const hardware = (name: string, fields: Partial<Hardware['spec']> = {}) =>
  make(Hardware, { metadata: { name, ...AT }, spec: fields })

type Open = () => Promise<{ readonly client: Client } & AsyncDisposable>

/** What every Client promises, whatever is behind it. */
export function clientContract(of: string, open: Open): void {
  const it = (promise: string, run: (client: Client) => Promise<void>) =>
    test(`${of}: ${promise}`, { timeout: 30_000 }, async () => {
      await using api = await open()
      await run(api.client)
    })

  it('what is created can be read, and has what the server adds', async client => {
    const made = await client.create(Hardware, hardware('a', { agentID: 'x' }))
    assert.match(made.metadata.uid ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4/)
    assert.equal(made.metadata.generation, 1)
    assert.match(made.metadata.creationTimestamp ?? '', /^\d{4}-.*Z$/)
    assert.deepEqual(await client.get(Hardware, { name: 'a', ...AT }), made)
    assert.equal(await client.get(Hardware, { name: 'b', ...AT }), undefined)
  })

  it('refuses a name twice, a missing namespace, a bad name', async client => {
    await client.create(Hardware, hardware('a'))
    const twice = await refused(client.create(Hardware, hardware('a')))
    assert.equal(twice.code, 'AlreadyExists')
    assert.equal(twice.message, 'hardware.tinkerbell.org "a" already exists')
    const nowhere = make(Hardware, { metadata: { name: 'a', namespace: 'nowhere' }, spec: {} })
    const missing = await refused(client.create(Hardware, nowhere))
    assert.equal(missing.message, 'namespaces "nowhere" not found')
    const bad = await refused(client.create(Hardware, hardware('Not_A_Name')))
    assert.equal(bad.code, 'Invalid')
    assert.match(bad.message, /^Hardware.tinkerbell.org "Not_A_Name" is invalid: metadata.name: Invalid value: /)
  })

  it('generates names', async client => {
    const object = make(ConfigMap, { metadata: { name: '', generateName: 'x-', ...AT }, data: { a: 'b' } })
    assert.match((await client.create(ConfigMap, object)).metadata.name, /^x-[a-z0-9]{5}$/)
  })

  it('validates by the schema with the reasons of Kubernetes', async client => {
    const fault = await refused(client.create(Hardware, hardware('a', { interfaces: [{ dhcp: { mac: 'zz' } }] })))
    assert.equal(
      fault.message,
      'Hardware.tinkerbell.org "a" is invalid: spec.interfaces[0].dhcp.mac: Invalid value: "zz": ' +
        "spec.interfaces[0].dhcp.mac in body should match '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'",
    )
    assert.equal(fault.details.causes?.[0]?.field, 'spec.interfaces[0].dhcp.mac')
  })

  it('updates with optimistic locking, and leaves the status alone', async client => {
    const one = await client.create(Hardware, hardware('a'))
    const reported = await client.updateStatus(Hardware, { ...one, status: { state: 'provisioned' } })
    assert.equal(reported.metadata.generation, 1)
    const stale = await refused(client.update(Hardware, { ...one, spec: { agentID: 'y' } }))
    assert.equal(stale.code, 'Conflict')
    assert.match(
      stale.message,
      /^Operation cannot be fulfilled on hardware.tinkerbell.org "a": the object has been mod/,
    )
    const two = await client.update(Hardware, { ...reported, spec: { agentID: 'y' }, status: { state: 'no' } })
    assert.equal(two.metadata.generation, 2)
    assert.deepEqual(two.status, { state: 'provisioned' })
    const same = await client.update(Hardware, two)
    assert.equal(same.metadata.resourceVersion, two.metadata.resourceVersion)
    const status = await client.updateStatus(Hardware, { ...two, spec: { agentID: 'z' }, status: { state: 'in_use' } })
    assert.deepEqual([status.spec.agentID, status.status?.state], ['y', 'in_use'])
  })

  it('patches with a merge, the status apart', async client => {
    await client.create(Hardware, hardware('a', { agentID: 'x', userData: 'u' }))
    const key = { name: 'a', ...AT }
    const body = { spec: { userData: null, vendorData: 'v' }, status: { state: 'no' } }
    const patched = await client.patch(Hardware, key, { body })
    assert.deepEqual(patched.spec, { agentID: 'x', vendorData: 'v' })
    assert.equal(patched.status, undefined)
    const status = await client.patch(Hardware, key, { body: { status: { state: 's' } }, subresource: 'status' })
    assert.deepEqual(status.status, { state: 's' })
    const gone = await refused(client.patch(Hardware, { name: 'b', ...AT }, { body }))
    assert.equal(gone.message, 'hardware.tinkerbell.org "b" not found')
  })

  it('patches step by step, all of it or nothing', async client => {
    await client.create(Hardware, hardware('a', { agentID: 'x', userData: 'u' }))
    const key = { name: 'a', ...AT }
    const patched = await client.patch(Hardware, key, {
      steps: [
        { op: 'test', path: '/spec/agentID', value: 'x' },
        { op: 'remove', path: '/spec/userData' },
        { op: 'add', path: '/metadata/labels', value: { 'a/b': 'c' } },
        { op: 'replace', path: '/metadata/labels/a~1b', value: 'd' },
      ],
    })
    assert.deepEqual([patched.spec, patched.metadata.labels], [{ agentID: 'x' }, { 'a/b': 'd' }])
    const steps = [
      { op: 'remove', path: '/metadata/labels' },
      { op: 'test', path: '/spec/agentID', value: 'y' },
    ] as const
    assert.equal((await refused(client.patch(Hardware, key, { steps }))).code, 'Invalid')
    assert.deepEqual((await client.get(Hardware, key))?.metadata.labels, { 'a/b': 'd' })
    const state = [{ op: 'add', path: '/status', value: { state: 's' } }] as const
    const status = await client.patch(Hardware, key, { steps: state, subresource: 'status' })
    assert.deepEqual(status.status, { state: 's' })
  })

  it('applies what a manager wants: makes it, lays it over, takes back what it no longer wants', async client => {
    const key = { name: 'a', ...AT }
    const one = { manager: 'one' }
    const made = await client.apply(ConfigMap, { metadata: key, data: { a: '1', b: '1' } }, one)
    assert.deepEqual([made.kind, made.data, made.metadata.namespace], ['ConfigMap', { a: '1', b: '1' }, 'default'])
    await client.patch(ConfigMap, key, { body: { data: { c: '3' } } })
    const again = await client.apply(ConfigMap, { metadata: key, data: { a: '2' } }, one)
    assert.deepEqual(again.data, { a: '2', c: '3' })
    const two = client.apply(ConfigMap, { metadata: key, data: { a: '3' } }, { manager: 'two' })
    const conflict = await refused(two)
    assert.deepEqual([conflict.code, conflict.details.causes?.[0]?.field], ['Conflict', '.data.a'])
    const forced = await client.apply(ConfigMap, { metadata: key, data: { a: '3' } }, { manager: 'two', force: true })
    assert.deepEqual(forced.data, { a: '3', c: '3' })
  })

  it('applies a status apart from the rest', async client => {
    const key = { name: 'a', ...AT }
    await client.create(Hardware, hardware('a', { agentID: 'x' }))
    const wanted = { metadata: key, spec: { agentID: 'y' }, status: { state: 'provisioned' } }
    const applied = await client.apply(Hardware, wanted, { manager: 'm', subresource: 'status' })
    assert.deepEqual([applied.spec.agentID, applied.status], ['x', { state: 'provisioned' }])
  })

  it('scales what can be counted', async client => {
    const key = { name: 'a', ...AT }
    await established(client)
    await client.create(Fleet, make(Fleet, { metadata: key, spec: { size: 2 }, status: { size: 1 } }))
    const now = await client.getScale(Fleet, key)
    assert.deepEqual(
      [now?.kind, now?.metadata.name, now?.spec, now?.status],
      ['Scale', 'a', { replicas: 2 }, { replicas: 0 }],
    )
    const more = await client.scale(Fleet, key, 5)
    assert.deepEqual(more.spec, { replicas: 5 })
    assert.deepEqual((await client.get(Fleet, key))?.spec, { size: 5 })
    assert.equal(await client.getScale(Fleet, { ...key, name: 'b' }), undefined)
    assert.equal((await refused(client.scale(Fleet, { ...key, name: 'b' }, 1))).code, 'NotFound')
    assert.equal((await refused(client.scale(Hardware, key, 1))).code, 'NotFound')
  })

  it('lists page by page, each object once, under one version', async client => {
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) await client.create(Hardware, hardware(name))
    const pages: string[] = []
    const versions = new Set<string>()
    for await (const page of client.pages(Hardware, { ...AT, limit: 2 })) {
      pages.push(page.items.map(({ metadata, kind }) => `${kind} ${metadata.name}`).join(', '))
      versions.add(page.resourceVersion)
    }
    assert.deepEqual(pages, ['Hardware a, Hardware b', 'Hardware c, Hardware d', 'Hardware e'])
    assert.equal(versions.size, 1)
    const { resourceVersion } = await client.list(Hardware)
    assert.deepEqual([...versions], [resourceVersion])
  })

  it('lists by namespace, labels and fields, in the order of names', async client => {
    await client.create(Namespace, make(Namespace, { metadata: { name: 'other' } }))
    for (const [name, namespace, rack] of [
      ['c', 'default', '1'],
      ['a', 'default', '2'],
      ['b', 'other', '1'],
    ] as const) {
      await client.create(ConfigMap, make(ConfigMap, { metadata: { name, namespace, labels: { rack } } }))
    }
    const names = async (options: object) =>
      (await client.list(ConfigMap, options)).items.map(item => item.metadata.name).join(' ')
    assert.equal(await names({ namespace: 'default', labelSelector: 'rack' }), 'a c')
    assert.equal(await names({ labelSelector: 'rack=1' }), 'c b')
    assert.equal(await names({ labelSelector: 'rack in (2,3)' }), 'a')
    assert.equal(await names({ labelSelector: 'rack!=1,rack' }), 'a')
    assert.equal(await names({ fieldSelector: 'metadata.name=b' }), 'b')
    assert.equal((await refused(client.list(ConfigMap, { fieldSelector: 'data.x=b' }))).code, 'BadRequest')
  })

  it('watches from a version on, with selectors', async client => {
    const { resourceVersion } = await client.list(ConfigMap)
    const key = { name: 'a', ...AT }
    await client.create(ConfigMap, make(ConfigMap, { metadata: { ...key, labels: { on: 'yes' } } }))
    await client.patch(ConfigMap, key, { body: { metadata: { labels: { on: null } } } })
    await client.patch(ConfigMap, key, { body: { metadata: { labels: { on: 'yes' } } } })
    await client.delete(ConfigMap, key)
    assert.deepEqual(await seen(client, { resourceVersion }, 4), ['ADDED', 'MODIFIED', 'MODIFIED', 'DELETED'])
    const selected = await seen(client, { resourceVersion, labelSelector: 'on=yes' }, 4)
    assert.deepEqual(selected, ['ADDED', 'DELETED', 'ADDED', 'DELETED'])
  })

  it('a watch from no version tells first what is there, then says that this was all', async client => {
    await client.create(Hardware, make(Hardware, { metadata: { name: 'a', ...AT, labels: { on: 'yes' } }, spec: {} }))
    await client.create(Hardware, hardware('b'))
    const { resourceVersion } = await client.list(Hardware)
    const said: string[] = []
    for await (const event of client.watch(Hardware, { labelSelector: 'on=yes', signal: AbortSignal.timeout(5000) })) {
      if (event.type !== 'BOOKMARK') said.push(`${event.type} ${event.object.metadata.name}`)
      else if (event.initial) {
        said.push('that was all')
        assert.ok(Number(event.resourceVersion) >= Number(resourceVersion))
        await client.delete(Hardware, { name: 'a', ...AT })
      }
      if (said.length === 3) break
    }
    assert.deepEqual(said, ['ADDED a', 'that was all', 'DELETED a'])
  })

  it('a watch hears what happens after it began, and ends when it is called off', async client => {
    const stop = new AbortController()
    const { resourceVersion } = await client.list(Secret)
    const events = client.watch(Secret, { resourceVersion, signal: stop.signal })[Symbol.asyncIterator]()
    const first = events.next()
    const made = await client.create(Secret, make(Secret, { metadata: { name: 's', ...AT }, data: { a: 'Yg==' } }))
    const { value } = await first
    assert.deepEqual(value, { type: 'ADDED', object: made })
    const last = events.next()
    stop.abort()
    assert.equal((await last).done, true)
  })

  it('keeps an object for its finalizers', async client => {
    const key = { name: 'a', ...AT }
    await client.create(Hardware, make(Hardware, { metadata: { ...key, finalizers: ['x.io/clean'] }, spec: {} }))
    await client.delete(Hardware, key)
    const leaving = await client.get(Hardware, key)
    assert.ok(leaving?.metadata.deletionTimestamp)
    assert.equal(leaving.metadata.generation, 2)
    await client.update(Hardware, { ...leaving, metadata: { ...leaving.metadata, finalizers: [] } })
    assert.equal(await client.get(Hardware, key), undefined)
  })

  it('deletes only the object that was meant', async client => {
    const key = { name: 'a', ...AT }
    const made = await client.create(Hardware, hardware('a'))
    const wrong = await refused(client.delete(Hardware, key, { uid: '11111111-2222-4333-8444-555555555555' }))
    assert.equal(wrong.code, 'Conflict')
    await client.delete(Hardware, key, { uid: made.metadata.uid ?? '' })
    assert.equal((await refused(client.delete(Hardware, key))).code, 'NotFound')
  })

  it('deletes all that a selection has, and nothing else', async client => {
    for (const [name, rack] of Object.entries({ a: '1', b: '1', c: '2' })) {
      await client.create(ConfigMap, make(ConfigMap, { metadata: { name, ...AT, labels: { rack } } }))
    }
    await client.deleteCollection(ConfigMap, { ...AT, labelSelector: 'rack=1' })
    const { items } = await client.list(ConfigMap, { ...AT, labelSelector: 'rack' })
    assert.deepEqual(
      items.map(item => item.metadata.name),
      ['c'],
    )
  })

  it('collects what lost its owner, and what came too late', async client => {
    const owner = await client.create(Hardware, hardware('a'))
    const { uid = '' } = owner.metadata
    const ownerReferences = [{ apiVersion: 'tinkerbell.org/v1alpha1', kind: 'Hardware', name: 'a', uid }]
    const owned = (name: string) => make(Workflow, { metadata: { name, ...AT, ownerReferences }, spec: {} })
    const { resourceVersion } = await client.create(Workflow, owned('early')).then(made => made.metadata)
    await client.delete(Hardware, { name: 'a', ...AT })
    await client.create(Workflow, owned('late'))
    await until(client, resourceVersion ?? '', { early: 'DELETED', late: 'DELETED' })
  })

  it('empties a namespace that is deleted, but not the permanent ones', async client => {
    await client.create(Namespace, make(Namespace, { metadata: { name: 'n' } }))
    const made = await client.create(Workflow, make(Workflow, { metadata: { name: 'a', namespace: 'n' }, spec: {} }))
    await client.delete(Namespace, { name: 'n' })
    await until(client, made.metadata.resourceVersion ?? '', { a: 'DELETED' })
    assert.equal((await refused(client.delete(Namespace, { name: 'eksa-system' }))).code, 'Forbidden')
  })

  it('says when a version is too old or unknown', async client => {
    const watch = client.watch(Secret, { resourceVersion: '99999999', signal: new AbortController().signal })
    await assert.rejects(watch[Symbol.asyncIterator]().next(), fault => isApiFault(fault, 'Expired', 'Gone'))
  })
}

const Fleet = customKind({
  group: 'contract.bellhop.dev',
  version: 'v1',
  kind: 'Fleet',
  plural: 'fleets',
  spec: object({ size: integer() }),
  status: object({ size: integer() }),
})

const Definition = builtinKind<KubeObject & { readonly spec: unknown; readonly status?: Established }>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
})
interface Established {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[]
}

/** Defines the fleet while the server runs, and waits until it is served. */
async function established(client: Client): Promise<void> {
  const definition = structuredClone(definitionOf(Fleet)) as ReturnType<typeof definitionOf> & {
    spec: { versions: { subresources: object }[] }
  }
  for (const version of definition.spec.versions) {
    version.subresources = { status: {}, scale: { specReplicasPath: '.spec.size', statusReplicasPath: '.status.size' } }
  }
  const { metadata } = await client.create(Definition, definition)
  const { resourceVersion = '' } = metadata
  const isUp = ({ status }: { readonly status?: Established }) =>
    status?.conditions?.some(one => one.type === 'Established' && one.status === 'True')
  for await (const event of client.watch(Definition, { resourceVersion, signal: AbortSignal.timeout(10_000) })) {
    if (event.type === 'BOOKMARK' || event.object.metadata.name !== metadata.name) continue
    if (isUp(event.object)) return
  }
  assert.fail('it was never established')
}

async function refused(promise: Promise<unknown>): Promise<ApiFault> {
  const outcome = await promise.then(
    () => assert.fail('it should have been refused'),
    (fault: unknown) => fault,
  )
  if (isApiFault(outcome)) return outcome
  throw outcome
}

async function seen(client: Client, from: { resourceVersion: string; labelSelector?: string }, many: number) {
  const types: string[] = []
  for await (const event of client.watch(ConfigMap, { ...from, signal: AbortSignal.timeout(5000) })) {
    if (event.type === 'BOOKMARK') continue
    types.push(event.type)
    if (types.length === many) break
  }
  return types
}

/** Waits for the given last words about each workflow. */
async function until(
  client: Client,
  resourceVersion: string,
  wanted: Readonly<Record<string, WatchEvent<Workflow>['type']>>,
) {
  const left = new Set(Object.keys(wanted))
  for await (const event of client.watch(Workflow, { resourceVersion, signal: AbortSignal.timeout(10_000) })) {
    if (event.type === 'BOOKMARK') continue
    const { name } = event.object.metadata
    if (wanted[name] === event.type) left.delete(name)
    if (left.size === 0) return
  }
  assert.fail(`nothing was heard of ${[...left].join(', ')}`)
}
