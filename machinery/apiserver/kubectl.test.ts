import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { Job, Task } from '../api/bmc.ts'
import type { Client } from '../api/client.ts'
import { Event, Pod } from '../api/core.ts'
import { Hardware } from '../api/hardware.ts'
import { make } from '../api/kind.ts'
import { CUSTOM_KINDS } from '../api/kinds.ts'
import { Workflow } from '../api/workflow.ts'
import { systemClock, timestamp } from '../host/clock.ts'
import type { Host } from '../host/host.ts'
import { createLog, silentLog } from '../host/log.ts'
import { LogBook } from '../host/logbook.ts'
import { Scope } from '../host/scope.ts'
import { openApiServer } from './server.ts'

// The real kubectl against the real server: what a newcomer types while a machine is being provisioned.

const missing =
  spawnSync('kubectl', ['version', '--client']).status === 0 ? false : 'there is no kubectl on this machine'
const options = { skip: missing, timeout: 60_000 }
const host: Host = { clock: systemClock, log: silentLog, random: Math.random }
const NS = 'eksa-system'
const BOOTS = 'boots-5dc66b5d4-klhmj'

const scope = new Scope()
const directory = mkdtempSync(join(tmpdir(), 'bellhop-kubectl-'))
const book = new LogBook()
const log = createLog(systemClock, book.sink(`${NS}/${BOOTS}`))
let client: Client
let env: NodeJS.ProcessEnv = {}

before(async () => {
  if (missing) return
  const server = scope.hold(await openApiServer({ dataDir: directory, host, kinds: CUSTOM_KINDS, podLogs: book }))
  const door = scope.hold(await server.listen({ address: '127.0.0.1', port: 0 }))
  client = server.client({ user: 'test', groups: ['system:masters'] })
  env = { ...process.env, KUBECONFIG: door.kubeconfigPath, HOME: directory }
})
after(async () => {
  await scope[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true, force: true })
})

type Said = { readonly code: number; readonly out: string; readonly err: string }

/** Runs kubectl with words, the last of which may hold spaces when given apart. */
function run(
  words: string,
  { extra = [], input, more = {} }: { extra?: string[]; input?: object; more?: NodeJS.ProcessEnv } = {},
) {
  return new Promise<Said>(resolve => {
    const child = execFile(
      'kubectl',
      [...words.split(' '), ...extra],
      { env: { ...env, ...more } },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
    child.stdin?.end(input === undefined ? '' : JSON.stringify(input))
  })
}

async function ok(words: string, how: Parameters<typeof run>[1] = {}): Promise<string> {
  const { code, out, err } = await run(words, how)
  assert.equal(code, 0, `kubectl ${words}: ${err}`)
  return out
}

const rows = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(line => line.split(/\s{2,}/).map(cell => cell.trim()))
const manifest = (name: string, spec: object) => ({
  apiVersion: 'tinkerbell.org/v1alpha1',
  kind: 'Hardware',
  metadata: { name, namespace: NS },
  spec,
})

test('the resources are there under all their names', options, async () => {
  const out = await ok('api-resources')
  assert.match(out, /^hardware +hw +tinkerbell.org\/v1alpha1 +true +Hardware$/m)
  assert.match(out, /^jobs +j +bmc.tinkerbell.org\/v1alpha1 +true +Job$/m)
  assert.match(out, /^pods +po +v1 +true +Pod$/m)
  for (const name of ['hw', 'job.bmc', 'tasks.bmc', 'workflows.tinkerbell.org', 'machines.bmc.tinkerbell.org', 'wf']) {
    assert.equal((await run(`get ${name} -A`)).err, 'No resources found\n')
  }
  assert.match(await ok('get crd'), /^hardware\.tinkerbell\.org +\d{4}-/m)
  assert.match(await ok('version'), /Server Version: v1\.32/)
})

test('apply creates, then changes; get, describe and -o yaml show it', options, async () => {
  const mac = '52:54:00:12:34:56'
  const first = await ok('apply -f -', { input: manifest('rack1', { agentID: 'x', interfaces: [{ dhcp: { mac } }] }) })
  assert.equal(first, 'hardware.tinkerbell.org/rack1 created\n')
  const second = await ok('apply -f -', { input: manifest('rack1', { agentID: 'y', interfaces: [{ dhcp: { mac } }] }) })
  assert.equal(second, 'hardware.tinkerbell.org/rack1 configured\n')
  assert.deepEqual(rows(await ok(`get hardware -n ${NS}`))[0], ['NAME', 'STATE'])
  assert.match(await ok('get tinkerbell -A'), /hardware.tinkerbell.org\/rack1/)
  const yaml = await ok(`get hw rack1 -n ${NS} -o yaml`)
  assert.match(yaml, /^spec:\n {2}agentID: "?y"?\n {2}interfaces:\n {2}- dhcp:\n {6}mac: "?52:54:00:12:34:56"?$/m)
  const described = await ok(`describe hw rack1 -n ${NS}`)
  assert.match(described, /Agent ID: +y\n {2}Interfaces:\n {4}Dhcp:\n {6}Mac: +52:54/)
  assert.match(described, /Events: +<none>/)
})

test('edit, patch, label, annotate and wait', options, async () => {
  await ok('apply -f -', { input: manifest('rack2', { agentID: 'first' }) })
  await ok(`edit hw rack2 -n ${NS}`, { more: { EDITOR: 'sed -i s/first/edited/', KUBE_EDITOR: '' } })
  await ok(`patch hw rack2 -n ${NS} --type merge -p`, { extra: ['{"spec":{"userData":"u"}}'] })
  await ok(`patch hw rack2 -n ${NS} --type json -p`, {
    extra: ['[{"op":"add","path":"/spec/vendorData","value":"v"}]'],
  })
  await ok(`patch hw rack2 -n ${NS} --subresource status --type merge -p`, { extra: ['{"status":{"state":"s"}}'] })
  await ok(`label hw rack2 -n ${NS} type=cp`)
  await ok(`annotate hw rack2 -n ${NS} note=n`)
  await ok(`wait hw/rack2 -n ${NS} --for=jsonpath={.status.state}=s --timeout=10s`)
  const object = await client.get(Hardware, { name: 'rack2', namespace: NS })
  assert.deepEqual(object?.spec, { agentID: 'edited', userData: 'u', vendorData: 'v' })
  assert.deepEqual([object?.metadata.labels?.type, object?.metadata.annotations?.note], ['cp', 'n'])
  assert.match(await ok(`get hw -n ${NS} -l type=cp`), /^rack2/m)
})

test('an unknown field and a wrong value are refused by name', options, async () => {
  const unknown = await run('create -f -', { input: manifest('bad', { agentIDD: 'x' }) })
  assert.equal(unknown.code, 1)
  assert.match(unknown.err, /strict decoding error: unknown field "spec.agentIDD"/)
  const wrong = await run('apply -f -', { input: manifest('bad', { interfaces: [{ dhcp: { mac: 'zz' } }] }) })
  assert.match(wrong.err, /The Hardware "bad" is invalid: spec.interfaces\[0\].dhcp.mac: Invalid value: "zz"/)
  assert.match((await run(`get hw bad -n ${NS}`)).err, /NotFound.*hardware.tinkerbell.org "bad" not found/)
})

test('tasks, jobs and workflows have the columns of the EKS Anywhere documents', options, async () => {
  const at = (name: string) => ({ name, namespace: NS })
  const machineRef = { name: 'm', namespace: NS }
  await client.create(
    Job,
    make(Job, { metadata: at('m-provision'), spec: { machineRef, tasks: [{ powerAction: 'off' }] } }),
  )
  const task = make(Task, { metadata: at('m-provision-task-0'), spec: { task: { powerAction: 'off' } } })
  const made = await client.create(Task, task)
  const completionTime = timestamp(systemClock)
  const conditions = [{ type: 'Completed', status: 'True' } as const]
  await client.updateStatus(Task, { ...made, status: { conditions, completionTime } })
  const workflow = await client.create(Workflow, make(Workflow, { metadata: at('m'), spec: { templateRef: 'm' } }))
  await client.updateStatus(Workflow, { ...workflow, status: { state: 'STATE_RUNNING' } })

  assert.match(await ok('get job.bmc -A'), /^NAMESPACE +NAME +AGE\neksa-system +m-provision +\d+s\n$/)
  assert.match(await ok('get tasks.bmc -A'), /^NAMESPACE +NAME +AGE\neksa-system +m-provision-task-0 +\d+s\n$/)
  const described = await ok(`describe tasks.bmc -n ${NS} m-provision-task-0`)
  assert.match(
    described,
    /Task:\n {4}Power Action: +off\nStatus:\n {2}Completion Time: +\d{4}.*Z\n {2}Conditions:\n {4}Status: +True\n {4}Type: +Completed/,
  )
  const workflows = rows(await ok(`get workflows.tinkerbell.org -n ${NS}`))
  assert.deepEqual(workflows, [
    ['NAME', 'TEMPLATE', 'STATE'],
    ['m', 'm', 'STATE_RUNNING'],
  ])
})

test('explain knows the fields', options, async () => {
  assert.match(await ok('explain workflow.spec'), /FIELDS:[\s\S]*hardwareRef\t<string>/)
  assert.match(await ok('explain workflow.spec.templateRef'), /Name of the Template/)
  assert.match(await ok('explain hardware.metadata.labels'), /Keys and values to select objects by/)
  assert.match(await ok('explain pods'), /KIND: +Pod/)
})

test('pods look like pods, and their logs can be followed', options, async () => {
  const containers = [{ name: 'boots', image: 'bellhop' }]
  const made = await client.create(Pod, make(Pod, { metadata: { name: BOOTS, namespace: NS }, spec: { containers } }))
  const state = { running: {} }
  const status = { name: 'boots', ready: true, restartCount: 0, image: 'bellhop', imageID: '', state }
  await client.updateStatus(Pod, { ...made, status: { phase: 'Running', containerStatuses: [status] } })
  const [head, row] = rows(await ok(`get pods -n ${NS}`))
  assert.deepEqual(head, ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'])
  assert.deepEqual(row?.slice(0, 4), [BOOTS, '1/1', 'Running', '0'])
  log.info('first', { mac: 'm' })
  log.info('second')
  assert.match(await ok(`logs -n ${NS} ${BOOTS}`), /"msg":"first","mac":"m"\}\n.*"msg":"second"\}\n$/)
  assert.match(await ok(`logs -n ${NS} ${BOOTS} --tail=1 --timestamps`), /^\d{4}-[^ ]+Z \{.*"second"\}\n$/)
  await follows(`logs -f -n ${NS} ${BOOTS} --tail=0 --since=1h`, () => log.info('third'), /third/)
  assert.match((await run(`logs -n ${NS} ${BOOTS} -c nope`)).err, /container nope is not valid/)
})

test('a watch prints each change', options, async () => {
  await ok('apply -f -', { input: manifest('rack3', {}) })
  const change = () =>
    client.patch(
      Hardware,
      { name: 'rack3', namespace: NS },
      { body: { status: { state: 'in_use' } }, subresource: 'status' },
    )
  await follows(`get hw -n ${NS} -w`, change, /^rack3 +in_use$/)
})

test('events are listed, and described with their object', options, async () => {
  const hardware = await client.create(
    Hardware,
    make(Hardware, { metadata: { name: 'rack4', namespace: NS }, spec: {} }),
  )
  const { name, namespace, uid } = hardware.metadata
  const involvedObject = { apiVersion: hardware.apiVersion, kind: 'Hardware', name, namespace, uid }
  const now = timestamp(systemClock)
  const event = {
    involvedObject,
    reason: 'DhcpAck',
    message: 'got its address',
    type: 'Normal',
    firstTimestamp: now,
    lastTimestamp: now,
  } as const
  const source = { component: 'boots' }
  await client.create(Event, make(Event, { metadata: { name: 'rack4.1', namespace: NS }, ...event, source, count: 1 }))
  assert.match(
    await ok(`get events -n ${NS}`),
    /LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\d+s +Normal +DhcpAck +hardware\/rack4 +got its address/,
  )
  assert.match(await ok(`events -n ${NS} --for hardware/rack4`), /DhcpAck/)
  assert.match(await ok(`describe hw rack4 -n ${NS}`), /Normal +DhcpAck +\d+s +boots +got its address/)
})

test('kinds of Kubernetes itself are created, shown and deleted', options, async () => {
  await ok('create namespace lab')
  await ok('create secret generic s -n lab --from-literal=a=b')
  await ok('create configmap c -n lab --from-literal=a=b')
  await ok('create serviceaccount sa -n lab')
  await ok('patch configmap c -n lab -p', { extra: ['{"data":{"z":"1"}}'] })
  assert.match(await ok('get secret -n lab'), /^NAME +TYPE +DATA +AGE\ns +Opaque +1 +\d+s$/m)
  assert.match(await ok('get cm -n lab'), /^NAME +DATA +AGE\nc +2 +\d+s$/m)
  assert.match(await ok('auth can-i get pods'), /yes/)
  assert.match(await ok('auth whoami'), /kubernetes-admin/)
  await ok('delete namespace lab')
  assert.match((await run('get ns lab')).err, /namespaces "lab" not found/)
  assert.match((await run(`delete namespace ${NS}`)).err, /Forbidden/)
})

test('delete takes objects away, with their dependents', options, async () => {
  assert.equal(await ok(`delete hw rack1 -n ${NS}`), 'hardware.tinkerbell.org "rack1" deleted\n')
  await ok(`delete hw --all -n ${NS}`)
  assert.equal((await run('get hw -A')).err, 'No resources found\n')
})

/** Starts a kubectl that goes on, acts once it has begun, and waits for the line. */
async function follows(words: string, act: () => unknown, wanted: RegExp): Promise<void> {
  const child = spawn('kubectl', words.split(' '), { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const acting = setInterval(() => void act(), 300) // again, since nothing says when kubectl is ready
  try {
    for await (const line of createInterface(child.stdout)) if (wanted.test(line)) return
    assert.fail(`kubectl ${words} ended without ${wanted}`)
  } finally {
    clearInterval(acting)
    child.kill()
  }
}
