import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isApiFault } from '../../api/fault.ts'
import { type Body, type Change, isBody } from './change.ts'
import type { Disk } from './disk.ts'
import { Store } from './store.ts'

export const object = (name: string, value = 0): Body => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'n' },
  value,
})
export const place = (name: string) => ({ collection: 'configmaps', key: `n/${name}` })
export const put = (store: Store, name: string, value = 0) =>
  store.write(place(name), () => ({ put: object(name, value) }))

/** What a store promises on every disk. */
export function storeContract(of: string, open: () => Disk): void {
  test(`${of}: one revision a write, in the order of the writes`, async () => {
    await using store = new Store(open())
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
    await using store = new Store(open())
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
    await using store = new Store(open())
    const heard: Change[] = []
    using listening = store.listen(change => heard.push(change))
    assert.ok(listening)
    await put(store, 'a', 1)
    await store.write(place('a'), () => undefined)
    await put(store, 'a', 2)
    await store.write(place('a'), now => now && { remove: now })
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

  test(`${of}: a collection is read in the order of its keys, from anywhere`, async () => {
    await using store = new Store(open())
    for (const name of ['c', 'a', 'b']) await put(store, name)
    const names = (prefix: string, after?: string) =>
      [...store.from('configmaps', prefix, after)].map(({ object }) => object.metadata.name).join('')
    assert.equal(names(''), 'abc')
    assert.equal(names('n/', 'n/a'), 'bc')
    assert.equal(names('m/'), '')
    assert.equal(names('', 'n/c'), '')
  })

  test(`${of}: the window is bounded, and says when a version is too old`, async () => {
    await using store = new Store(open(), { changes: 10, bytes: 1_000_000 })
    for (let value = 0; value < 30; value++) await put(store, 'a', value)
    assert.deepEqual(
      store.since(store.revision - 2).map(change => change.revision),
      [store.revision - 1, store.revision],
    )
    assert.ok(store.oldest >= store.revision - 12)
    assert.throws(
      () => store.since(1),
      fault => isApiFault(fault, 'Expired'),
    )
    assert.deepEqual(store.since(store.revision), [])
  })

  test(`${of}: after closing it takes no more writes, but finishes those it has`, async () => {
    const store = new Store(open())
    const last = put(store, 'a')
    await store[Symbol.asyncDispose]()
    assert.ok(isBody(await last))
    await assert.rejects(put(store, 'b'), fault => isApiFault(fault, 'ServiceUnavailable'))
  })
}
