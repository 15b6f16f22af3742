import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hardware } from '../../machinery/api/hardware.ts'
import { make } from '../../machinery/api/kind.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { age, type Command } from './command.ts'
import { machines } from './machines.ts'
import { outTo } from './out.ts'
import { timeline } from './timeline.ts'

const namespace = 'eksa-system'
const start = Date.UTC(2026, 0, 1)

async function rack(scope: Scope) {
  const { client } = scope.hold(await memoryApi({ clock: new SimulatedClock(), log: silentLog, random: () => 0 }))
  const metadata = { name: 'rack1', namespace }
  const dhcp = { mac: '52:54:00:00:00:01', ip: { address: '10.0.0.11' } }
  await client.create(Hardware, make(Hardware, { metadata, spec: { interfaces: [{ dhcp }] } }))
  await client.create(Hardware, make(Hardware, { metadata: { name: 'rack2', namespace }, spec: {} }))
  const workflow = await client.create(
    Workflow,
    make(Workflow, { metadata, spec: { hardwareRef: 'rack1', templateRef: 'debian' } }),
  )
  const waitingFor = { what: 'the worker to ask', who: 'tink-worker', since: '2026-01-01T00:00:00Z' }
  await client.updateStatus(Workflow, { ...workflow, status: { state: 'STATE_PENDING', waitingFor } })
  const page = await client.create(Timeline, make(Timeline, { metadata, spec: { hardwareRef: 'rack1' } }))
  const fact = { by: 'boots', stage: 'dhcp', severity: 'normal' } as const
  const facts = [
    { ...fact, at: '2026-01-01T00:00:00.000000Z', what: 'dhcp-discover', says: 'asks for an address' },
    {
      ...fact,
      at: '2026-01-01T00:00:01.500000Z',
      what: 'dhcp-ack',
      says: 'has 10.0.0.11',
      evidence: { ip: '10.0.0.11' },
    },
  ]
  await client.updateStatus(Timeline, {
    ...page,
    status: { stage: 'dhcp', what: 'dhcp-ack', since: '2026-01-01T00:00:00Z', facts },
  })
  return async (command: Command, args: readonly string[] = [], output = 'table') => {
    const lines: string[] = []
    const out = outTo(text => lines.push(...text.trimEnd().split('\n')))
    const flags = { namespace, output }
    const code = await command.run({
      flags,
      args,
      client,
      now: start + 40_000,
      out,
      signal: new AbortController().signal,
    })
    return { code, lines }
  }
}

test('machines shows each machine, where it is, and what it waits for', async () => {
  await using scope = new Scope()
  const run = await rack(scope)
  assert.deepEqual(await run(machines), {
    code: 0,
    lines: [
      'NAME    MAC                 ADDRESS     STAGE   FOR   WORKFLOW        LAST SEEN DOING   WAITS FOR',
      'rack1   52:54:00:00:00:01   10.0.0.11   dhcp    40s   STATE_PENDING   has 10.0.0.11     the worker to ask',
      'rack2                                   -       -     -               not seen yet      -',
    ],
  })
})

test('timeline shows what a machine did, when, and with what evidence', async () => {
  await using scope = new Scope()
  const run = await rack(scope)
  assert.deepEqual((await run(timeline, ['rack1'])).lines, [
    'TIME           AFTER   STAGE   BY      WHAT                  EVIDENCE',
    '00:00:00.000   0.0 s   dhcp    boots   asks for an address',
    '00:00:01.500   1.5 s   dhcp    boots   has 10.0.0.11         ip=10.0.0.11',
  ])
  const missing = await run(timeline, ['rack9'])
  assert.deepEqual(missing, { code: 1, lines: ['Nothing was seen of rack9. Machines seen: rack1.'] })
})

test('both can be read by programs', async () => {
  await using scope = new Scope()
  const run = await rack(scope)
  assert.equal(JSON.parse((await run(machines, [], 'json')).lines.join('\n'))[0].workflow, 'STATE_PENDING')
  assert.equal(JSON.parse((await run(timeline, ['rack1'], 'json')).lines.join('\n'))[1].what, 'dhcp-ack')
})

test('ages are said as kubectl says them', () => {
  const ago = (seconds: number) => age(new Date(start - seconds * 1000).toISOString(), start)
  assert.deepEqual([5, 119, 120, 7199, 7200, 172_799, 172_800].map(ago), [
    '5s',
    '119s',
    '2m',
    '119m',
    '2h',
    '47h',
    '2d',
  ])
  assert.equal(age(undefined, start), '<unknown>')
})
