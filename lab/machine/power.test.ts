import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '../../machinery/host/log.ts'
import type { BootDevice } from './plan.ts'
import { Power, type PowerEvent } from './power.ts'

/** A guest made of memory: it remembers what its firmware would boot from next. */
function bench() {
  const booted: BootDevice[] = []
  const events: PowerEvent['is'][] = []
  let resets: () => void = () => undefined
  let ends: () => void = () => undefined
  const power = new Power({
    now: () => 0,
    log: silentLog,
    onEvent: event => events.push(event.is),
    async start(boot, onReset) {
      let next = boot
      booted.push(boot)
      resets = () => {
        booted.push(next)
        onReset()
      }
      const { promise: ended, resolve } = Promise.withResolvers<void>()
      ends = resolve
      return {
        ended,
        bootNext: async device => {
          next = device
        },
        reset: async () => resets(),
        pressPower: async () => resolve(),
        cutPower: async () => resolve(),
      }
    },
  })
  return { power, booted, events, guestResets: () => resets(), guestEnds: () => ends() }
}

test('a machine is off, and boots from its disk when switched on', async () => {
  const { power, booted } = bench()
  assert.equal(power.state, 'off')
  await power.on()
  await power.on()
  assert.equal(power.state, 'on')
  assert.deepEqual(booted, ['disk'])
})

test('the network is booted once; the reboot of what was installed finds the disk', async () => {
  const { power, booted, guestResets } = bench()
  await power.bootOnce('network')
  assert.equal(power.bootDevice, 'network')
  await power.on()
  assert.equal(power.bootDevice, 'disk')
  guestResets()
  assert.deepEqual(booted, ['network', 'disk'])
})

test('asked of a running machine, the network is booted at its next reset and never again', async () => {
  const { power, booted, guestResets } = bench()
  await power.on()
  await power.bootOnce('network')
  await power.reset()
  await power.bootOnce('disk')
  guestResets()
  await power.off()
  await power.on()
  assert.deepEqual(booted, ['disk', 'network', 'disk', 'disk'])
})

test('a guest that switches itself off leaves the machine off', async () => {
  const { power, events, guestEnds } = bench()
  await power.on()
  guestEnds()
  await new Promise(setImmediate)
  assert.equal(power.state, 'off')
  await power.reset()
  await power.on()
  await power.off()
  assert.deepEqual(events, ['on', 'off', 'on', 'off'])
})

test('a machine that was removed stays off', async () => {
  const { power } = bench()
  await power.on()
  await power[Symbol.asyncDispose]()
  await power.on()
  assert.equal(power.state, 'off')
})
