import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from '../../machinery/api/timeline.ts'
import { bar, Screen } from './screen.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const fact = (second: number, what: string, more: Partial<Fact> = {}): Fact => ({
  at: new Date(START + second * 1000).toISOString(),
  by: 'boots',
  stage: 'dhcp',
  what,
  severity: 'normal',
  says: what,
  ...more,
})

function paper(terminal: boolean) {
  const written: string[] = []
  return { written, terminal, columns: 80, write: (text: string) => void written.push(text) }
}

test('where there is no terminal, each stage is one line, written once', () => {
  const sheet = paper(false)
  const screen = new Screen(sheet)
  const facts = [fact(0, 'power-on'), fact(65, 'dhcp-ack', { evidence: { ip: '172.30.0.11', mac: 'x' } })]
  screen.show([{ name: 'rack1', facts: facts.slice(0, 1) }], START)
  screen.show([{ name: 'rack1', facts }], START)
  screen.show([{ name: 'rack1', facts }], START)
  assert.deepEqual(sheet.written, [' 0:00  rack1  switched on\n', ' 1:05  rack1  has an address  (ip 172.30.0.11)\n'])
})

test('warnings are told once', () => {
  const sheet = paper(false)
  const screen = new Screen(sheet)
  const facts = [fact(0, 'bmc-unreachable', { severity: 'warning', says: '172.30.0.101 does not answer' })]
  screen.show([{ name: 'rack1', facts }], START)
  screen.show([{ name: 'rack1', facts }], START)
  assert.deepEqual(sheet.written, ['      !  rack1  172.30.0.101 does not answer\n'])
})

test('on a terminal the last line moves, and is taken back before the next one', () => {
  const sheet = paper(true)
  const screen = new Screen(sheet)
  const facts = [fact(0, 'power-on')]
  screen.show([{ name: 'rack1', facts }], START + 3000)
  assert.equal(sheet.written.at(-1), ' 0:03  rack1  ... waiting until it has passed "has an address"\n')
  screen.show([{ name: 'rack1', facts }], START + 4000)
  assert.equal(sheet.written.at(-2), '\x1b[1A\x1b[J')
})

test('the bar of the image', () => {
  assert.equal(bar({ bytes: 50e6, total: 200e6 }), '[######                  ]  25 %  50 of 200 MB')
  assert.equal(bar({ bytes: 0, total: 0 }), '[                        ]   0 %  0 of 0 MB')
})
