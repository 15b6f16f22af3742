import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { systemClock } from '../../host/clock.ts'
import { AREAS } from './areas.ts'
import { PAGE, page } from './document.ts'
import { ownServer } from './house.ts'
import { play } from './play.ts'
import { readPending, readRecord, recordedFor } from './record.ts'
import { verdict } from './verdict.ts'

const pending = readPending()

for (const area of AREAS) {
  test(`${area.title}: as recorded from a real kube-apiserver`, { timeout: 300_000 }, async t => {
    const record = readRecord(area.name)
    await using server = await ownServer()
    for (const [index, one] of area.cases.entries()) {
      const waiting = pending[area.name]?.[one.name] !== undefined
      await t.test(waiting ? `pending: ${one.name}` : one.name, async () => {
        const shown = await play({ server, clock: systemClock, salt: `${area.name}-${index}` }, one)
        const faults = verdict(one, recordedFor(record, one.name), shown)
        if (waiting) assert.notDeepEqual(faults, [], 'this agrees now: strike it from pending.json')
        else assert.deepEqual(faults, [])
      })
    }
  })
}

test('every case has a name of its own, and a record', () => {
  for (const area of AREAS) {
    const names = area.cases.map(one => one.name)
    assert.deepEqual(names, [...new Set(names)], area.name)
    assert.deepEqual(Object.keys(readRecord(area.name).cases), names, `${area.name}: record it anew`)
  }
})

test('what is pending is a case, and says how it differs', () => {
  for (const [area, cases] of Object.entries(pending)) {
    const names = new Set(AREAS.find(({ name }) => name === area)?.cases.map(one => one.name))
    for (const [name, how] of Object.entries(cases)) assert.ok(names.has(name) && how, `${area}: ${name}`)
  }
})

test('docs/kubernetes-api.md says what the suite says', () => {
  assert.equal(readFileSync(PAGE, 'utf8'), page(), 'write it anew: node machinery/apiserver/conformance/document.ts')
})
