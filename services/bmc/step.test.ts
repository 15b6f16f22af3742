import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Mark, nextStep, orderOf, type PowerAction } from './step.ts'

// Every pair of action and state: what comes next.
const TABLE: readonly (readonly [PowerAction, 'on' | 'off', readonly Mark[], string])[] = [
  ['status', 'on', [], 'done'],
  ['status', 'off', [], 'done'],
  ['on', 'off', [], 'control on'],
  ['on', 'on', [], 'done'],
  ['off', 'on', [], 'control off'],
  ['off', 'off', [], 'done'],
  ['soft', 'on', [], 'control soft +Sent'],
  ['soft', 'on', ['Sent'], 'wait off'],
  ['soft', 'off', [], 'done'],
  ['soft', 'off', ['Sent'], 'done'],
  ['cycle', 'on', [], 'control off'],
  ['cycle', 'off', [], 'mark +WasOff'],
  ['cycle', 'off', ['WasOff'], 'control on'],
  ['cycle', 'on', ['WasOff'], 'done'],
  ['reset', 'on', [], 'control reset +Sent'],
  ['reset', 'on', ['Sent'], 'done'],
  ['reset', 'off', [], 'control on +Sent'],
  ['reset', 'off', ['Sent'], 'control on +Sent'],
]

for (const [action, power, marks, expected] of TABLE) {
  test(`${action}, machine ${power}${marks.length > 0 ? `, ${marks.join()}` : ''}: ${expected}`, () => {
    const step = nextStep(action, power, new Set(marks))
    const target = step.do === 'control' ? ` ${step.control}` : step.do === 'wait' ? ` ${step.until}` : ''
    const mark = 'mark' in step && step.mark ? ` +${step.mark}` : ''
    assert.equal(`${step.do}${target}${mark}`, expected)
  })
}

test('what cannot be done is refused by name', () => {
  assert.deepEqual(orderOf({}), { kind: 'refused', says: 'the task has no action' })
  assert.match(orderOf({ virtualMediaAction: { kind: 'CD' } }).says, /^unsupported: virtualMediaAction/)
  assert.match(orderOf({ bootDevice: { device: 'floppy' } }).says, /^unsupported: boot device "floppy"/)
  assert.match(orderOf({ oneTimeBootDeviceAction: { device: [] } }).says, /^unsupported: boot device/)
})

test('boot devices are read in both of their forms', () => {
  assert.deepEqual(orderOf({ oneTimeBootDeviceAction: { device: ['pxe', 'disk'], efiBoot: true } }), {
    kind: 'boot',
    boot: { device: 'pxe', persistent: false, efi: true },
    says: 'boot device pxe',
  })
  assert.deepEqual(orderOf({ bootDevice: { device: 'disk', persistent: true } }), {
    kind: 'boot',
    boot: { device: 'disk', persistent: true, efi: false },
    says: 'boot device disk',
  })
})
