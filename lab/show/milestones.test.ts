import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../machinery/api/timeline.ts'
import { imageProgress, passed, stageTimes } from './milestones.ts'

const fact = (second: number, what: string, evidence?: Record<string, string>): Fact => ({
  at: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000Z`,
  by: 'boots',
  stage: 'dhcp',
  what,
  severity: 'normal',
  says: what,
  ...(evidence && { evidence }),
})

test('a whole way, timed from switching on', () => {
  const facts = [
    fact(1, 'power-on'),
    fact(5, 'dhcp-ack'),
    fact(6, 'boot-file'),
    fact(8, 'dhcp-ack'),
    fact(9, 'ipxe-script'),
    fact(20, 'initramfs'),
    fact(30, 'worker'),
    fact(40, 'image-done'),
    fact(42, 'reboot'),
    fact(50, 'dhcp-ack'),
    fact(55, 'metadata-read'),
    fact(59, 'called-home'),
  ]
  assert.deepEqual(stageTimes(passed(facts)), {
    'power-on': 0,
    dhcp: 4,
    ipxe: 5,
    'ipxe-script': 8,
    hookos: 19,
    worker: 29,
    'image-done': 39,
    boot: 41,
    metadata: 54,
    'called-home': 58,
  })
})

test('a machine whose iPXE is in its ROM passes both at its script', () => {
  const way = passed([fact(1, 'power-on'), fact(5, 'dhcp-ack'), fact(9, 'ipxe-script')])
  assert.deepEqual(stageTimes(way), { 'power-on': 0, dhcp: 4, ipxe: 8, 'ipxe-script': 8 })
})

test('only what came after the last switching on counts', () => {
  const way = passed([
    fact(1, 'power-on'),
    fact(2, 'dhcp-ack'),
    fact(3, 'worker'),
    fact(9, 'power-on'),
    fact(12, 'dhcp-ack'),
  ])
  assert.deepEqual(stageTimes(way), { 'power-on': 0, dhcp: 3 })
})

test('the newest progress of the image is shown', () => {
  const facts = [
    fact(1, 'image-progress', { bytes: '5', total: '10' }),
    fact(2, 'image-progress', { bytes: '7', total: '10' }),
  ]
  assert.deepEqual(imageProgress(facts), { bytes: 7, total: 10 })
  assert.equal(imageProgress([]), undefined)
})
