import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../api/client.ts'
import { Hardware } from '../api/hardware.ts'
import { make } from '../api/kind.ts'
import { memoryApi } from '../apiserver/simulated.ts'
import { silentLog } from '../host/log.ts'
import { SimulatedClock } from '../host/simulated/clock.ts'
import { addFinalizer, hasFinalizer, removeFinalizer } from './finalizer.ts'

const key = { name: 'rack1', namespace: 'eksa-system' }
const [OURS, THEIRS] = ['bellhop.test/ours', 'bellhop.test/theirs'] as const

async function withHardware(run: (client: Client, rack1: Hardware) => Promise<void>, finalizers: string[] = []) {
  await using api = await memoryApi({ clock: new SimulatedClock(), log: silentLog, random: Math.random })
  const made = await api.client.create(Hardware, make(Hardware, { metadata: { ...key, finalizers }, spec: {} }))
  await run(api.client, made)
}

/** Waits between tries end as soon as they begin. */
const hand = (client: Client) => ({
  client,
  host: { clock: { now: () => 0, wait: () => Promise.resolve() }, random: () => 0 },
})
const what = (object: Hardware) => ({ kind: Hardware, object, finalizer: OURS })

test('a finalizer is added once, and holds the object until it is taken away', () =>
  withHardware(async (client, rack1) => {
    const held = await addFinalizer(hand(client), what(rack1))
    assert.ok(held && hasFinalizer(held, OURS))
    const again = await addFinalizer(hand(client), what(held))
    assert.equal(again?.metadata.resourceVersion, held.metadata.resourceVersion, 'nothing was written')
    await client.delete(Hardware, key)
    const going = await client.get(Hardware, key)
    assert.ok(going?.metadata.deletionTimestamp)
    await removeFinalizer(hand(client), what(going))
    assert.equal(await client.get(Hardware, key), undefined)
  }))

test('a finalizer that somebody else set meanwhile is not lost', () =>
  withHardware(async (client, rack1) => {
    await client.patch(Hardware, key, { body: { metadata: { finalizers: [THEIRS] } } })
    const held = await addFinalizer(hand(client), what(rack1))
    assert.deepEqual(held?.metadata.finalizers, [THEIRS, OURS])
  }))

test('an object that is going takes no new finalizer', () =>
  withHardware(
    async (client, rack1) => {
      await client.delete(Hardware, key)
      assert.equal(await addFinalizer(hand(client), what(rack1)), undefined)
      assert.deepEqual((await client.get(Hardware, key))?.metadata.finalizers, [THEIRS])
    },
    [THEIRS],
  ))

test('a later object of the same name is not touched', () =>
  withHardware(
    async (client, rack1) => {
      await client.patch(Hardware, key, { body: { metadata: { finalizers: null } } })
      await client.delete(Hardware, key)
      const metadata = { ...key, finalizers: [OURS] }
      const other = await client.create(Hardware, make(Hardware, { metadata, spec: {} }))
      assert.equal(await removeFinalizer(hand(client), what(rack1)), undefined)
      assert.deepEqual(await client.get(Hardware, key), other)
    },
    [OURS],
  ))
