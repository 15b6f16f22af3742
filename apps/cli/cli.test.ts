import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../../machinery/api/client.ts'
import { Pod } from '../../machinery/api/core.ts'
import { Hardware } from '../../machinery/api/hardware.ts'
import { make } from '../../machinery/api/kind.ts'
import { Timeline } from '../../machinery/api/timeline.ts'
import { Workflow } from '../../machinery/api/workflow.ts'
import { memoryApi } from '../../machinery/apiserver/simulated.ts'
import { silentLog } from '../../machinery/host/log.ts'
import { LogBook } from '../../machinery/host/logbook.ts'
import { Scope } from '../../machinery/host/scope.ts'
import { SimulatedClock } from '../../machinery/host/simulated/clock.ts'
import { age } from './age.ts'
import type { Command } from './command.ts'
import { hardwareCheck } from './hardware-check.ts'
import { logs } from './logs.ts'
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
  return { client, run: runner(client) }
}

/** Runs a command as the program does, and hands back what it printed. */
function runner(client: Client, more: Partial<Parameters<Command['run']>[0]> = {}) {
  return async (command: Command, args: readonly string[] = [], flags: object = {}) => {
    const lines: string[] = []
    const code = await command.run({
      flags: { ...defaults(command), ...flags },
      args,
      client,
      podLog: () => assert.fail('no log was asked for'),
      readText: () => assert.fail('no file was asked for'),
      now: start + 40_000,
      out: outTo(text => lines.push(...text.trimEnd().split('\n'))),
      signal: new AbortController().signal,
      ...more,
    })
    return { code, lines }
  }
}

function defaults({ flags }: Command): object {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, flag.default]))
}

test('machines shows each machine, where it is, and what it waits for', async () => {
  await using scope = new Scope()
  const { run } = await rack(scope)
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
  const { run } = await rack(scope)
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
  const { run } = await rack(scope)
  assert.equal(JSON.parse((await run(machines, [], { output: 'json' })).lines.join('\n'))[0].workflow, 'STATE_PENDING')
  assert.equal(JSON.parse((await run(timeline, ['rack1'], { output: 'json' })).lines.join('\n'))[1].what, 'dhcp-ack')
})

test('a machine without Hardware is shown with its MAC, until it has one', async () => {
  await using scope = new Scope()
  const { client, run } = await rack(scope)
  const key = { name: 'mac-52-54-00-00-00-09', namespace }
  const page = await client.create(Timeline, make(Timeline, { metadata: key, spec: {} }))
  const fact = { by: 'boots', stage: 'dhcp', severity: 'warning', at: '2026-01-01T00:00:00.000000Z' } as const
  const facts = [{ ...fact, what: 'dhcp-silent', says: 'no Hardware has this MAC' }]
  await client.updateStatus(Timeline, { ...page, status: { stage: 'dhcp', what: 'dhcp-silent', facts } })
  const last = (await run(machines)).lines.at(-1)
  assert.match(
    last ?? '',
    /^mac-52-54-00-00-00-09 {3}52:54:00:00:00:09 .* no Hardware has this MAC {3}a Hardware with this MAC$/,
  )
  const dhcp = { mac: '52:54:00:00:00:09' }
  const metadata = { name: 'rack3', namespace }
  await client.create(Hardware, make(Hardware, { metadata, spec: { interfaces: [{ dhcp }] } }))
  assert.ok((await run(machines)).lines.every(line => !line.startsWith('mac-')))
})

test('timeline goes on with what is seen later, once each, until it is told to stop', async () => {
  await using scope = new Scope()
  const { client } = await rack(scope)
  const stop = new AbortController()
  const seen: string[] = []
  const said = Promise.withResolvers<void>()
  const out = outTo(text => {
    seen.push(text.trimEnd())
    if (/has 10/.test(text)) said.resolve()
    if (/called home/.test(text)) stop.abort()
  })
  const running = runner(client, { signal: stop.signal, out })(timeline, ['rack1'], { follow: true })
  await said.promise
  const page = (await client.get(Timeline, { name: 'rack1', namespace })) ?? assert.fail()
  const fact = { by: 'hegel', stage: 'home', severity: 'normal', at: '2026-01-01T00:00:09.000000Z' } as const
  const facts = [...(page.status?.facts ?? []), { ...fact, what: 'called-home', says: 'called home' }]
  await client.updateStatus(Timeline, { ...page, status: { ...page.status, facts } })
  assert.equal((await running).code, 0)
  assert.deepEqual(
    seen.map(line => line.split(/ {2,}/)[1]),
    ['AFTER', '0.0 s', '1.5 s', '9.0 s'],
  )
})

test('logs finds the Pod of a service by its label, its beginning or its own name', async () => {
  await using scope = new Scope()
  const { client } = await rack(scope)
  const book = new LogBook()
  for (const app of ['boots', 'tink-server', 'tink-controller-manager']) {
    const pod = { name: `${app}-abc`, namespace, labels: { app } }
    await client.create(Pod, make(Pod, { metadata: pod, spec: { containers: [{ name: app, image: app }] } }))
    for (const sentence of ['one', 'two']) {
      book.sink(`${namespace}/${app}-abc`)({ time: start, level: 'info', sentence, facts: { app } })
    }
  }
  const run = runner(client, { podLog: ({ name }, options) => book.read(`${namespace}/${name}`, options) })
  const line = (app: string, msg: string) => JSON.stringify({ level: 'info', ts: '2026-01-01T00:00:00.000Z', msg, app })
  assert.deepEqual(await run(logs, ['boots']), { code: 0, lines: [line('boots', 'one'), line('boots', 'two')] })
  assert.deepEqual((await run(logs, ['tink-c'], { tail: 1 })).lines, [line('tink-controller-manager', 'two')])
  assert.deepEqual((await run(logs, ['boots-abc'], { tail: 1 })).lines, [line('boots', 'two')])
  assert.deepEqual(await run(logs, ['tink']), {
    code: 1,
    lines: ['There is no service tink in eksa-system. Services: boots, tink-controller-manager, tink-server.'],
  })
})

test('hardware check shows the machines of a list, or every problem of it, and never a password', async () => {
  await using scope = new Scope()
  const { client } = await rack(scope)
  const header = 'hostname,bmc_ip,bmc_username,bmc_password,mac,ip_address,netmask,gateway,nameservers,labels,disk'
  const row = 'rack1,10.0.1.1,root,s3cret,52:54:00:00:00:01,10.0.0.11,255.255.255.0,10.0.0.1,1.1.1.1,type=cp,/dev/sda'
  const check = (text: string, flags: object = {}) =>
    runner(client, { readText: () => Promise.resolve(text) })(hardwareCheck, ['lists/rack.csv'], flags)
  assert.deepEqual(await check(`${header}\n${row}\n`), {
    code: 0,
    lines: [
      'NAME    MAC                 ADDRESS     DISK       BMC        VLAN   LABELS',
      'rack1   52:54:00:00:00:01   10.0.0.11   /dev/sda   10.0.1.1   -      type=cp',
    ],
  })
  assert.deepEqual(await check(`${header}\n${row}\n${row.replace('rack1', 'Rack 2')}\n`), {
    code: 1,
    lines: [
      'rack.csv:3: hostname "Rack 2": not a host name: lower-case letters, digits, dashes and dots, beginning and ending with a letter or digit',
      'rack.csv:3: ip_address "10.0.0.11": the row of line 2 has it already',
      'rack.csv:3: mac "52:54:00:00:00:01": the row of line 2 has it already',
      'rack.csv:3: bmc_ip "10.0.1.1": the row of line 2 has it already',
      '4 problems; nothing was changed.',
    ],
  })
  const json = (await check(`${header}\n${row}\n`, { output: 'json' })).lines.join('\n')
  assert.equal(JSON.parse(json).machines[0].name, 'rack1')
  assert.ok(!json.includes('s3cret'))
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
