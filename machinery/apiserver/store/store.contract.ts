import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isApiFault } from '../../api/fault.ts'
import { SimulatedClock } from '../../host/simulated/clock.ts'
import { type Body, type Change, isBody } from './change.ts'
import type { Disk } from './disk.ts'
import { Store, type StoreOptions } from './store.ts'
import type { View } from './view.ts'
import { WINDOW_LIMITS } from './window.ts'

export const object = (name: string, value = 0): Body => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n' },
  value,
})
export const place = (name: string) => ({ collection: 'configmaps', key: `n/${name}` })
export const put = (store: Store, name: string, value = 0) =>
  store.write(place(name), () => ({ put: object(name, value) }))
export const remove = (store: Store, name: string) => store.write(place(name), now => now && { remove: now })

/** What a store shows, as `name=value` pairs. */
export const shown = (view: View, prefix = '', after = '') =>
  [...view.from('configmaps', prefix, after)].map(({ object }) => `${object.metadata.name}=${object.value}`).join(' ')

export function opened(disk: Disk, options: Partial<StoreOptions> = {}): Store {
  return new Store(disk, { clock: new SimulatedClock(), ...options })
}

const expired = (fault: unknown) => isApiFault(fault, 'Expired')
const few = { ...WINDOW_LIMITS, changes: 10 }

/** What a store promises on every disk. `fresh` makes room for one; what it gives opens it, again and again. */
export function storeContract(of: string, fresh: () => () => Disk): void {
  test(`${of}: one revision a write, in the order of the writes`, async () => {
    await using store = opened(fresh()())
    assert.equal(store.revision, 1)
    const written = await Promise.all([put(store, 'a'), put(store, 'b'), put(store, 'c')])
    assert.deepEqual(
      written.map(one => one?.metadata.resourceVersion),
      ['2', '3', '4'],
    )
    assert.equal(store.revision, 4)
    assert.equal(store.get(place('b')), written[1])
    assert.equal(store.count('configmaps'), 3)
  })

  test(`${of}: writes of one group see one another, a refusal refuses itself alone`, async () => {
    await using store = opened(fresh()())
    const once = (value: number) =>
      store.write(place('a'), now => {
        if (now) throw new Error('taken')
        return { put: object('a', value) }
      })
    const [first, second, other] = await Promise.allSettled([once(1), once(2), put(store, 'b')])
    assert.equal(first.status, 'fulfilled')
    assert.equal(second.status === 'rejected' && second.reason.message, 'taken')
    assert.equal(other.status, 'fulfilled')
    assert.equal(store.get(place('a'))?.value, 1)
  })

  test(`${of}: listeners hear of each change once, and nothing of a write that changes nothing`, async () => {
    await using store = opened(fresh()())
    const heard: Change[] = []
    using listening = store.listen(change => heard.push(change))
    assert.ok(listening)
    await put(store, 'a', 1)
    await store.write(place('a'), () => undefined)
    await put(store, 'a', 2)
    await remove(store, 'a')
    assert.deepEqual(
      heard.map(({ type, revision, before }) => [type, revision, before?.value]),
      [
        ['ADDED', 2, undefined],
        ['MODIFIED', 3, 1],
        ['DELETED', 4, 2],
      ],
    )
    assert.deepEqual(
      heard.map(({ json }) => JSON.parse(json).metadata.resourceVersion),
      ['2', '3', '4'],
    )
    assert.equal(store.get(place('a')), undefined)
  })

  test(`${of}: a follower hears of its own collection alone, and at once of what became durable at once`, async () => {
    await using store = opened(fresh()())
    const heard: string[] = []
    const follow = (collection: string) =>
      store.follow(collection, changes => heard.push(`${collection}: ${changes.map(one => one.key).join(' ')}`))
    using maps = follow('configmaps')
    using _secrets = follow('secrets')
    await Promise.all([put(store, 'a'), put(store, 'b')])
    assert.deepEqual(heard, ['configmaps: n/a n/b'])
    maps[Symbol.dispose]()
    await put(store, 'c')
    assert.equal(heard.length, 1)
  })

  test(`${of}: a collection is read in the order of its keys, from anywhere`, async () => {
    await using store = opened(fresh()())
    for (const name of ['c', 'a', 'b']) await put(store, name)
    assert.equal(shown(store), 'a=0 b=0 c=0')
    assert.equal(shown(store, 'n/', 'n/a'), 'b=0 c=0')
    assert.equal(shown(store, 'm/'), '')
    assert.equal(shown(store, '', 'n/c'), '')
    assert.deepEqual(
      [store.count('configmaps', 'n/'), store.count('configmaps', 'n/', 'n/a'), store.count('configmaps', 'm/')],
      [3, 2, 0],
    )
  })

  test(`${of}: what was is shown as it was, in the same process and the next`, async () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const steps = fc.array(fc.tuple(fc.constantFrom('put', 'put', 'remove'), names), { minLength: 1, maxLength: 40 })
    const check = fc.asyncProperty(steps, names, async (given, after) => {
      const open = fresh()
      const past = new Map<number, readonly string[]>()
      const look = (view: View) =>
        [shown(view), shown(view, 'n/', `n/${after}`), view.count('configmaps', 'n/')].map(String)
      {
        await using store = opened(open())
        for (const [n, [what, name]] of given.entries()) {
          await (what === 'put' ? put(store, name, n) : remove(store, name))
          past.set(store.revision, look(store))
        }
        for (const [revision, seen] of past) assert.deepEqual(look(store.at(revision)), seen)
      }
      await using again = opened(open())
      for (const [revision, seen] of past) assert.deepEqual(look(again.at(revision)), seen)
    })
    await fc.assert(check, { numRuns: 30 })
  })

  test(`${of}: after a restart all is there: objects, revision, and changes to go on from`, async () => {
    const open = fresh()
    {
      await using store = opened(open())
      await put(store, 'a', 1)
      await put(store, 'b', 1)
      await put(store, 'a', 2)
      await remove(store, 'b')
    }
    await using store = opened(open())
    assert.equal(store.revision, 5)
    assert.equal(shown(store), 'a=2')
    assert.deepEqual(
      store.since(2).map(({ type, before }) => [type, before?.value]),
      [
        ['ADDED', undefined],
        ['MODIFIED', 1],
        ['DELETED', 1],
      ],
    )
    await put(store, 'c')
    assert.equal(store.revision, 6)
  })

  test(`${of}: the window is bounded, and says when a version is too old`, async () => {
    const open = fresh()
    {
      await using store = opened(open(), { limits: few })
      for (let value = 0; value < 30; value++) await put(store, value % 3 ? 'a' : 'b', value)
      const { revision } = store
      assert.deepEqual(
        store.since(revision - 2).map(change => change.revision),
        [revision - 1, revision],
      )
      assert.equal(store.oldest, revision - 10)
      assert.equal(shown(store.at(revision - 10)), 'a=19 b=18')
      for (const past of [1, revision - 11]) {
        assert.throws(() => store.since(past), expired)
        assert.throws(() => store.at(past), expired)
      }
      assert.deepEqual(store.since(revision), [])
    }
    await using store = opened(open())
    assert.equal(store.revision, 31)
    assert.ok(store.oldest >= 20, 'what was forgotten stays forgotten')
    assert.equal(shown(store.at(21)), 'a=19 b=18')
  })

  test(`${of}: what is older than its age goes, a little with each write, and never the newest`, async () => {
    const clock = new SimulatedClock()
    await using store = opened(fresh()(), { clock, limits: { ...WINDOW_LIMITS, age: 60_000 } })
    for (let value = 0; value < 20; value++) await put(store, 'a', value)
    await clock.advance(61_000)
    assert.equal(store.oldest, 1)
    for (let value = 0; value < 3; value++) await put(store, 'a', value)
    assert.equal(store.oldest, 21)
    assert.equal(shown(store.at(21)), 'a=19')
    await clock.advance(120_000)
    assert.equal(store.since(23).length, 1)
  })

  test(`${of}: a deletion that the window forgot is not undone by a restart, nor is its revision given again`, async () => {
    const open = fresh()
    {
      await using store = opened(open(), { limits: few })
      await put(store, 'a')
      await remove(store, 'a')
      store.compact(store.revision)
      assert.equal(store.oldest, 2)
    }
    {
      await using store = opened(open(), { limits: few })
      assert.equal(shown(store), '')
      for (let value = 0; value < 30; value++) await put(store, 'b', value)
      await remove(store, 'b')
    }
    await using store = opened(open())
    assert.equal(shown(store), '')
    assert.equal(store.revision, 34)
  })

  test(`${of}: an object that is too large is refused, however its letters are written`, async () => {
    await using store = opened(fresh()())
    const large = { ...object('a'), text: 'ä'.repeat(800_000) }
    await assert.rejects(
      store.write(place('a'), () => ({ put: large })),
      fault => isApiFault(fault, 'RequestEntityTooLarge'),
    )
    assert.equal(store.revision, 1)
  })

  test(`${of}: after closing it takes no more writes, but finishes those it has`, async () => {
    const store = opened(fresh()())
    const last = put(store, 'a')
    await store[Symbol.asyncDispose]()
    assert.ok(isBody(await last))
    await assert.rejects(put(store, 'b'), fault => isApiFault(fault, 'ServiceUnavailable'))
  })
}
