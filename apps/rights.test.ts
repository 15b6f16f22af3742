import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { credentials } from '@grpc/grpc-js'
import { BmcMachine } from '../machinery/api/bmc.ts'
import type { Client } from '../machinery/api/client.ts'
import { Event, Pod, Secret } from '../machinery/api/core.ts'
import { isApiFault } from '../machinery/api/fault.ts'
import { Hardware } from '../machinery/api/hardware.ts'
import { type Kind, make } from '../machinery/api/kind.ts'
import { CUSTOM_KINDS } from '../machinery/api/kinds.ts'
import { Timeline } from '../machinery/api/timeline.ts'
import { Connection } from '../machinery/api/tink/client.ts'
import { ActionStatusRequest_StateType as State, WorkflowService } from '../machinery/api/tink/generated/workflow_pb.js'
import { Template, Workflow } from '../machinery/api/workflow.ts'
import { SYSTEM } from '../machinery/apiserver/registry/identity.ts'
import { openRegistry } from '../machinery/apiserver/registry/registry.ts'
import { memoryDisk } from '../machinery/apiserver/store/disk.ts'
import { place, runControllers } from '../machinery/control/controller.ts'
import { createLog, formatLine } from '../machinery/host/log.ts'
import { Scope } from '../machinery/host/scope.ts'
import { SimulatedClock } from '../machinery/host/simulated/clock.ts'
import { applyInventory } from '../machinery/inventory/apply.ts'
import { readCsv } from '../machinery/inventory/csv.ts'
import { objectsOf } from '../machinery/inventory/objects.ts'
import { ApiJournal } from '../machinery/journal/journal.ts'
import { bmcControllers } from '../services/bmc/controllers.ts'
import { ipmiDriver } from '../services/bmc/ipmi/driver.ts'
import { SimulatedBmc } from '../services/bmc/simulated/bmc.ts'
import { SimulatedNetwork } from '../services/bmc/simulated/network.ts'
import { until } from '../services/bmc/simulated/rack.ts'
import { openDispatch } from '../services/workflow/dispatch.ts'
import { workflowControllers } from '../services/workflow/engine.ts'
import { AccountCaches } from './account-caches.ts'
import { ACCOUNTS, accountObjects, identityOf, makeAccounts } from './accounts.ts'
import { Pods, type ServiceName } from './pods.ts'
import type { Account } from './rights.ts'

// The services under their own accounts, over an API that refuses what the table of rights does not give.

const MAC = '52:54:00:12:34:01'
const BMC = '192.0.2.5'
const namespace = 'eksa-system'
const key = (name: string) => ({ name, namespace })
const COLUMNS = 'hostname,bmc_ip,bmc_username,bmc_password,mac,ip_address,netmask,gateway,nameservers,labels,disk'
const RACK1 = `rack1,${BMC},admin,password,${MAC},10.0.0.11,255.255.255.0,10.0.0.1,1.1.1.1,type=cp,/dev/sda`
const TEMPLATE = `version: "0.1"
name: os
tasks:
  - name: os
    worker: "{{.device_1}}"
    actions:
      - {name: stream-image, image: hub/image2disk:1, timeout: 600}
`

const scope = new Scope()
let house: Awaited<ReturnType<typeof open>>
before(async () => {
  house = await open()
})
after(() => scope[Symbol.asyncDispose]())

async function open() {
  const clock = new SimulatedClock()
  const lines: string[] = []
  const host = { clock, log: createLog(clock, line => lines.push(formatLine(line))), random: Math.random }
  const registry = scope.hold(await openRegistry({ disk: memoryDisk(), host, kinds: CUSTOM_KINDS }))
  const admin = registry.client(SYSTEM)
  await makeAccounts(admin)
  const as = (account: Account) => registry.client(identityOf(account))
  const journal = scope.hold(new ApiJournal(as('journal'), host))
  const network = new SimulatedNetwork({ clock })
  network.connect({ address: BMC, port: 623 }, new SimulatedBmc())

  const caches = new AccountCaches(as('bellhop'), host)
  const world = (service: ServiceName) => ({ host, client: as(service), cache: caches.viewOf(service, as(service)) })
  const tink = world('tink-controller-manager')
  const rufio = world('rufio-controller-manager')
  const tinkServer = world('tink-server')
  const drivers = [ipmiDriver({ udp: network, host })]
  const controllers = [
    ...workflowControllers({ host, journal: journal.of('tink-controller') }).map(one => place(one, tink)),
    ...bmcControllers({ host, journal: journal.of('rufio'), drivers }).map(one => place(one, rufio)),
  ]
  const parts = { world: tinkServer, host, journal: journal.of('tink-server') }
  const dispatch = scope.hold(await openDispatch({ address: '127.0.0.1', port: 0 }, parts))
  const stop = new AbortController()
  await caches.start(stop.signal)
  const running = runControllers(controllers, stop.signal)
  scope.onClose(() => {
    stop.abort()
    return running
  })
  const connection = scope.hold(new Connection(`127.0.0.1:${dispatch.port}`, credentials.createInsecure()))
  return { clock, lines, host, admin, as, journal, worker: connection.calls(WorkflowService) }
}

async function install({ admin, as, clock, worker }: typeof house): Promise<void> {
  await applyInventory(as('inventory'), readCsv(`${COLUMNS}\n${RACK1}`, 'hardware.csv').map(objectsOf))
  await admin.create(Template, make(Template, { metadata: key('os'), spec: { data: TEMPLATE } }))
  const bootOptions = { bootMode: 'netboot', toggleAllowNetboot: true } as const
  const spec = { templateRef: 'os', hardwareRef: 'rack1', hardwareMap: { device_1: MAC }, bootOptions }
  await admin.create(Workflow, make(Workflow, { metadata: key('w'), spec }))
  const state = async () => (await admin.get(Workflow, key('w')))?.status?.state
  await until(clock, async () => (await state()) === 'STATE_PENDING')
  const action = await worker.getAction({ agentId: MAC }, { timeout: 20_000 })
  const { workflowId, taskId, actionId } = action
  for (const actionState of [State.RUNNING, State.SUCCESS]) {
    await worker.reportActionStatus({ workflowId, taskId, actionId, agentId: MAC, actionState }, { timeout: 20_000 })
  }
  await until(clock, async () => (await state()) === 'STATE_SUCCESS')
}

test('the rights suffice to take a machine from the list through power and workflow to its end', async () => {
  await install(house)
  await house.journal.flushed()
  const hardware = await house.admin.get(Hardware, key('rack1'))
  assert.equal(hardware?.spec.interfaces?.[0]?.netboot?.allowPXE, false)
  assert.ok((await house.admin.list(Timeline)).items.length > 0)
  assert.ok((await house.admin.list(Event)).items.length > 0)
  assert.equal((await house.admin.get(BmcMachine, key('bmc-rack1')))?.status?.powerState, 'on')
  assert.deepEqual(
    house.lines.filter(line => /cannot \w+ resource/.test(line)),
    [],
  )
})

test('the rights suffice for the records of the services, and for a second start', async () => {
  const { as, host, admin } = house
  const options = { client: as('pods'), host, node: 'n', address: '10.0.0.1', version: '1' }
  await Pods.open(options)
  await Pods.open(options)
  assert.deepEqual(new Set((await admin.list(Pod)).items.map(pod => pod.status?.phase)), new Set(['Running']))
  await makeAccounts(admin)
})

const home = { namespace }
const REFUSED: readonly (readonly [Account, string, (client: Client) => Promise<unknown>])[] = [
  ['hegel', 'read the Secrets of BMCs', client => client.list(Secret, home)],
  ['hegel', 'write Hardware', client => client.patch(Hardware, key('rack1'), { body: { spec: {} } })],
  ['hegel', 'read Workflows', client => client.list(Workflow)],
  ['boots', 'read Secrets', client => client.get(Secret, key('bmc-rack1-auth'))],
  ['boots', 'write Hardware', client => client.patch(Hardware, key('rack1'), { body: { spec: {} } })],
  ['tink-server', 'write what is wanted of a Workflow', client => client.patch(Workflow, key('w'), { body: {} })],
  ['tink-server', 'read Secrets', client => client.list(Secret, home)],
  ['tink-controller-manager', 'read Secrets', client => client.list(Secret, home)],
  ['tink-controller-manager', 'write Templates', client => client.delete(Template, key('os'))],
  ['rufio-controller-manager', 'read Secrets elsewhere', client => client.list(Secret, { namespace: 'kube-system' })],
  ['rufio-controller-manager', 'read Secrets everywhere', client => client.list(Secret)],
  ['rufio-controller-manager', 'write Secrets', client => client.delete(Secret, key('bmc-rack1-auth'))],
  ['journal', 'read Secrets', client => client.list(Secret, home)],
  ['journal', 'take Hardware away', client => client.delete(Hardware, key('rack1'))],
  ['inventory', 'read the passwords that it wrote', client => client.get(Secret, key('bmc-rack1-auth'))],
  ['pods', 'read Secrets', client => client.list(Secret, home)],
  ['bellhop', 'read Secrets', client => client.list(Secret, home)],
  ['bellhop', 'write Hardware', client => client.delete(Hardware, key('rack1'))],
]

for (const [account, deed, attempt] of REFUSED) {
  test(`${account} may not ${deed}`, async () => {
    await assert.rejects(attempt(house.as(account)), thrown => {
      assert.ok(isApiFault(thrown, 'Forbidden'), String(thrown))
      assert.match(thrown.message, new RegExp(`User "system:serviceaccount:${namespace}:${account}" cannot `))
      return true
    })
  })
}

test('a service is not shown a cache that its rights do not cover', () => {
  const caches = new AccountCaches(house.as('bellhop'), house.host)
  const cache = (service: ServiceName, kind: Kind) => caches.viewOf(service, house.as(service))(kind)
  assert.throws(() => cache('hegel', Secret), { code: 'rights/not-watched' })
  assert.throws(() => cache('boots', Workflow), { code: 'rights/not-watched' })
  assert.notEqual(cache('rufio-controller-manager', Secret), undefined)
})

test('an account that got more is put back to what the table gives it', async () => {
  const { admin } = house
  const [role] = accountObjects('hegel', 'each').filter(({ kind }) => kind === 'ClusterRole')
  assert.ok(role)
  const kind = { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'ClusterRole', plural: 'clusterroles' }
  const Role = { ...Hardware, ...kind, namespaced: false }
  const more = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] }
  await admin.patch(Role, role.metadata, { body: { rules: [more] } })
  await makeAccounts(admin)
  assert.deepEqual(Object(await admin.get(Role, role.metadata)).rules, Object(role).rules)
})

test('where all run in one pod, its one account has every role', () => {
  const objects = ACCOUNTS.flatMap(account => accountObjects(account, 'one'))
  const subjects = objects.flatMap(object => Object(object).subjects ?? [])
  assert.deepEqual([...new Set(subjects.map(subject => `${subject.kind} ${subject.name}`))], ['ServiceAccount bellhop'])
  assert.deepEqual(
    objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name),
    ['bellhop'],
  )
  assert.equal(new Set(objects.map(object => `${object.kind} ${object.metadata.name}`)).size, objects.length)
})
