import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client, WatchEvent, WatchOptions } from '../api/client.ts'
import { ApiFault, type StatusReason } from '../api/fault.ts'
import { Hardware } from '../api/hardware.ts'
import { type Kind, make } from '../api/kind.ts'
import type { KubeObject } from '../api/object.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { createLog, type LogLine, silentLog } from '../host/log.ts'
import { Scope } from '../host/scope.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { Informer } from './informer.ts'

const namespace = 'eksa-system'
const A = '52:54:00:00:00:0a'
const B = '52:54:00:00:00:0b'
const machine = (name: string, mac = A, resourceVersion?: string) =>
  make(Hardware, {
    metadata: { name, namespace, ...(resourceVersion !== undefined && { resourceVersion, uid: name }) },
    spec: { interfaces: [{ dhcp: { mac } }] },
  })

function openClock(scope: Scope) {
  const clock = new SimulatedClock()
  const lines: LogLine[] = []
  const host = { clock, log: createLog(clock, line => lines.push(line)), random: () => 0 }
  const stop = new AbortController()
  scope.onClose(() => stop.abort())
  return { clock, host, lines, stop, signal: stop.signal }
}

async function open(scope: Scope) {
  const parts = openClock(scope)
  const { client } = scope.hold(await memoryApi({ ...parts.host, log: silentLog, random: Math.random }))
  return { ...parts, client }
}

/** Resolves when the condition holds; the clock stands still, only what is ready runs. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000; turn++) {
    if (condition()) return
    await new Promise(resolve => setImmediate(resolve))
  }
  assert.fail('it never came to be')
}

const names = (informer: Informer<Hardware>) =>
  informer
    .all()
    .map(({ metadata }) => metadata.name)
    .sort()
    .join(' ')

test('an informer that is called off before its first list keeps nobody waiting', { timeout: 5000 }, async () => {
  await using scope = new Scope()
  const { host, client, stop, signal } = await open(scope)
  const early = new Informer(client, Hardware, host)
  void early.run(AbortSignal.abort())
  await early.synced
  const mute = server([{ say: () => new Promise(() => undefined) }])
  const meanwhile = new Informer(mute.client, Hardware, host)
  void meanwhile.run(signal)
  stop.abort()
  await meanwhile.synced
})

test('an informer knows what is there, follows what changes, and finds it by its index', async () => {
  await using scope = new Scope()
  const { host, client, signal } = await open(scope)
  const rack1 = await client.create(Hardware, machine('rack1', A))
  const informer = new Informer(client, Hardware, host)
  informer.index('mac', ({ spec }) => (spec.interfaces ?? []).flatMap(({ dhcp }) => dhcp?.mac ?? []))
  void informer.run(signal)
  await informer.synced
  assert.deepEqual(
    informer.find('mac', A).map(found => found.metadata.name),
    ['rack1'],
  )
  await client.update(Hardware, { ...rack1, spec: machine('rack1', B).spec })
  await client.create(Hardware, machine('rack2', A))
  await until(() => informer.find('mac', B).length === 1 && informer.find('mac', A)[0]?.metadata.name === 'rack2')
  await client.delete(Hardware, { name: 'rack1', namespace })
  await until(() => informer.all().length === 1)
  assert.deepEqual(informer.find('mac', B), [])
})

test('an informer may look at a selection only', async () => {
  await using scope = new Scope()
  const { host, client, signal } = await open(scope)
  await client.create(Hardware, machine('rack1'))
  const rack2 = machine('rack2')
  await client.create(Hardware, { ...rack2, metadata: { ...rack2.metadata, labels: { on: 'yes' } } })
  const informer = new Informer(client, Hardware, host, { select: { namespace, labelSelector: 'on=yes' } })
  void informer.run(signal)
  await informer.synced
  assert.equal(names(informer), 'rack2')
  await client.patch(Hardware, { name: 'rack1', namespace }, { body: { metadata: { labels: { on: 'yes' } } } })
  await until(() => names(informer) === 'rack1 rack2')
})

// A server that plays a script: each request is the next scene.

type Scene =
  | { readonly list: readonly Hardware[]; readonly version: string }
  | { readonly events: readonly WatchEvent<Hardware>[]; readonly ends?: unknown }
  | { readonly say: () => Promise<never> }
const ADDED = (name: string, version: string) => ({ type: 'ADDED', object: machine(name, A, version) }) as const
const DELETED = (name: string, version: string) => ({ type: 'DELETED', object: machine(name, A, version) }) as const
const mark = (resourceVersion: string, initial?: true) =>
  ({ type: 'BOOKMARK', resourceVersion, ...(initial && { initial }) }) as const
const fault = (reason: StatusReason, details = {}) => new ApiFault(reason, 'no', details)
/** A stream that stays open without a word. */
const OPEN = Symbol('open')

function server(script: readonly Scene[]) {
  const asked: string[] = []
  const left = [...script]
  const next = (question: string) => {
    asked.push(question)
    return left.shift() ?? { events: [], ends: OPEN }
  }
  const client = {
    list: async () => {
      const scene = next('list')
      if ('events' in scene) throw scene.ends
      if ('say' in scene) return scene.say()
      return { items: scene.list, resourceVersion: scene.version }
    },
    async *watch(_: Kind, { resourceVersion, signal }: WatchOptions) {
      const scene = next(resourceVersion === undefined ? 'stream' : `watch ${resourceVersion}`)
      if ('say' in scene) await scene.say()
      if (!('events' in scene)) throw new Error('the script says list here')
      yield* scene.events
      if (scene.ends === OPEN) await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
      else if (scene.ends !== undefined) throw scene.ends
    },
  }
  return { client: client as unknown as Client & { readonly of?: KubeObject }, asked }
}

const stories: readonly {
  name: string
  script: readonly Scene[]
  asked: readonly string[]
  told: readonly string[]
}[] = [
  {
    name: 'what is there comes in a stream, and the same stream goes on',
    script: [{ events: [ADDED('a', '1'), ADDED('b', '2'), mark('2', true), DELETED('a', '3')], ends: OPEN }],
    asked: ['stream'],
    told: ['a', 'b', '-a'],
  },
  {
    name: 'a watch that ends goes on from the last version, bookmarks included',
    script: [
      { events: [ADDED('a', '1'), mark('4', true)] },
      { events: [ADDED('b', '5'), mark('9')] },
      { events: [ADDED('c', '10')], ends: OPEN },
    ],
    asked: ['stream', 'watch 4', 'watch 9'],
    told: ['a', 'b', 'c'],
  },
  {
    name: 'a connection that breaks is taken up where it broke, without a list',
    script: [
      { events: [ADDED('a', '1'), mark('4', true), ADDED('b', '5')], ends: fault('ServiceUnavailable') },
      { events: [], ends: new Error('connection refused') },
      { events: [ADDED('c', '6')], ends: OPEN },
    ],
    asked: ['stream', 'watch 5', 'watch 5'],
    told: ['a', 'b', 'c'],
  },
  {
    name: 'a version that is too old is listed anew, and only what changed is told',
    script: [
      { events: [ADDED('a', '1'), ADDED('b', '2'), mark('4', true)] },
      { events: [], ends: fault('Expired') },
      { events: [ADDED('b', '2'), ADDED('c', '8'), mark('9', true)], ends: OPEN },
    ],
    asked: ['stream', 'watch 4', 'stream'],
    told: ['a', 'b', 'c', '-a'],
  },
  {
    name: 'a server that knows less than we saw is listed anew',
    script: [
      { events: [ADDED('a', '7'), mark('9', true)] },
      {
        events: [],
        ends: fault('Timeout', { causes: [{ reason: 'ResourceVersionTooLarge', message: '', field: '' }] }),
      },
      { events: [ADDED('a', '3'), mark('3', true)], ends: OPEN },
    ],
    asked: ['stream', 'watch 9', 'stream'],
    told: ['a', 'a'],
  },
  {
    name: 'a server that streams no lists is asked for a list, from then on',
    script: [
      { events: [], ends: fault('Invalid') },
      { list: [machine('a', A, '1')], version: '4' },
      { events: [ADDED('b', '5')], ends: fault('Gone') },
      { list: [machine('b', A, '5')], version: '6' },
    ],
    asked: ['stream', 'list', 'watch 4', 'list', 'watch 6'],
    told: ['a', 'b', '-a'],
  },
  {
    name: 'a server that takes the stream for a plain watch, and never says that this was all, is asked for a list',
    script: [
      { events: [ADDED('a', '1')], ends: OPEN },
      { list: [machine('b', A, '2')], version: '4' },
    ],
    asked: ['stream', 'list', 'watch 4'],
    told: ['b'],
  },
  {
    name: 'a stream that is cut before its end is not believed',
    script: [{ events: [ADDED('a', '1')] }, { events: [ADDED('b', '2'), mark('2', true)], ends: OPEN }],
    asked: ['stream', 'stream'],
    told: ['b'],
  },
  {
    name: 'a list that fails is tried again',
    script: [
      { events: [], ends: fault('Invalid') },
      { events: [], ends: fault('NotFound') },
      { events: [], ends: new TypeError('a bug') },
      { list: [machine('a', A, '1')], version: '4' },
    ],
    asked: ['stream', 'list', 'list', 'list', 'watch 4'],
    told: ['a'],
  },
]

for (const { name, script, asked, told } of stories) {
  test(`of an informer: ${name}`, async () => {
    await using scope = new Scope()
    const { clock, host, signal } = openClock(scope)
    const played = server(script)
    const informer = new Informer(played.client, Hardware, host)
    const heard: string[] = []
    informer.onChange((now, before) => heard.push(now?.metadata.name ?? `-${before?.metadata.name}`))
    void informer.run(signal)
    for (let turn = 0; turn < 100 && played.asked.length < asked.length; turn++) await clock.advance(1000)
    await clock.advance(100_000)
    assert.deepEqual(played.asked, asked)
    assert.deepEqual(heard, told)
  })
}

test('troubles in a row are waited out longer and longer, up to half a minute', async () => {
  await using scope = new Scope()
  const { clock, host, signal } = openClock(scope)
  const times: number[] = []
  const start = clock.now()
  const down = {
    watch: () => {
      times.push(clock.now() - start)
      throw new ApiFault('ServiceUnavailable', 'down')
    },
  }
  void new Informer(down as unknown as Client, Hardware, host).run(signal)
  await clock.advance(0)
  await clock.advance(120_000)
  const gaps = times.slice(1).map((at, n) => at - (times[n] ?? 0))
  assert.deepEqual(gaps, [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
})

test('a server that ends each watch at once is not asked in a storm', async () => {
  await using scope = new Scope()
  const { clock, host, signal } = openClock(scope)
  const ends = Array.from({ length: 50 }, () => ({ events: [] }))
  const played = server([{ events: [mark('4', true)] }, ...ends])
  void new Informer(played.client, Hardware, host).run(signal)
  await clock.advance(0)
  await clock.advance(10_000)
  assert.deepEqual(played.asked, ['stream', 'watch 4', 'watch 4', 'watch 4', 'watch 4'])
})

test('a resync tells each object again, to every listener that is still there', async () => {
  await using scope = new Scope()
  const { clock, host, client, signal } = await open(scope)
  await client.create(Hardware, machine('rack1'))
  const informer = new Informer(client, Hardware, host, { resync: 60_000 })
  const [told, gone]: [string[], string[]] = [[], []]
  informer.onChange((now, before) => told.push(now === before ? 'again' : 'new'))
  const listening = informer.onChange(now => gone.push(now?.metadata.name ?? ''))
  void informer.run(signal)
  await informer.synced
  listening[Symbol.dispose]()
  await clock.advance(120_000)
  assert.deepEqual([told, gone], [['new', 'again', 'again'], ['rack1']])
})

test('a listener that fails is logged, and the others are told all the same', async () => {
  await using scope = new Scope()
  const { host, client, lines, signal } = await open(scope)
  await client.create(Hardware, machine('rack1'))
  const informer = new Informer(client, Hardware, host)
  const told: string[] = []
  informer.onChange(() => {
    throw new TypeError('a bug')
  })
  informer.onChange(now => told.push(now?.metadata.name ?? ''))
  void informer.run(signal)
  await informer.synced
  await client.create(Hardware, machine('rack2'))
  await until(() => told.length === 2)
  const failures = lines.filter(({ level }) => level === 'error')
  assert.deepEqual(
    failures.map(({ sentence, facts }) => [sentence, facts.name]),
    [
      ['a listener of a cache failed', 'rack1'],
      ['a listener of a cache failed', 'rack2'],
    ],
  )
})
