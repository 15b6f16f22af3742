import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../api/client.ts'
import { ConfigMap } from '../api/core.ts'
import { ApiFault } from '../api/fault.ts'
import { make } from '../api/kind.ts'
import { Lease } from '../api/lease.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { createLog, silentLog } from '../host/log.ts'
import { aborted, Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { type Term, whileLeading } from './election.ts'

const lease = { name: 'bellhop', namespace: 'eksa-system' }
const START = Date.UTC(2026, 0, 1)

/** Replicas of one program before one API, each with a clock of its own, all of which run at the same speed. */
async function open(scope: Scope) {
  const clocks: SimulatedClock[] = []
  const { client } = scope.hold(await memoryApi({ clock: new SimulatedClock(), log: silentLog, random: Math.random }))
  /** What is heard of all replicas, in its order. */
  const heard: string[] = []
  const replica = (identity: string, { ahead = 0, bend = (given: Client) => given } = {}) => {
    const clock = new SimulatedClock(START + ahead)
    clocks.push(clock)
    const lines: string[] = []
    const host = { clock, log: createLog(clock, ({ sentence }) => lines.push(sentence)), random: () => 0 }
    const stop = new AbortController()
    scope.onClose(() => stop.abort())
    const terms: Term[] = []
    const work = async (term: Term) => {
      terms.push(term)
      heard.push(`${identity} begins`)
      await aborted(term.signal)
      heard.push(`${identity} ends`)
    }
    const run = (own = work) => whileLeading({ client: bend(client), host, lease, identity }, own, stop.signal)
    return { run, stop, terms, lines, clock }
  }
  const pass = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 100) for (const clock of clocks) await clock.advance(100)
  }
  const spec = async () => (await client.get(Lease, lease))?.spec
  return { client, replica, pass, spec, heard }
}

test('the first takes the lease and renews it, the others wait', async () => {
  await using scope = new Scope()
  const { replica, pass, spec, heard } = await open(scope)
  void replica('a').run()
  await pass(100)
  void replica('b').run()
  assert.deepEqual(await spec(), {
    holderIdentity: 'a',
    leaseDurationSeconds: 15,
    acquireTime: '2026-01-01T00:00:00.100000Z',
    renewTime: '2026-01-01T00:00:00.100000Z',
    leaseTransitions: 0,
  })
  await pass(60_000)
  assert.deepEqual(heard, ['a begins'])
  const { acquireTime, renewTime } = (await spec()) ?? {}
  assert.deepEqual([acquireTime, renewTime], ['2026-01-01T00:00:00.100000Z', '2026-01-01T00:01:00.100000Z'])
})

test('a leader that stops ends its work first, then gives the lease back, and the next one leads at once', async () => {
  await using scope = new Scope()
  const { replica, pass, spec, heard } = await open(scope)
  const a = replica('a')
  const ending = Promise.withResolvers<void>()
  const running = a.run(async ({ signal }) => {
    heard.push('a begins')
    await aborted(signal)
    await ending.promise
    heard.push('a ends')
  })
  await pass(100)
  void replica('b').run()
  a.stop.abort()
  await pass(40_000)
  assert.deepEqual(heard, ['a begins'], 'the lease is kept while the work comes to its end')
  ending.resolve()
  await running
  assert.deepEqual(await spec().then(now => [now?.holderIdentity, now?.leaseDurationSeconds]), ['', 1])
  await pass(2000)
  assert.deepEqual(heard, ['a begins', 'a ends', 'b begins'])
  assert.deepEqual(await spec().then(now => [now?.holderIdentity, now?.leaseTransitions]), ['b', 1])
})

/** A client that is cut off while `down` says so: its requests fail, or are never answered. */
function cut(): { down: 'no' | 'refused' | 'silent'; bend: (client: Client) => Client } {
  const wire = {
    down: 'no' as 'no' | 'refused' | 'silent',
    bend: (client: Client) =>
      new Proxy(client, {
        get: (target, name: keyof Client) => {
          if (wire.down === 'silent') return () => new Promise(() => undefined)
          if (wire.down === 'refused') return () => Promise.reject(new ApiFault('ServiceUnavailable', 'down'))
          return target[name]
        },
      }),
  }
  return wire
}

for (const how of ['refused', 'silent'] as const) {
  test(`a leader whose requests are ${how} has ended before another one begins, and stands again`, async () => {
    await using scope = new Scope()
    const { replica, pass, spec, heard } = await open(scope)
    const wire = cut()
    const a = replica('a', wire)
    void a.run()
    await pass(100)
    void replica('b').run()
    await pass(3000)
    wire.down = how
    await pass(13_000)
    assert.deepEqual(heard, ['a begins', 'a ends'])
    assert.ok(a.lines.includes('the leadership is lost, standing for election again'))
    await pass(5000)
    assert.deepEqual(heard, ['a begins', 'a ends', 'b begins'])
    assert.equal((await spec())?.leaseTransitions, 1)
    wire.down = 'no'
    await pass(60_000)
    assert.deepEqual(heard, ['a begins', 'a ends', 'b begins'])
  })
}

test('trouble that passes before the deadline costs nothing', async () => {
  await using scope = new Scope()
  const { replica, pass, heard } = await open(scope)
  const wire = cut()
  void replica('a', wire).run()
  await pass(100)
  void replica('b').run()
  for (let n = 0; n < 5; n++) {
    wire.down = 'refused'
    await pass(8000)
    wire.down = 'no'
    await pass(4000)
  }
  assert.deepEqual(heard, ['a begins'])
})

for (const [who, ahead] of [
  ['an hour ahead', 3_600_000],
  ['an hour behind', -3_600_000],
] as const) {
  test(`clocks that are ${who} of the leader's take nothing from it, and wait no longer when it is gone`, async () => {
    await using scope = new Scope()
    const { replica, pass, heard } = await open(scope)
    const wire = cut()
    void replica('a', wire).run()
    await pass(100)
    void replica('b', { ahead }).run()
    await pass(60_000)
    assert.deepEqual(heard, ['a begins'])
    wire.down = 'silent'
    await pass(20_000)
    assert.deepEqual(heard, ['a begins', 'a ends', 'b begins'])
  })
}

test('whoever finds the lease in other hands has lost it at once', async () => {
  await using scope = new Scope()
  const { client, replica, pass, heard } = await open(scope)
  void replica('a').run()
  await pass(100)
  await client.patch(Lease, lease, { body: { spec: { holderIdentity: 'thief' } } })
  await pass(2100)
  assert.deepEqual(heard, ['a begins', 'a ends'])
  await pass(20_000)
  assert.deepEqual(heard, ['a begins', 'a ends', 'a begins'], 'the thief never renewed')
})

test('a lease that is deleted is made again by its holder; a change of its labels is no change of leader', async () => {
  await using scope = new Scope()
  const { client, replica, pass, spec, heard } = await open(scope)
  void replica('a').run()
  await pass(100)
  await client.patch(Lease, lease, { body: { metadata: { labels: { seen: 'yes' } } } })
  await pass(3000)
  await client.delete(Lease, lease)
  await pass(3000)
  assert.deepEqual(heard, ['a begins'])
  assert.equal((await spec())?.holderIdentity, 'a')
})

test('after the leadership is lost nothing can be written, and reading is free', async () => {
  await using scope = new Scope()
  const { client, replica, pass } = await open(scope)
  const wire = cut()
  const a = replica('a', wire)
  void a.run()
  await pass(100)
  const fenced = a.terms[0]?.fenced(client)
  assert.ok(fenced)
  const map = make(ConfigMap, { metadata: { name: 'x', namespace: 'default' } })
  await fenced.create(ConfigMap, map)
  wire.down = 'silent'
  await pass(20_000)
  await assert.rejects(fenced.update(ConfigMap, map), { code: 'control/not-leading' })
  assert.ok(await fenced.get(ConfigMap, map.metadata))
})

test('a process that stops by itself may still write while its work comes to its end', async () => {
  await using scope = new Scope()
  const { client, replica, pass } = await open(scope)
  const a = replica('a')
  const running = a.run(async term => {
    await aborted(term.signal)
    const map = make(ConfigMap, { metadata: { name: 'last-words', namespace: 'default' } })
    await term.fenced(client).create(ConfigMap, map)
  })
  await pass(100)
  a.stop.abort()
  await running
  assert.ok(await client.get(ConfigMap, { name: 'last-words', namespace: 'default' }))
})

test('work that fails ends the election with its fault, and the lease is given back', async () => {
  await using scope = new Scope()
  const { replica, pass, spec } = await open(scope)
  const running = replica('a').run(() => Promise.reject(new ApiFault('InternalError', 'a bug')))
  const failed = assert.rejects(running, { message: 'a bug' })
  await pass(100)
  await failed
  assert.equal((await spec())?.holderIdentity, '')
})

test('work that does not end when it is called off is told of', async () => {
  await using scope = new Scope()
  const { replica, pass } = await open(scope)
  const wire = cut()
  const a = replica('a', wire)
  const ending = Promise.withResolvers<void>()
  void a.run(() => ending.promise)
  await pass(100)
  wire.down = 'silent'
  await pass(20_000)
  assert.ok(a.lines.includes('work goes on though the leadership is lost'))
  ending.resolve()
})

test('of ten that begin at once one leads, and always one alone', async () => {
  await using scope = new Scope()
  const { replica, pass, heard } = await open(scope)
  const all = Array.from({ length: 10 }, (_, n) => replica(`r${n}`))
  for (const each of all) void each.run()
  for (let turn = 0; turn < 9; turn++) {
    await pass(3000)
    assert.equal(heard.length, 2 * turn + 1)
    const leader = heard.at(-1)?.split(' ')[0]
    all.find((_, n) => `r${n}` === leader)?.stop.abort()
  }
  for (const [at, said] of heard.entries()) assert.match(said, at % 2 === 0 ? / begins$/ : / ends$/)
})
