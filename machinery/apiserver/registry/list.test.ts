import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigMap } from '../../api/core.ts'
import { isApiFault, ListExpired } from '../../api/fault.ts'
import { make } from '../../api/kind.ts'
import { silentLog } from '../../host/log.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { memoryDisk } from '../store/disk.ts'
import { type ListRequest, listPage } from './list.ts'
import { openRegistry } from './registry.ts'

async function maps(...names: readonly string[]) {
  const host = { clock: new SimulatedClock(), log: silentLog, random: Math.random }
  const registry = await openRegistry({ disk: memoryDisk(), host, kinds: [] })
  const client = registry.client({ user: 'test', groups: ['system:masters'] })
  const put = (name: string) => client.create(ConfigMap, make(ConfigMap, { metadata: { name, namespace: 'default' } }))
  const drop = (name: string) => client.delete(ConfigMap, { name, namespace: 'default' })
  for (const name of names) await put(name)
  const { room } = registry
  const list = async (request: ListRequest) => {
    const { items, ...head } = await listPage(room, room.catalog.of(ConfigMap), { namespace: 'default', ...request })
    return { names: items.map(item => item.metadata.name).join(' '), ...head }
  }
  return { list, put, drop, store: room.store, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() }
}

test('all pages show what was there at the first one, whatever happens in between', async () => {
  await using world = await maps('a', 'b', 'c', 'd', 'e')
  const first = await world.list({ limit: 2 })
  assert.deepEqual([first.names, first.remaining], ['a b', 3])
  await world.put('bb')
  await world.drop('c')
  await world.drop('e')
  const second = await world.list({ limit: 2, continue: first.continue })
  assert.deepEqual([second.names, second.remaining, second.resourceVersion], ['c d', 1, first.resourceVersion])
  const third = await world.list({ limit: 2, continue: second.continue })
  assert.deepEqual(third, { names: 'e', resourceVersion: first.resourceVersion })
  assert.equal((await world.list({})).names, 'a b bb d')
  assert.equal((await world.list({ revision: Number(first.resourceVersion) })).names, 'a b c d e')
})

test('a page that is too old offers a token to go on with what is there by now', async () => {
  await using world = await maps('a', 'b', 'c')
  const { continue: token, resourceVersion } = await world.list({ limit: 1 })
  await world.drop('b')
  await world.put('d')
  world.store.compact(world.store.revision)
  const late = world.list({ limit: 1, continue: token })
  const expired = await late.then(
    () => undefined,
    fault => fault,
  )
  assert.ok(expired instanceof ListExpired && /^The provided continue parameter is too old/.test(expired.message))
  const rest = await world.list({ continue: expired.continue })
  assert.deepEqual(rest, { names: 'c d', resourceVersion: String(world.store.revision) })
  await assert.rejects(
    world.list({ revision: Number(resourceVersion) }),
    fault => isApiFault(fault, 'Expired') && fault.message === 'The resourceVersion for the provided list is too old.',
  )
})

test('how many remain is told when nothing is left out by a selector', async () => {
  await using world = await maps('a', 'b', 'c')
  const { remaining, continue: token } = await world.list({ limit: 1, fieldSelector: 'metadata.name!=b' })
  assert.equal(remaining, undefined)
  assert.equal((await world.list({ limit: 1, fieldSelector: 'metadata.name!=b', continue: token })).names, 'c')
})

// From a kube-apiserver v1.32 where it says the same; what follows its colon is the JSON parser's.
const TOKENS: readonly (readonly [token: string | object, says: RegExp])[] = [
  ['abc', /^invalid continue token: continue key is not valid: /],
  [
    { v: 'meta.k8s.io/v2', rv: 1, start: 'a' },
    /continue key is not valid: server does not recognize this encoded version/,
  ],
  [
    { v: 'meta.k8s.io/v1', rv: 0, start: 'a' },
    /incorrect encoded start resourceVersion \(version meta\.k8s\.io\/v1\)$/,
  ],
  [{ v: 'meta.k8s.io/v1', rv: 1, start: '' }, /encoded start key empty \(version meta\.k8s\.io\/v1\)$/],
]

test('a token that is none is refused', async () => {
  await using world = await maps()
  for (const [token, says] of TOKENS) {
    const text = typeof token === 'string' ? token : Buffer.from(JSON.stringify(token)).toString('base64url')
    await assert.rejects(
      world.list({ continue: text }),
      fault => isApiFault(fault, 'BadRequest') && says.test(fault.message),
    )
  }
  await assert.rejects(world.list({ revision: 1_000_000 }), fault => isApiFault(fault, 'Timeout'))
})
